"""Where files lie that were handed in: one person's, of one session, for a day at most."""

import json
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any

from offsetcheck.web.folder.tenders import TenderFolder, own_folder
from offsetcheck.web.incoming.names import safe_name
from offsetcheck.web.visit import RefusedError, Upload, Visit

MOST_STAGED = 50
MOST_BYTES = 512 * 1024 * 1024
A_DAY = 86_400
SAID, LOOK, COLUMNS, FOLDER = "said.json", "look.json", "columns.yaml", "file"


@dataclass(frozen=True, slots=True)
class Staged:
    """One file that waits: its number, where it lies, and what was said of it.

    `original` is its name as it came. `use` is what it shall be used as, where somebody says
    otherwise than it is taken for; `day` the day of a registry's list, or on which an answer came.
    """

    number: str
    folder: Path
    name: str
    original: str
    size: int
    sha256: str
    use: str = ""
    day: str = ""

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return self.folder / FOLDER / self.name

    @property
    def columns(self) -> bytes | None:
        """What was said of its columns, as the bytes of a `columns.yaml`."""
        path = self.folder / COLUMNS
        return path.read_bytes() if path.is_file() else None

    def say(self, **said: str) -> None:
        """Remember something else of it."""
        known = json.loads((self.folder / SAID).read_text("utf-8"))
        _write(self.folder / SAID, json.dumps({**known, **said}))

    def say_columns(self, text: str | None) -> None:
        """Remember what its columns are; None forgets it."""
        if text is None:
            (self.folder / COLUMNS).unlink(missing_ok=True)
        else:
            _write(self.folder / COLUMNS, text)

    def look(self, key: str) -> Any | None:
        """Return what was seen of it under a key, None where it was not looked at so."""
        try:
            known = json.loads((self.folder / LOOK).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return known["seen"] if known.get("key") == key else None

    def keep_look(self, key: str, seen: Any) -> None:
        """Keep what was seen of it under a key."""
        _write(self.folder / LOOK, json.dumps({"key": key, "seen": seen}))


@dataclass(frozen=True, slots=True)
class Staging:
    """The files of one session that wait for one tender."""

    folder: Path

    def files(self) -> tuple[Staged, ...]:
        """Return what waits, in the order in which it came."""
        if not self.folder.is_dir():
            return ()
        numbers = sorted(int(one.name) for one in self.folder.iterdir() if one.name.isdecimal())
        return tuple(one for number in numbers if (one := self._staged(str(number))) is not None)

    def file(self, number: str) -> Staged:
        """Return what waits under a number; raises RefusedError (404) for none."""
        for one in self.files():
            if one.number == number:
                return one
        raise RefusedError(404, "web_offers.gone")

    def take(self, uploads: tuple[Upload, ...]) -> tuple[Staged, ...]:
        """Keep files aside; raises RefusedError (413) where they are more than may wait."""
        waiting = self.files()
        total = sum(one.size for one in (*waiting, *uploads))
        if len(waiting) + len(uploads) > MOST_STAGED or total > MOST_BYTES:
            raise RefusedError(
                413, "web_offers.too_many", most=MOST_STAGED, mb=MOST_BYTES // 1024 // 1024
            )
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        first = 1 + max((int(one.number) for one in waiting), default=0)
        return tuple(self._take(str(first + at), one) for at, one in enumerate(uploads))

    def _take(self, number: str, upload: Upload) -> Staged:
        folder = self.folder / number
        name = safe_name(upload.name)
        (folder / FOLDER).mkdir(mode=0o700, parents=True)
        goal = folder / FOLDER / name
        shutil.copyfile(upload.path, goal)
        goal.chmod(0o600)
        with goal.open("rb") as held:
            digest = sha256()
            while part := held.read(1 << 20):
                digest.update(part)
        said = {"name": name, "original": upload.name, "size": upload.size,
                "sha256": digest.hexdigest(), "use": "", "day": ""}  # fmt: skip
        _write(folder / SAID, json.dumps(said))
        return Staged(number=number, folder=folder, **said)  # type: ignore[arg-type]

    def _staged(self, number: str) -> Staged | None:
        folder = self.folder / number
        try:
            said = json.loads((folder / SAID).read_text("utf-8"))
        except (OSError, ValueError):
            return None  # another window drops it just now
        return Staged(number=number, folder=folder, **said)

    def drop(self, number: str) -> None:
        """Forget one file."""
        shutil.rmtree(self.file(number).folder, ignore_errors=True)

    def drop_all(self) -> None:
        """Forget every file."""
        shutil.rmtree(self.folder, ignore_errors=True)


def staging_of(visit: Visit, tender: TenderFolder) -> Staging:
    """Return where the files of a visit's session wait; what is older than a day is gone."""
    top = own_folder(visit.workplace) / "staging"
    top.mkdir(mode=0o700, exist_ok=True)
    _forget_old(top)
    # The form's token is the session's own: another session finds nothing of this one.
    mark = sha256(f"{visit.person.name}\n{visit.csrf}\n{tender.name}".encode()).hexdigest()
    return Staging(top / mark[:32])


def _forget_old(top: Path) -> None:
    for folder in top.iterdir():
        try:
            old = folder.stat().st_mtime < time() - A_DAY
        except OSError:
            continue
        if old:
            shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
