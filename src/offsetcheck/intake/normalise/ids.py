"""A project's id, however it is spelt, to its programme and number.

One reading for bids, lists, evidence, screenings, reviews and tables of events: what two of them
name must be the same project, however a seller writes it.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from offsetcheck.intake.normalise.lookalikes import plain
from offsetcheck.intake.normalise.text import tidy


class ProjectId(NamedTuple):
    """An id as this project writes it, and the programme whose pattern it fits.

    `programme` None: it fits no programme's, or that of another programme than the one stated.
    """

    text: str
    programme: str | None = None

    @property
    def recognised(self) -> bool:
        """Whether a registry can hold a project under this id."""
        return self.programme is not None


class _Pattern(NamedTuple):
    """How a programme numbers its projects: the prefix written here, and others that mean it.

    A number of more than `digits` is none of its projects'.
    """

    prefix: str
    others: tuple[str, ...] = ()
    digits: int = 15  # the codes of UK woodland and peatland are the longest


_NUMBERED = {
    "VCS": _Pattern("VCS", ("VERRA", "VCU", "PL", "CCB"), 5),
    "GS": _Pattern("GS", ("GLD", "GOLD", "GSF", "GS4GG"), 6),
    "ACR": _Pattern("ACR", ("ERT",), 5),
    "CAR": _Pattern("CAR", ("CRT",), 5),
    "ART": _Pattern("ART", ("TREES",), 4),
    "PURO": _Pattern("PURO"),
    "ISOMETRIC": _Pattern("ISO", ("ISOMETRIC",)),
    "PLAN_VIVO": _Pattern("PV", ("PLANVIVO",)),
    "GCC": _Pattern("GCC"),
    "CDM": _Pattern("CDM"),
    "A6_4": _Pattern("PACM"),
    "WCC": _Pattern("WCC"),
    "PEATLAND_CODE": _Pattern("PC"),
    "LABEL_BAS_CARBONE": _Pattern("LBC"),
    "CCER": _Pattern("CCER"),
    "CRCF": _Pattern("CRCF"),
    "RIVERSE": _Pattern("RIV", ("RIVERSE", "RAINBOW")),
    "ICR": _Pattern("ICR"),
    "ERS": _Pattern("ERS"),
    "JCM": _Pattern("JCM"),
    "SOCIAL_CARBON": _Pattern("SOCIALCARBON", (), 4),
    "CITY_FOREST_CREDITS": _Pattern("CFC", (), 4),
}
"""Programmes whose ids are a prefix and a number; a bare number takes its programme's prefix.

Those of VCS, GS, ACR, CAR and ART are as their lists have them, with one digit more than their
longest number, SOCIALCARBON as its interface has them, City Forest Credits as projects are named in
public (`CFC-15`); the others as generally known.
"""

_OWN = {
    # Two projects of another registry's protocol that Verra lists; there is no series of them.
    "VCS": re.compile(r"VCSOPR(?:2|10)"),
    "ISOMETRIC": re.compile(r"PRJ_[0-9A-Z]{10,}"),
    # A project of which no number was found is called by its name in the table of events.
    "CERCARBONO": re.compile(r"CDC[-_]?\d+(?:-\d+)*|CERCARBONO(?:-[A-Z]{3,}){2,}"),
    "BIOCARBON": re.compile(r"[BP]CR-[A-Z]{2}-[A-Z0-9]{1,6}-\d+-\d+"),
    "GCC": re.compile(r"S\d{5}"),
    "ACCU": re.compile(r"(?:EOP|ERF)\d+"),
    "JCM": re.compile(r"[A-Z]{2}\d{3}"),
    "REGEN": re.compile(r"[A-Z]{1,3}\d{2}-\d{3}"),
    "ARB": re.compile(r"CA[A-Z]{2}\d{4}(?:-[A-Z])?"),
}
"""Programmes whose ids have a form of their own, which stays as it is written.

