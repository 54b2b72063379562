"""Which files a batch judges, and which of their candidates get a report."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from offsetcheck.vocabulary.problem import InputError, Place, Problem

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".json", ".jsonl", ".parquet"})
PURCHASE = "purchase.yaml"


def lists_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files as named, tender folders whole, and of other folders the lists within, by name.

    Raises InputError for a folder that holds none.
    """
    for path in paths:
        if path.is_dir() and not (path / PURCHASE).is_file():
            yield from _lists_of_folder(path)
        else:
            yield path


def _lists_of_folder(folder: Path) -> Sequence[Path]:
    within = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    lists = [path for path in within if path.suffix.casefold() in SUFFIXES]
    if not lists:
        expected = f"expected files ending in {', '.join(sorted(SUFFIXES))}"
        raise InputError([Problem("this folder holds no list", Place(str(folder)), expected)])
    return lists


def folder_names(paths: Sequence[Path]) -> list[str]:
    """Return a name for the results of each list, each once."""
    names: list[str] = []
    for path in paths:
        stem = path.resolve().stem or "list"
        same = sum(name == stem or name.startswith(f"{stem}~") for name in names)
        names.append(f"{stem}~{same + 1}" if same else stem)
    return names


def chosen(reports: str, order: Sequence[str]) -> list[str]:
    """Return the ids that get a report: `all`, `top:N` of the order given, or ids with commas.

    Raises ValueError with a sentence for anything else.
    """
    if reports == "all":
        return list(order)
    if reports.startswith("top:"):
        number = reports.removeprefix("top:")
        if not number.isdecimal():
            raise ValueError(f"`{reports}` needs a number, as in `top:20`")
        return list(order[: int(number)])
    wanted = [part.strip() for part in reports.split(",") if part.strip()]
    return [name for name in wanted if name in set(order)]
