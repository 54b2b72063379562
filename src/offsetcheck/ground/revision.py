"""A folder as it stood at a revision of a git repository, read into memory like a walk of it.

Nothing is checked out and nothing of the repository runs: git is asked for objects alone, by
their hashes, without filters, hooks, pagers or a network. What it prints is read within bounds.
"""

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from offsetcheck.ground.walk import HIDDEN, Bounds, Fault, Walked

SECONDS = 60.0
"""A rule folder is listed and read in a tenth of a second; longer, something hangs."""
LINE = 4_096
"""Bytes that the listing of one file can have: a path is shorter on every system."""
NOTHING_RUNS = (
    *("--no-pager", "--no-replace-objects", "--literal-pathspecs"),
    *("-c", "protocol.allow=never", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
)
PLAIN = frozenset((b"100644", b"100755"))
LINK = b"120000"
TOO_MUCH = "what git holds there is more than a folder may have"


class RevisionError(Exception):
    """What is named is no revision that can be read; `hint` says what to do about it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file as git lists it; `size` is None where it is no blob."""

    mode: bytes
    object: bytes
    size: int | None
    name: str


def repository_of(folder: Path) -> Path | None:
    """Return the top folder of the repository that holds a folder, None outside of any."""
    try:
        found = _git(folder, "rev-parse", "--show-toplevel", most=LINE)
    except RevisionError:
        return None
    return Path(os.fsdecode(found.removesuffix(b"\n")))


def commit_of(repository: Path, revision: str) -> str:
    """Return the hash of the commit that a text names; raises RevisionError where it names none.

    A text that begins with a dash is none: it would be an option.
    """
    if not revision or revision.startswith("-") or not revision.isprintable():
        raise RevisionError(f"`{revision}` cannot be the name of a revision")
    asked = f"{revision}^{{commit}}"
    found = _git(
        repository, "rev-parse", "--verify", "--quiet", "--end-of-options", asked, most=128
    )
    return found.decode("ascii").strip()


def has_file(repository: Path, commit: str, path: str) -> bool:
    """Whether a commit holds a file or folder at a path from the top of the repository."""
    try:
        _git(repository, "cat-file", "-e", f"{commit}:{path}", most=LINE)
    except RevisionError:
        return False
    return True


def walk_revision(
    repository: Path, commit: str, folder: str, wanted: Mapping[str, int], bounds: Bounds
) -> Walked:
    """Return a folder of a commit as `walk` returns one on disk, `folder` from the top, "" for it.

    Links are faults: no text stands behind them. Raises RevisionError where there is no such
    folder or it holds more than it may.
    """
    tree = _tree(repository, commit, folder)
    entries = [entry for entry in _listed(repository, tree, bounds) if not _hidden(entry.name)]
    _check(entries, bounds)
    faults = [fault for entry in entries if (fault := _fault(entry, wanted)) is not None]
    faulty = {fault.name for fault in faults}
    read = [e for e in entries if PurePosixPath(e.name).suffix in wanted and e.name not in faulty]
    _check_bytes(read, bounds)
    names = sorted({*(e.name for e in entries), *(n for e in entries for n in _above(e.name))})
    return Walked(_contents(repository, read), tuple(names), tuple(faults), cut=False)


def _tree(repository: Path, commit: str, folder: str) -> str:
    asked = f"{commit}:{folder}"
    try:
        kind = _git(repository, "cat-file", "-t", asked, most=LINE).strip()
        found = _git(repository, "rev-parse", "--verify", "--end-of-options", asked, most=LINE)
    except RevisionError:
        kind = b""
    if kind != b"tree":
        raise RevisionError(f"there is no folder `{folder}` in the revision {commit[:12]}")
    return found.decode("ascii").strip()


def _hidden(name: str) -> bool:
    return any(part.startswith(HIDDEN) for part in name.split("/"))


def _above(name: str) -> Iterator[str]:
    yield from (str(path) for path in PurePosixPath(name).parents if str(path) != ".")


def _check(entries: Sequence[_Entry], bounds: Bounds) -> None:
    if len(entries) > bounds.entries:
        raise RevisionError(f"the folder has more than {bounds.entries:,} files")
    if any(entry.name.count("/") > bounds.depth for entry in entries):
        raise RevisionError(f"the folder is more than {bounds.depth} folders deep")


def _check_bytes(entries: Sequence[_Entry], bounds: Bounds) -> None:
    if sum(entry.size or 0 for entry in entries) > bounds.total:
        raise RevisionError(f"the files have more than {bounds.total:,} bytes together")


def _fault(entry: _Entry, wanted: Mapping[str, int]) -> Fault | None:
    """Return what is wrong with a file that may not be read."""
    limit = wanted.get(PurePosixPath(entry.name).suffix)
    if entry.mode == LINK:
        return Fault(entry.name, "this is a link, no plain file", "put the file itself here")
    if entry.mode not in PLAIN or entry.size is None:
        return Fault(entry.name, "this is another repository, no folder of this one")
    if limit is not None and not entry.name.isprintable():
        return Fault(entry.name, "the name of this file cannot be printed")
    if limit is not None and entry.size > limit:
        return Fault(entry.name, f"the file has more than {limit:,} bytes")
    return None


def _listed(repository: Path, tree: str, bounds: Bounds) -> Iterator[_Entry]:
    most = bounds.entries * LINE // 8
    found = _git(repository, "ls-tree", "-r", "-z", "-l", "--full-tree", tree, most=most)
    for line in found.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        mode, _, identity, size = head.split()
        known = int(size) if size.isdigit() else None
        yield _Entry(mode, identity, known, name.decode("utf-8", "surrogateescape"))


def _contents(repository: Path, entries: Sequence[_Entry]) -> dict[str, bytes]:
    """Return the bytes of each file, asked for by their hashes in one call."""
    asked = b"".join(entry.object + b"\n" for entry in entries)
    most = sum((entry.size or 0) + LINE for entry in entries)
    answer = _git(repository, "cat-file", "--batch", most=most, asked=asked) if entries else b""
    found: dict[str, bytes] = {}
    start = 0
    for entry in entries:
        end = answer.index(b"\n", start)
        if answer[start:end].split()[1:2] != [b"blob"]:
            raise RevisionError(f"git does not hold the text of `{entry.name}`")
        size = entry.size or 0
        found[entry.name] = answer[end + 1 : end + 1 + size]
        start = end + 1 + size + 1
    return found


def _git(repository: Path, *words: str, most: int, asked: bytes = b"") -> bytes:
    """Return what git prints; raises RevisionError where it refuses, is late or prints too much."""
    surroundings = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    surroundings |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    surroundings |= {"GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", *NOTHING_RUNS, *words]
    # Files and not pipes for what goes in and for complaints: neither can block the answer.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaints:
        given.write(asked)
        given.seek(0)
        try:
            running = subprocess.Popen(  # noqa: S603 - no shell; each word is ours or checked
                command, cwd=repository, env=surroundings, stdin=given, stdout=subprocess.PIPE,
                stderr=complaints,
            )  # fmt: skip
        except FileNotFoundError:
            raise RevisionError("git is not installed", "name two folders instead") from None
        except OSError as error:
            why = (error.strerror or "").casefold()
            raise RevisionError(f"git cannot be asked: {why}") from None
        answer = _answer(running, most)
        complaints.seek(0)
        said = complaints.read(LINE)
    if running.returncode:
        raise RevisionError(_refusal(said), _advice(said))
    return answer


def _answer(running: "subprocess.Popen[bytes]", most: int) -> bytes:
    """Return what a process prints, which is ended where that is too much or takes too long."""
    late = threading.Timer(SECONDS, running.kill)
    late.start()
    with running:
        answer = running.stdout.read(most + 1) if running.stdout is not None else b""
        if len(answer) > most:
            running.kill()
    late.cancel()
    if len(answer) > most:
        raise RevisionError(TOO_MUCH)
    if running.returncode < 0:
        raise RevisionError(f"git did not answer within {SECONDS:.0f} seconds")
    return answer


def _refusal(said: bytes) -> str:
    """Return the first line of what git says, in our own form."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ").rstrip(".") if lines else "git knows no such revision"


def _advice(said: bytes) -> str | None:
    return (
        "git asks for this itself: see `git config safe.directory`" if b"dubious" in said else None
    )