Read in their registries' interfaces: Isometric's, Cercarbono's, BioCarbon's and Regen's (class and
project, `C01-001`); ARB's in the lists of ACR and of VROD; the others as generally known.
"""
_SHORT_CODE = re.compile(r"(?=.*[A-Z])[0-9A-Z]{4}")
"""Isometric's code of a project, as `TS26`."""
_WHERE_STATED = {"GCC", "JCM", "REGEN", "ARB"}
"""Programmes whose form others use too: an id of theirs only where the programme is stated."""

_PREFIXES = {
    name: (programme, pattern.prefix)
    for programme, pattern in _NUMBERED.items()
    for name in (pattern.prefix, *pattern.others)
}
_BY_PREFIX = {pattern.prefix: programme for programme, pattern in _NUMBERED.items()}
_ONE_FORM = re.compile(r"([A-Z]+)([1-9][0-9]*)")
_NAMES = "|".join(sorted(_PREFIXES, key=len, reverse=True))
_BETWEEN = r"[\s\-_.:#/=()\[\]]*(?:(?:ID|NO|NR|NUMBER|PROJECT)\b[\s\-_.:#/=()\[\]]*)?"
# A letter that may be a digit (O, I, L, S, B, Z) ends no number, nor do groups of three digits.
_ENDS = r"(?![0-9])(?!['.,\s]\d{3}(?!\d))(?:[AC-HJKMNP-RT-Y])?(?![A-Z0-9])"
_TOKEN = re.compile(rf"(?<![A-Z0-9])({_NAMES}){_BETWEEN}(\d+)(?:\.0)?{_ENDS}")
_WORD = re.compile(rf"(?<![A-Z0-9])({_NAMES})(?![A-Z])")
_NUMBER_FIRST = re.compile(rf"(\d+)[\s\-_(\[/]*({_NAMES})[)\]]*")
_SPACED_LETTERS = re.compile(r"(?<![A-Z0-9])(?:[A-Z][.\-\s]){1,4}[A-Z](?:\.|(?![A-Z]))")
_SPACED_OWN = re.compile(r"(EOP|ERF|VCSOPR)[\s\-_.#:/]*(\d+)")
_SERIALS = (
    (re.compile(r"VCU-\d+-[A-Z]+-[A-Z]{2}-\d+-(\d+)-\d{8}-\d{8}"), "VCS"),
    (re.compile(r"(?<![A-Z0-9])GS\d-\d+-[A-Z]{2}-GS(\d+)-"), "GS"),
    (re.compile(r"(?<![A-Z0-9])CAR-(?:\d+|[A-Z]+)-[A-Z]{2}-(\d+)-\d+-\d+-"), "CAR"),
    (re.compile(r"(?<![A-Z0-9])ACR-[A-Z]{2}-(\d+)-\d{4}-"), "ACR"),
)
"""Serial numbers of units that hold their project's number, among others that mean other things."""
_SERIAL = re.compile(r"[A-Z0-9]+(?:[\s\-_./:]+[A-Z0-9]*\d[A-Z0-9]*){5}|(?:[A-Z0-9]+[\-_./:]){5}")
"""What has the look of a serial number, or of several numbers: none of them is taken for an id."""
_BARE = re.compile(r"[A-Za-z]+\d+")
_ADDRESS = re.compile(r"(?:HTTPS?:)?//|WWW\.|\b[A-Z0-9-]+\.(?:ORG|COM|EARTH|NET|IO|AU|INT)/")
_HOSTS = (
    (re.compile(r"VERRA\.ORG/.*?/(?:VCS|CCB)/(\d+)"), "VCS"),
    (re.compile(r"GOLDSTANDARD\.ORG/.*?[?&]Q=(?:GS|GLD)?(\d+)"), "GS"),
    (re.compile(r"(?<![A-Z])ACR2?\.APX\.COM/.*?[?&]ID1=(\d+)"), "ACR"),
    (re.compile(r"THERESERVE2?\.APX\.COM/.*?[?&]ID1=(\d+)"), "CAR"),
    (re.compile(r"(?<![A-Z])ART\.APX\.COM/.*?[?&]ID1=(\d+)"), "ART"),
    (re.compile(r"PURO\.EARTH/.*?(?<!\d)(\d{6})(?!\d)"), "PURO"),
)
"""Addresses of registries that hold a project's number.

Gold Standard's `/projects/details/N` is not among them: that number is one of the website's own.
"""


