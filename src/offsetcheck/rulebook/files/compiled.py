"""A rulebook that was read before, kept in the user's cache so that it need not be read again.

The key is the content of every file of the folder and of the code that reads it: a change of
either is another key. What is kept is data (`rulebook.kept`), bound to its key by a checksum
(`ground.cache`); where there is none, or nothing fits, the rule files are read, from the bytes
that were gathered for the key.
"""

import os
from pathlib import Path

from offsetcheck.ground.cache import keep, own_cache, recall
from offsetcheck.ground.walk import Walked
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.files.kept import NotKeptError, read_kept, without_documents, write_kept
from offsetcheck.rulebook.files.key import folder_key
from offsetcheck.rulebook.files.pack import unpacked
from offsetcheck.rulebook.rulebook import Rulebook

KEPT = 8  # rulebooks in the cache; the oldest go first


def load_compiled(folder: Path) -> Rulebook:
    """Return the rulebook of a folder or pack, from the cache if it is known, without documents.

    It binds and judges as that of `load_rulebook`; only the places in its files are gone, which
    checks of the rules themselves need. Raises RulebookError as `load_rulebook` does; a folder
    with a problem is never kept.
    """
    folder = unpacked(folder)
    walked = gather(folder)
    cache = None if _unwanted(walked) else own_cache("offsetcheck")
    if cache is None:
        return _read(folder, walked)
    key = folder_key(folder, walked)
    place = cache / f"{key[:40]}.rulebook"
    known = _known(place, key, folder)
    if known is not None:
        return known
    rulebook = _read(folder, walked)
    keep(place, key, write_kept(rulebook), most=KEPT)
    return rulebook


def _unwanted(walked: Walked) -> bool:
    """Whether nobody wants a rulebook kept, or its folder has a fault."""
    return bool(walked.faults) or os.environ.get("OFFSETCHECK_CACHE") == "off"


def _known(place: Path, key: str, folder: Path) -> Rulebook | None:
    content = recall(place, key)
    try:
        return None if content is None else read_kept(content, folder)
    except NotKeptError:
        return None


def _read(folder: Path, walked: Walked) -> Rulebook:
    # Reading rule files needs the parser of expressions, which a known rulebook does without.
    from offsetcheck.rulebook.load import read_rulebook

    return without_documents(read_rulebook(folder, walked))
