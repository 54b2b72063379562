"""Judgements that one person has signed: kept word for word until a second person signs them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from offsetcheck.ground.canonical import content_hash
from offsetcheck.web.folder.tenders import own_folder
from offsetcheck.web.register.second import waiting
from offsetcheck.web.visit import Visit

JUDGEMENT = "judgement"


def keep_pending(visit: Visit, content: Mapping[str, str], person: str) -> None:
    """Keep what one person has signed, to be shown to the second."""
    path = _path(visit, content_hash(content))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(json.dumps({"person": person, "content": dict(content)}), "utf-8")


def forget_pending(visit: Visit, content: Mapping[str, str]) -> None:
    """Forget what has taken effect."""
    _path(visit, content_hash(content)).unlink(missing_ok=True)


def pending(visit: Visit) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield what waits in this tender: its mark, who signed it, and its content.

    The register says what waits; a file that nobody has signed so is none.
    """
    for one in waiting(visit, JUDGEMENT):
        try:
            kept = json.loads(_path(visit, one.content).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if content_hash(kept["content"]) == one.content:
            yield one.content, one.person, kept["content"]


def _path(visit: Visit, mark: str) -> Path:
    folder = own_folder(visit.workplace) / "judgements" / visit.part("tender")
    return folder / f"{mark}.json"
