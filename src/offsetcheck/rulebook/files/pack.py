"""A rule folder as one file: a zip archive with a manifest that names each file and its hash.

A pack is verified in memory before a byte of it counts: its manifest comes first, and nothing may
stand in it that the manifest does not name. The same folder gives the same bytes.
"""

import atexit
import hashlib
import io
import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from offsetcheck.ground.cache import own_cache
from offsetcheck.ground.canonical import content_hash
from offsetcheck.ground.limits import (
    MAX_RULEBOOK_BYTES,
    MAX_RULEBOOK_DEPTH,
    MAX_RULEBOOK_FILES,
)
from offsetcheck.ground.version import __version__
from offsetcheck.ground.walk import NotPlainError, Walked, is_own, read_plain
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError

SUFFIX = ".zip"
RULES = frozenset((".yaml", ".csv"))  # as `files.folder` gathers them
MANIFEST = "manifest.json"
FORM = "offsetcheck rules 1"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that the format can say: no clock in a pack
PLAIN = 0o100644 << 16
COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for much memory
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
HINT = "ask whoever publishes the rules for the pack, and compare its hash"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack says of itself: whose rules, which edition, and the hash of each file.

    `hash` is that of the rule files together, without what is only read by people beside them; it
    is what a notice prints.
    """

    name: str
    edition: str
    files: Mapping[str, str]
    hash: str
    made_by: str = __version__


def files_hash(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of a rulebook's files: of their paths, and of the hash of each.

    What is not read as rules (a README) does not count: a folder and its pack have one hash.
    """
    return _hash_of({path: hashlib.sha256(content).hexdigest() for path, content in files.items()})


def _hash_of(hashes: Mapping[str, str]) -> str:
    read = {path: hashes[path] for path in sorted(hashes) if PurePosixPath(path).suffix in RULES}
    return content_hash({"files": read})


