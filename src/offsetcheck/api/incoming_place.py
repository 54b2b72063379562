"""Where what came in stands in a tender's folder: its lists, forms and registries' lists."""

from datetime import date
from pathlib import Path

from offsetcheck.intake.files.decode import decode
from offsetcheck.intake.files.read import SUFFIXES
from offsetcheck.intake.tender.offered import FORMS, WORKBOOKS
from offsetcheck.intake.tender.read import PURCHASE
from offsetcheck.intake.tender.records import REGISTRY
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.edited import with_item, with_value

__all__ = ["FORMS", "offers_there", "with_record"]


def offers_there(folder: Path) -> tuple[str, ...]:
    """Return the names of the offers that a tender's folder holds: lists and filled forms."""
    lists = [p for p in folder.iterdir() if p.stem == "offers" and p.suffix.casefold() in SUFFIXES]
    inside = folder / FORMS
    forms = [
        path
        for path in (inside.iterdir() if inside.is_dir() else ())
        if path.suffix.casefold() in WORKBOOKS and not path.name.startswith((".", "~$"))
    ]
    return tuple(path.relative_to(folder).as_posix() for path in [*sorted(lists), *sorted(forms)])


def with_record(purchase: bytes, name: str, day: date | None) -> bytes:
    """Return a purchase that names a registry's list as a record, with its day where one is said.

    Comments and order stay. Raises InputError where nothing can be written into the text.
    """
    text = decode(purchase, PURCHASE)
    said = name if day is None else f"{name}@{day.isoformat()}"
    data = compose(text, PURCHASE, numbers_as_written=True).data
    listed = data.get(REGISTRY) if isinstance(data, dict) else None
    items = listed if isinstance(listed, list) else [listed]
    for at, item in enumerate(items):
        if isinstance(item, str) and item.partition("@")[0].strip() == name:
            steps = (REGISTRY, at) if isinstance(listed, list) else (REGISTRY,)
            return with_value(text, PURCHASE, steps, said).encode()
    return with_item(text, PURCHASE, REGISTRY, said).encode()
