"""Which layout a sheet has: by the headings that tell it and those that forbid it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from types import MappingProxyType

from offsetcheck.intake.files.sheet import Sheet, key_header
from offsetcheck.intake.layouts.known import layouts
from offsetcheck.intake.layouts.layout import Layout, also_called, layout_key, place_of, places
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.headings import MAX_CHARACTERS

FEWEST_ALIKE = 3
"""Headings of a layout that must stand as they are before one that only looks alike is believed."""

LIKENESS = 0.85
"""Share of letters in order; `methodologies` and `methodology` have 0.83 and share their stem."""

SHORTEST_PLURAL = 4
"""Letters; `GAS` and `SDGS` are told apart so, and `ID` is nobody's plural."""

NOTHING_SAID: Mapping[str, str] = MappingProxyType({})

_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The layout of a sheet and the sheet's headings that told it.

    `alike` are headings that stand in the place of one that is missing, by the missing one.
    """

    layout: Layout
    headings: tuple[str, ...]
    alike: Mapping[str, str]

    @property
    def why(self) -> str:
        """In words: the headings that told the layout."""
        told = ", ".join(f"“{heading}”" for heading in self.headings)
        near = "".join(
            f"; “{found}” stands where “{usual}” usually does"
            for usual, found in self.alike.items()
        )
        return f"the headings {told}{near}"


def recognised(sheet: Sheet, said: Mapping[str, str] = NOTHING_SAID) -> Recognised | None:
    """Return the layout of a sheet, None where it has none.

    All headings that tell a layout stand there and none that it forbids; of several layouts the
    strictest. Where none fits whole, one whose headings stand there but for one, which has a
    look-alike, is taken with the look-alike named. `said` are the fields of headings of which a
    person says what they mean.
    """
    at = places(sheet)
    known = [also_called(layout, said) for layout in layouts()] if said else layouts()
    known = [layout for layout in known if _says_so(layout, sheet, at)]
    if whole := claims(sheet, known):
        return _told(max(whole, key=_strictness), sheet, at, {})
    near = [
        (layout, alike)
        for layout in known
        if _fits(layout, at, missing=1) and (alike := _stand_in(layout, sheet, at))
    ]
    if not near:
        return None
    layout, alike = max(near, key=lambda found: _strictness(found[0]))
    return _told(layout, sheet, at, alike)


def claims(sheet: Sheet, known: Sequence[Layout]) -> list[Layout]:
    """Return the layouts whose headings all stand in a sheet, and none that they forbid."""
    at = places(sheet)
    return [layout for layout in known if _fits(layout, at, missing=0)]


def _strictness(layout: Layout) -> int:
    return len(layout.recognise.all)


def _fits(layout: Layout, at: Mapping[str, int], missing: int) -> bool:
    if any(layout_key(name) in at for name in layout.recognise.none):
        return False
    groups = layout.recognise.all
    there = sum(1 for group in groups if place_of(at, group) is not None)
    return there == len(groups) - missing and (not missing or _surely(layout, at, there))


def _says_so(layout: Layout, sheet: Sheet, at: Mapping[str, int]) -> bool:
    """Return whether no cell of a column says that its row is another registry's."""
    for heading, words in layout.recognise.cells.items():
        index, known = at.get(layout_key(heading)), {key(word) for word in words}
        if index is not None and any(
            cell.strip() and key(cell) not in known for cell in set(sheet.columns[index])
        ):
            return False
    return True


def _surely(layout: Layout, at: Mapping[str, int], there: int) -> bool:
    """Return whether a sheet has enough of a layout for its last heading to be called renamed.

    A seller's own sheet shares some headings with every registry, and never half of an export.
    """
    usual = [names for column in layout.columns if column.usual for names in column.groups()]
    found = sum(1 for names in usual if place_of(at, names) is not None)
    return there >= FEWEST_ALIKE and found * 2 >= len(usual)


def _stand_in(layout: Layout, sheet: Sheet, at: Mapping[str, int]) -> Mapping[str, str]:
    """Return the look-alike of the one heading of a layout that is missing, by its name."""
    [group] = [group for group in layout.recognise.all if place_of(at, group) is None]
    found = look_alike(group, strangers(layout, sheet))
    return {group[0]: found} if found else {}


def _told(
    layout: Layout, sheet: Sheet, at: Mapping[str, int], alike: Mapping[str, str]
) -> Recognised:
    found = (place_of(at, group) for group in layout.recognise.all)
    told = tuple(key_header(sheet.headers[index]) for index in found if index is not None)
    return Recognised(layout, told, alike)


def strangers(layout: Layout, sheet: Sheet) -> list[str]:
    """Return the headings of a sheet that a layout does not know."""
    known = {layout_key(name) for name in layout.headings()}
    return [
        key_header(header)
        for header in sheet.headers
        if header.strip() and layout_key(header) not in known
    ]


def look_alike(names: Sequence[str], headings: Collection[str]) -> str | None:
    """Return the heading that looks most like one of several names, None where none does."""
    scored = [(_likeness(name, heading), heading) for heading in headings for name in names]
    score, heading = max(scored, default=(0.0, ""))
    return heading if score >= LIKENESS else None


def _likeness(name: str, heading: str) -> float:
    """Return 0 to 1: words in any number; all words of one within the other is likeness too."""
    one, other = _words(name), _words(heading)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    if set(one) <= set(other) or set(other) <= set(one):
        return 0.0 if abs(len(one) - len(other)) > 1 else 0.95 if one[-1] == other[-1] else 0.9
    return _ratio(" ".join(one), " ".join(other))


def _ratio(one: str, other: str) -> float:
    """Return the share of letters in order, 0 where the lengths alone forbid likeness."""
    if 2 * min(len(one), len(other)) < LIKENESS * (len(one) + len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of a heading in the singular, none of a text that is too long for one."""
    if len(text) > MAX_CHARACTERS:
        return ()
    return tuple(_singular(word) for word in _SIGNS.split(layout_key(text)) if word)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    return word if word.endswith("ss") or len(word) < SHORTEST_PLURAL else word.removesuffix("s")
