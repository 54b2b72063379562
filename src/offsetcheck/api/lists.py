"""Which files a batch judges, and which of their candidates get a report."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.ground.walk import Bounds, walk
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".json", ".jsonl", ".parquet"})
PURCHASE = "purchase.yaml"
# The walk lists names and reads nothing, so that no file counts towards the bytes.
BOUNDS = Bounds(entries=100_000, depth=64, total=0)


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists and tenders that were found, and why something of a list's name is none."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]


def lists_in(paths: Iterable[Path]) -> Lists:
    """Return files as named, tender folders whole, and of other folders what lies within, by name.

    Within a folder, too, a folder with a purchase is one tender and is not taken apart.

    Raises InputError for a folder that holds none, or more than a batch looks through.
    """
    found: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir() and not is_tender(path):
            within = _lists_of_folder(path)
            found += within.paths
            problems += within.problems
        else:
            found.append(path)
    return Lists(tuple(found), tuple(problems))


def is_tender(path: Path) -> bool:
    """Return whether a path is a tender: a folder with a purchase."""
    return (path / PURCHASE).is_file()


def _lists_of_folder(folder: Path) -> Lists:
    walked = walk(folder, {}, BOUNDS)
    faults = {
        fault.name: Problem(fault.message, Place(str(folder / fault.name)), fault.hint)
        for fault in walked.faults
    }
    if walked.cut:
        raise InputError(list(faults.values()))
    tenders = _tenders_in(folder, walked.names, faults)
    named = [
        name
        for name in walked.names
        if _is_named_as_list(name) and name not in faults and not _is_within(name, tenders)
    ]
    lists = sorted(path for path in map(folder.joinpath, named) if path.is_file())
    lists = sorted([*lists, *map(folder.joinpath, tenders)])
    odd = [problem for name, problem in faults.items() if _may_hide_lists(folder / name)]
    odd += [
        Problem("this leads to no plain file", Place(str(path)))
        for path in map(folder.joinpath, named)
        if not path.exists() or not (path.is_file() or path.is_dir())
    ]
    if not lists:
        endings = ", ".join(sorted(SUFFIXES))
        expected = f"expected files ending in {endings}, or folders with a {PURCHASE}"
        none = Problem("this folder holds no list and no tender", Place(str(folder)), expected)
        raise InputError([*odd, none])
    return Lists(tuple(lists), tuple(odd))


def _tenders_in(folder: Path, names: Iterable[str], faults: Container[str]) -> list[str]:
    """Return the folders within that hold a purchase, the outermost where one lies in another."""
    found: list[str] = []
    for name in sorted(names, key=lambda name: (name.count("/"), name)):
        within, _, last = name.rpartition("/")
        if last == PURCHASE and name not in faults and (folder / name).is_file():
            found += [within] if not _is_within(name, found) else []
    return found


def _is_within(name: str, folders: Iterable[str]) -> bool:
    return any(name.startswith(f"{folder}/") for folder in folders)


def _is_named_as_list(name: str | Path) -> bool:
    return Path(name).suffix.casefold() in SUFFIXES


def _may_hide_lists(path: Path) -> bool:
    return _is_named_as_list(path) or path.is_dir()


def folder_names(paths: Sequence[Path]) -> list[str]:
    """Return a name for the results of each list, each once."""
    names: list[str] = []
    for path in paths:
        found = path.resolve()
        stem = (found.name if found.is_dir() else found.stem) or "list"
        same = sum(name == stem or name.startswith(f"{stem}~") for name in names)
        names.append(f"{stem}~{same + 1}" if same else stem)
    return names


def chosen(reports: str, order: Sequence[str]) -> list[str]:
    """Return the ids that get a report: `all`, `top:N` of the order given, or ids with commas.

    Raises RequestError for a `top:` without a number.
    """
    if reports == "all":
        return list(order)
    if reports.startswith("top:"):
        number = reports.removeprefix("top:")
        if not number.isdecimal():
            said = f"`{reports}` needs a number, as in `top:20`"
            raise RequestError.about("reports", said)
        return list(order[: int(number)])
    return [name for name in ids_named(reports) if name in set(order)]


def ids_named(reports: str) -> list[str]:
    """Return the ids that a choice of reports names; none where it is `all` or `top:N`."""
    if reports == "all" or reports.startswith("top:"):
        return []
    return [part.strip() for part in reports.split(",") if part.strip()]
