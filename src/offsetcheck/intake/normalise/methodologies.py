"""Methodologies: a bare id such as VM0042 where there is one, and the version apart."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from offsetcheck.intake.normalise.protocols import PROTOCOLS
from offsetcheck.intake.normalise.text import Read, is_placeholder, one_of, tidy

_OF = r"(?:(?:CDM|UNFCCC|VCS|Verra|GS|Gold Standard|BCR|GCC|JCM)\b\s*[-–:]?\s*)?"
"""A programme's name before the code of a methodology, as in `CDM - AR-ACM0003: …`."""
_CODE = (
    r"(?:AR[- ]?(?:ACM|AMS|AM)[- ]?\d{4}|VM[RDT]?[- ]?\d{4}|VT[- ]?\d{4}|ACM[- ]?\d{4}|AM[- ]?\d{4}"
    r"|AMS[- .]?[IVX]+[- .]{1,2}[A-Z]{1,2}(?![A-Za-z])|GCCM[A-Z]?[- ]?\d{3}"
    r"|BCR[- ]?\d{4}|SCM[- ]?\d{4}|M-ICR[- ]?\d{3}|[A-Z]{2}_[AP]M\d{3}|PM[- ]?\d{3})(?!\d)"
)
"""Codes of Verra, the CDM, Global Carbon Council, BioCarbon, Social Carbon, ICR and the JCM, as
their lists have them; PM as generally known."""
_ID = re.compile(rf"{_OF}({_CODE})", re.IGNORECASE)
_VERSION = re.compile(
    r"[,;(\[ -]{0,4}(?:\b|(?<=\d))(?:version|vers\.?|ver\.?|v\.?)(?:\s|[:–-])*(?:no\.?\s*)?"
    r"([0-9]+(?:\.[0-9]+)*|NA)\b\.?\s*[)\]]?",
    re.IGNORECASE,
)
_BARE_VERSION = re.compile(r"(?:version|ver\.?|v\.?)?\s*(\d+(?:\.\d+)*)\.?", re.IGNORECASE)
MAX_CHARACTERS = 1_000
"""Characters; what follows is no name of a methodology, and patterns must not wade through it."""

_APART = re.compile(
    # A bracket may end a title before its version, else a comma after it parts two titles.
    rf"\s*[;|\n]\s*|\",\s*\"|(?<=\)),\s+(?!(?:v|vers?|version)\W*\d)"
    rf"|\s*(?:[,+/&]|\band\b|\bor\b)\s*(?={_OF}{_CODE})",
    re.IGNORECASE,
)
"""What parts methodologies: a comma, a slash or `and` only before the code of the next."""
_REVISED = re.compile(r"\b(?:revis|replac|based on|amend|expan)", re.IGNORECASE)
"""Titles that name the methodologies they come from."""
_ONLY_VERSION = re.compile(r"\W*(?:version|vers|ver|v)\W*[\d.]+\W*", re.IGNORECASE)
_BETWEEN_IDS = re.compile(r"[\s,+/&().]|\band\b", re.IGNORECASE)
_TOOL = re.compile(r"(?:VM[DT]|VT)[- ]?\d{4}", re.IGNORECASE)
"""Verra's modules and tools: parts of methodologies, from which no credit comes by themselves."""
_GOLD = re.compile(r"^Gold Standard\s+(?=TPDDTEC)", re.IGNORECASE)
_NOTHING = frozenset({"other", "methodology under development", "unknown", "not provided"})


def methodology_id(text: str) -> str | None:
    """Return the bare id that opens a text, None where it opens with none."""
    match = _ID.match(tidy(text))
    return _spelled(match[1]) if match else None


def _only_id(text: str) -> str | None:
    """Return the one id that stands within a title, as in `Landfill gas (ACM0001 v19.0)`."""
    found = {_spelled(match[1]) for match in _ID.finditer(text)}
    return found.pop() if len(found) == 1 and not _REVISED.search(text) else None


def read_methodology(text: str) -> Read:
    """Return the id, or the name without version; of several, that it is one of them.

    A cell's second methodology cannot be told from its first by worth, and which one the credits
    come from decides on the rules that apply.
    """
    bare = _bare(text)
    if is_placeholder(bare) or bare.casefold() in _NOTHING:
        return None
    return one_of(name for part in _methods(bare) if (name := _one(part)))


def read_version(text: str) -> Read:
    """Return a bare version such as 2.1, None where the text has none.

    Where a text names several methodologies it is one of their versions, if each has one.
    """
    bare = _bare(text)
    if is_placeholder(bare):
        return None
    versions = {_one(part): _version(part) for part in _methods(bare)}
    known = [version for version in versions.values() if version is not None]
    return one_of(known) if len(known) == len(versions) else None


def _bare(text: str) -> str:
    """Return what a cell says, its lines apart by a sign; a printed list without its brackets."""
    return tidy(text[:MAX_CHARACTERS].replace("\n", ";")).strip("[]\"'; ")


@lru_cache(maxsize=4096)
def _methods(text: str) -> Sequence[str]:
    """Return the methodologies that a text names: modules and tools beside one are not any.

    A cell is asked for its methodology and for that one's version, in each part of a long list.
    """
    parts = [name for part in _parts(text) for name in PROTOCOLS.get(part, (part,))]
    return tuple(part for part in parts if not _TOOL.match(part)) or tuple(parts)


def _parts(text: str) -> list[str]:
    """Return the methodologies that a text names, each with its version if it has one."""
    parts: list[str] = []
    for part in (piece.strip("\"' ") for piece in _apart(text)):
        if parts and _ONLY_VERSION.fullmatch(part):
            parts[-1] += f" {part}"
        elif part:
            parts += _ids_apart(part)
    return parts


def _apart(text: str) -> list[str]:
    """Return the pieces of a text; in a title that names what it revises, codes part nothing."""
    found: list[str] = []
    start = 0
    for match in _APART.finditer(text):
        coded = match[0].strip() not in {";", "|", ""} and _ID.match(text, match.end())
        if coded and _REVISED.search(text, start, match.start()):
            continue
        found.append(text[start : match.start()])
        start = match.end()
    return [*found, text[start:]]


def _ids_apart(part: str) -> list[str]:
    """Return bare ids that stand beside each other, or a name as it is, with all its words."""
    starts = [match.start() for match in _ID.finditer(part)]
    rest = _BETWEEN_IDS.sub("", _VERSION.sub("", _ID.sub("", part)))
    if len(starts) < 2 or rest:  # noqa: PLR2004 - one id needs no parting
        return [part]
    return [part[at:end] for at, end in pairwise([*starts, len(part)])]


def _version(text: str) -> str | None:
    if match := _BARE_VERSION.fullmatch(text):
        return match[1]
    match = _VERSION.search(text)
    return match[1] if match and match[1].upper() != "NA" else None


def _one(part: str) -> str:
    if (code := methodology_id(part) or _only_id(part)) is not None:
        return code
    name = tidy(_VERSION.sub(" ", part)).strip(" -–,").replace(" :", ":")
    return _GOLD.sub("GS ", name)


def _spelled(found: str) -> str:
    bare = found.upper().replace(" ", "-")
    if small := re.fullmatch(r"AMS[-.]?([IVX]+)[-.]{1,2}([A-Z]{1,2})", bare):
        return f"AMS-{small[1]}.{small[2]}"
    closed = re.sub(r"-(?=\d+$)", "", bare)
    return re.sub(r"^AR-?(ACM|AMS|AM)-?", r"AR-\1", closed)
