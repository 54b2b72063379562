"""What the parts of a list lack, on the disk until it is known what every row of the list lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polars as pl

from offsetcheck.engine.columns.missing import Missing
from offsetcheck.ground.publish.naming import naming

NAME = ".lacking"


@dataclass(frozen=True, slots=True)
class LackingAside:
    """Keeps what each part lacks in a folder within that of the results, until it is taken.

    That folder is a draft: where a run is stopped or fails, all of it goes.
    """

    within: Path

    def put(self, part: int, lacking: Missing) -> None:
        """Put aside what a part lacks, without its ids; raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        kept = (lacking.known, lacking.patterns, pl.DataFrame({"place": lacking.places}))
        for path, frame in zip(self._paths(part), kept, strict=True):
            content = BytesIO()  # of a full disk Polars may not say that it is one
            frame.write_ipc(content, compression="lz4")
            with naming(path):
                path.write_bytes(content.getbuffer())

    def take(self, part: int, ids: pl.Series) -> Missing:
        """Return what a part lacks, whose rows have these ids, and keep it no longer."""
        known, patterns, places = (pl.read_ipc(path.read_bytes()) for path in self._paths(part))
        for path in self._paths(part):
            path.unlink()
        return Missing(known, patterns, places["place"], ids)

    def close(self) -> None:
        """Remove the folder, when all parts are taken."""
        if self._folder.exists():
            self._folder.rmdir()

    @property
    def _folder(self) -> Path:
        return self.within / NAME

    def _paths(self, part: int) -> Sequence[Path]:
        return [self._folder / f"{part:05}.{what}" for what in ("waits", "patterns", "places")]