def write_pack(files: Mapping[str, bytes], name: str, edition: str) -> bytes:
    """Return a pack of some files by path; the same files give the same bytes."""
    hashes = {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)}
    said = {
        "form": FORM,
        "name": name,
        "edition": edition,
        "made_by": __version__,
        "hash": _hash_of(hashes),
        "files": hashes,
    }
    manifest = json.dumps(said, indent=1, ensure_ascii=False).encode() + b"\n"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in ((MANIFEST, manifest), *sorted(files.items())):
            entry = zipfile.ZipInfo(path, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # as on every system, so that the bytes are the same
            entry.external_attr = PLAIN
            archive.writestr(entry, content)
    return made.getvalue()


def is_pack(path: Path) -> bool:
    """Whether a path names a pack and no folder."""
    return path.suffix == SUFFIX and not path.is_dir()


def read_pack(path: Path) -> tuple[Manifest, Walked]:
    """Return what a pack says of itself and its files, each verified.

    Raises RulebookError where it is no pack, is larger than a rule folder may be, or holds
    anything but what its manifest names, byte for byte.
    """
    try:
        content = read_plain(path, MAX_RULEBOOK_BYTES)
    except NotPlainError as error:
        raise _wrong(path, str(error)) from None
    except OSError as error:
        raise _wrong(path, f"the pack cannot be read: {error.strerror}") from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _verified(path, archive)
    except DAMAGED:
        raise _wrong(path, "this is no pack of rules, or it is damaged", HINT) from None
    except ValueError:
        raise _wrong(path, f"its {MANIFEST} cannot be read", HINT) from None


def _verified(path: Path, archive: zipfile.ZipFile) -> tuple[Manifest, Walked]:
    entries = _entries(path, archive)
    manifest = _manifest(path, json.loads(_content(archive, entries.pop(MANIFEST))))
    files: dict[str, bytes] = {}
    for name in sorted(entries.keys() | manifest.files.keys()):
        if name not in entries:
            raise _wrong(path, f"`{name}` is missing from the pack", HINT)
        if name not in manifest.files:
            raise _wrong(path, f"`{name}` stands in the pack and not in its manifest", HINT)
        files[name] = _content(archive, entries[name])
        if hashlib.sha256(files[name]).hexdigest() != manifest.files[name]:
            raise _wrong(path, f"`{name}` is not what the manifest says", HINT)
    if _hash_of(manifest.files) != manifest.hash:
        raise _wrong(path, "the hash of the pack is not that of its files", HINT)
    folders = {str(up) for name in files for up in PurePosixPath(name).parents} - {"."}
    return manifest, Walked(files, tuple(sorted(files.keys() | folders)), (), cut=False)


def _entries(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the entries of an archive by name: plain names, each once, within limits."""
    listed = archive.infolist()
    if len(listed) > MAX_RULEBOOK_FILES or sum(e.file_size for e in listed) > MAX_RULEBOOK_BYTES:
        raise _wrong(path, "the pack holds more than a rulebook may")
    entries: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for entry in listed:
        if not _is_plain(entry):
            raise _wrong(path, f"`{entry.filename[:80]!a}` is no plain file of rules", HINT)
        if entry.filename.casefold() in folded:
            raise _wrong(path, f"`{entry.filename}` stands in the pack twice", HINT)
        folded.add(entry.filename.casefold())
        entries[entry.filename] = entry
    if MANIFEST not in entries:
        raise _wrong(path, f"the archive has no {MANIFEST}", "`offsetcheck rules pack` makes one")
    return entries


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    name, parts = entry.filename, PurePosixPath(entry.filename).parts
    kind = (entry.external_attr >> 16) & 0o170000
    return (
        name.isprintable()
        and "\\" not in name
        and ":" not in name
        and not name.startswith("/")
        and not any(part.startswith(".") for part in parts)
        and str(PurePosixPath(name)) == name
        and len(parts) <= MAX_RULEBOOK_DEPTH
        and kind in (0, 0o100000)
        and entry.compress_type in COMPRESSED
        and not entry.flag_bits & 1
    )


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return the bytes of an entry, no more than it says that it has."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile(entry.filename)
    return content


def _manifest(path: Path, said: Any) -> Manifest:
    if not isinstance(said, dict) or said.get("form") != FORM:
        raise _wrong(path, f"its {MANIFEST} is not one of `{FORM}`", "another offsetcheck made it")
    texts = [said.get(key) for key in ("name", "edition", "hash", "made_by")]
    files: Any = said.get("files")
    hashes = files.values() if isinstance(files, dict) else (None,)
    if not all(isinstance(text, str) and text.isprintable() for text in (*texts, *hashes)):
        raise ValueError(MANIFEST)
    name, edition, whole, made_by = map(str, texts)
    return Manifest(name, edition, files, whole, made_by)


def _wrong(path: Path, message: str, hint: str | None = None) -> RulebookError:
    return RulebookError([Problem(message, Place(str(path)), hint)])


def unpacked(path: Path) -> Path:
    """Return a folder of rules as it is; of a pack, the folder of its verified files.

    That of a pack stands in the user's cache under the hash of its files, and is written anew
    wherever a file of it is not, byte for byte, what the pack holds. Where there is no cache of the
    user's own it is a folder that goes when the program ends. Raises RulebookError as `read_pack`.
    """
    if not is_pack(path):
        return path
    manifest, walked = read_pack(path)
    cache = own_cache("offsetcheck")
    if cache is None:
        return _passing(walked.files)
    folder = cache / f"{manifest.hash}.pack"
    if not _holds(folder, walked.files):
        _write_anew(folder, walked.files)
    return folder


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder holds these files, the user's own, and no others."""
    try:
        if folder.is_symlink() or not is_own(folder.lstat()):
            return False
        there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}
        own = (read_plain(folder / name, len(c), own=True) == c for name, c in files.items())
        return there == files.keys() and all(own)
    except (OSError, NotPlainError):
        return False


def _write_anew(folder: Path, files: Mapping[str, bytes]) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent, suffix=".part") as made:
        new = Path(made) / "new"
        _write(new, files)
        if folder.exists() or folder.is_symlink():
            folder.rename(Path(made) / "old")
        new.rename(folder)


def _passing(files: Mapping[str, bytes]) -> Path:
    folder = Path(tempfile.mkdtemp(suffix=".pack"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _write(folder / "rules", files)
    return folder / "rules"


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.write_bytes(content)
        place.chmod(0o600)
