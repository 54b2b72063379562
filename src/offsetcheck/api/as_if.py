"""A tender as it would be with some of its files otherwise: read and judged, and nothing stored."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.request import Request
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

EVIDENCE_FOLDER = "evidence"
"""The folder of a tender in which papers are kept; no reader looks into it."""

LARGEST_POLICY = 1_000_000
"""Bytes of a file beside a tender that may be a city's own."""

Changes = Mapping[str, bytes | Path | None]
"""Files of a tender by their names in it: other bytes, those of another file, or taken away."""


def case_as_if(request: Request, rulebook: Rulebook, changes: Changes) -> Case:
    """Return a tender as it would be with some files otherwise; raises as `open_case`."""
    with folder_as_if(request.path, changes) as folder:
        return open_case(replace(request, path=folder), rulebook)


@contextmanager
def folder_as_if(folder: Path, changes: Changes) -> Iterator[Path]:
    """Give a copy of a tender with some files otherwise; it is gone at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="offsetcheck-as-if-") as top:
        made = Path(top) / folder.resolve().name
        _beside(folder, Path(top), made.name)
        _copy(folder, made)
        for name, said in changes.items():
            goal = made / name
            goal.unlink(missing_ok=True)
            if said is not None:
                goal.parent.mkdir(exist_ok=True)
                goal.write_bytes(said if isinstance(said, bytes) else said.read_bytes())
        yield made


def new_problems(before: Case | None, after: Case) -> tuple[Problem, ...]:
    """Return the errors of a changed tender that it did not have before."""
    known = {_said(problem) for problem in before.problems} if before is not None else set()
    return tuple(
        problem
        for problem in after.problems
        if problem.severity is Severity.ERROR and _said(problem) not in known
    )


def _said(problem: Problem) -> tuple[str, str, str | None]:
    """Return what tells a problem from others wherever it stands: lines move when a file grows."""
    return problem.message, problem.place.file, problem.place.field


def _copy(folder: Path, goal: Path) -> None:
    shutil.copytree(folder, goal, symlinks=True, ignore=_left_out(folder), copy_function=_placed)


def _left_out(folder: Path) -> Callable[[str, list[str]], set[str]]:
    def ignored(path: str, names: list[str]) -> set[str]:
        papers = {EVIDENCE_FOLDER} if Path(path) == folder else set()
        plain = {name for name in names if _is_odd(Path(path, name))}
        return plain | papers | {name for name in names if name.startswith(".")}

    return ignored


def _is_odd(path: Path) -> bool:
    """Return whether a path is neither a plain file, a folder nor a link: a pipe would not end."""
    return not (path.is_symlink() or path.is_file() or path.is_dir())


def _placed(source: str, goal: str) -> None:
    """Give a file another name where the disk can, else copy it: nobody writes into the copy."""
    if Path(source).is_symlink():
        Path(goal).symlink_to(Path(source).readlink())
        return
    try:
        os.link(source, goal)
    except OSError:
        shutil.copyfile(source, goal)


def _beside(folder: Path, top: Path, name: str) -> None:
    """Take along what may be a city of the tender's own beside it."""
    for path in folder.resolve().parent.iterdir():
        if path.name == name or path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir() and (path / "city.yaml").is_file():
            _copy(path, top / path.name)
        elif _may_be_policy(path):
            _placed(str(path), str(top / path.name))


def _may_be_policy(path: Path) -> bool:
    named = path.suffix in {".yaml", ".yml"}
    return named and path.is_file() and path.stat().st_size <= LARGEST_POLICY