def canonical_id(text: str, programme: str | None = None) -> str:
    """Return `VCS902` for `vcs-902`, `GS4221` for `GLD4221`, `ACR242` for `ACR0242`.

    A bare number takes the prefix of its programme. What has another form is kept, tidied.
    """
    return read_id(text, programme).text


def programme_of(identity: str) -> str | None:
    """Return the programme whose pattern an id fits, None where it fits none."""
    # With both arguments, as ids are read elsewhere: another call would be remembered apart.
    return read_id(identity, None).programme


@lru_cache(maxsize=65536)
def read_id(text: str, programme: str | None = None) -> ProjectId:
    """Return an id in one form, with the programme that it names; `programme` is the one stated.

    Look-alike letters, dashes, dots, brackets, suffixes and the addresses of registries are read
    through. Where a text names two projects, it names none.
    """
    if (written := _as_written(text, programme)) is not None:
        return written
    bare = tidy(text)
    sign = plain(bare).upper()
    found = _in_address(sign) if _ADDRESS.search(sign) else _in_text(sign, programme)
    if found is None:
        return ProjectId(_kept(bare))
    if programme is not None and programme != found.programme:
        return ProjectId(found.text)
    return found


def _as_written(text: str, programme: str | None) -> ProjectId | None:
    """Return an id that stands in its one form, as nearly all of a long list do; else None.

    One whose number is none of its programme's projects' is kept: no other reading has another.
    """
    match = _ONE_FORM.fullmatch(text)
    named = _BY_PREFIX.get(match[1]) if match else None
    if match is None or named is None or programme not in {None, named}:
        return None
    return _numbered(named, match[2]) or ProjectId(text)


def _in_text(sign: str, programme: str | None) -> ProjectId | None:
    compact = _SPACED_OWN.sub(r"\1\2", sign)
    for name, form in _OWN.items():
        if form.fullmatch(compact) and (name not in _WHERE_STATED or name == programme):
            return ProjectId(compact, name)
    if programme == "ISOMETRIC" and _SHORT_CODE.fullmatch(compact):
        return ProjectId(compact, programme)
    number = sign.removesuffix(".0")
    if number.isdecimal():
        return _numbered(programme, number) if programme in _NUMBERED else None
    if _SERIAL.search(sign):
        return _in_serial(sign)
    return _tokens(_SPACED_LETTERS.sub(_joined, sign))


def _in_serial(sign: str) -> ProjectId | None:
    """Return the project of a block of units, where its serial number is of a known form."""
    joined = re.sub(r"[\s\-_./:]+", "-", sign)
    for form, programme in _SERIALS:
        if match := form.search(joined):
            return _numbered(programme, match[1])
    return None


def _in_address(sign: str) -> ProjectId | None:
    for form, programme in _HOSTS:
        if match := form.search(sign):
            return _numbered(programme, match[1])
    return None


def _tokens(sign: str) -> ProjectId | None:
    """Return the one project that a text names by prefix and number."""
    if match := _NUMBER_FIRST.fullmatch(sign):
        return _numbered(_PREFIXES[match[2]][0], match[1])
    programmes = {_PREFIXES[word][0] for word in _WORD.findall(sign)}
    numbers = {match[2].lstrip("0") for match in _TOKEN.finditer(sign)}
    if len(programmes) != 1 or len(numbers) != 1:
        return None
    return _numbered(programmes.pop(), numbers.pop())


def _joined(match: re.Match[str]) -> str:
    return "".join(sign for sign in match[0] if sign.isalpha()) + " "


def _numbered(programme: str, number: str) -> ProjectId | None:
    """Return a programme's project, None for a number that is none of its projects'."""
    pattern, bare = _NUMBERED[programme], number.lstrip("0")
    if not bare or len(bare) > pattern.digits:
        return None
    return ProjectId(pattern.prefix + bare, programme)


def _kept(bare: str) -> str:
    """Return what fits no programme's pattern; `#` is kept for the lots of one project."""
    kept = bare.replace("#", "-")
    return kept.upper() if _BARE.fullmatch(kept) else kept
