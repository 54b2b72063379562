"""The layouts that are known: one YAML file of this folder each, read when a list is read."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from offsetcheck.intake.layouts.layout import Layout, heading_key
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import Problems

FOLDER = Path(__file__).parent
ZONE = " (gmt)"


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """Return every layout, in the order of their ids.

    A file that is no layout raises RulebookError with every mistake at its place.
    """
    problems = Problems()
    read = [read_layout(path, problems) for path in sorted(FOLDER.glob("*.yaml"))]
    problems.stop()
    return tuple(layout for layout in read if layout is not None)


def read_layout(path: Path, problems: Problems) -> Layout | None:
    """Return the layout of a file, None with every mistake noted at its line and column."""
    document = compose(path.read_text("utf-8"), path.name)
    problems.of_document(document)
    layout = build(Layout, document.data, document, problems)
    if layout is not None and layout.id != path.stem:
        message = f"the id is `{layout.id}`, but the file is called `{path.name}`"
        problems.at_value(document, ("id",), message, "give both one name")
    return layout


@lru_cache(maxsize=1)
def registry_headers() -> frozenset[str]:
    """Return every heading that some layout knows, in each form in which it may be compared."""
    plain = {
        name for layout in layouts() for heading in layout.headings()
        for name in (key(heading), heading_key(heading))
    }  # fmt: skip
    return frozenset(
        form for name in plain for form in (name, name.replace(" ", "_"), f"{name}{ZONE}")
    )


def record_paths() -> Sequence[tuple[str, ...]]:
    """Return where the rows stand in the JSON of an API, each as the keys that lead to them."""
    paths = (path for layout in layouts() for path in layout.records)
    return [tuple(path.split(".")) for path in dict.fromkeys(paths)]
