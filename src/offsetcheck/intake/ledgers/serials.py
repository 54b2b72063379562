"""Serial numbers as text to blocks, and what two blocks have in common."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from offsetcheck.intake.ledgers.serial_forms import FORMS, SerialForm, loose
from offsetcheck.intake.normalise.ids import read_id
from offsetcheck.intake.normalise.lookalikes import plain
from offsetcheck.intake.normalise.text import shown, tidy
from offsetcheck.vocabulary.problem import UnreadableError

MOST_BLOCKS = 1_000
"""Blocks of one cell; no lot is as scattered."""

LONGEST_LOOSE = 200
"""Characters of a text that names one run of numbers."""

LOOSELY = "?"
"""Begins the series of blocks that are read without a form."""

_YEARS = frozenset(range(1990, 2101))
_NOT_DIGIT = re.compile(r"\D")
_LETTER_O = re.compile(r"(?<=\d)O(?=[\d\s-])|(?<=-)O(?=\d)", re.IGNORECASE)
_LETTER_L = re.compile(r"(?<=\d)[IL|](?=[\d\s-])|(?<=[-\s])[IL|](?=\d|-\d|\s+to\b)", re.IGNORECASE)
_SPACED = re.compile(r"(?<=\w)\s*-\s*(?=\w)")
_BOTH_ENDS = re.compile(
    r"(?<![\w-])(?P<of>\w[\w-]{3,80}-)(?P<start>\d{1,18})\s*(?:to|through|-|/)\s*(?P=of)(?=\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """The units of one run of serial numbers, `start` and `end` among them.

    Within a `series` of a programme each number is given once. `project` is the project's id where
    the serial number holds it, `vintages` the first and last year that it names. `per_tonne`
    numbers are one tonne.
    """

    text: str
    programme: str
    series: str
    start: int
    end: int
    project: str | None = None
    vintages: tuple[int, int] | None = None
    per_tonne: int = 1

    @property
    def tonnes(self) -> float:
        """The tonnes of the block."""
        return (self.end - self.start + 1) / self.per_tonne

    def overlaps(self, other: "Block") -> bool:
        """Return whether two blocks share a unit."""
        same = self.series == other.series
        return same and self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class SerialsRead:
    """The blocks of a text, and the parts that may be serial numbers and are of no known form.

    `loose` are the runs of numbers in those parts: two that are written alike and overlap are the
    same units, and nothing else is concluded from them.
    """

    blocks: tuple[Block, ...]
    unread: tuple[str, ...] = ()
    loose: tuple[Block, ...] = ()

    @property
    def tonnes(self) -> float:
        """The tonnes of all blocks; a unit that is named twice counts once."""
        return sum(block.tonnes for block in merged(self.blocks))


def read_serials(text: str) -> SerialsRead:
    """Return the blocks that a text names, in any registry's form.

    Raises UnreadableError for a block that ends before it starts, or more than any lot has.
    """
    rest = _written_plainly(text)
    blocks: list[Block] = []
    for write in (str, _closed_up):
        found, rest = _taken(write(rest))
        blocks += found
    if len(blocks) > MOST_BLOCKS:
        raise UnreadableError(f"the cell names more than {MOST_BLOCKS:,} blocks of serial numbers")
    parts = [part.strip(" .,;") for part in rest.split(";")]
    unread = tuple(part for part in parts if sum(map(str.isdigit, part)) > 1)
    return SerialsRead(tuple(blocks), unread, tuple(_loose(unread)))


def _written_plainly(text: str) -> str:
    """Return a text whose letters and dashes are what they look like; an O among digits is none."""
    lines = tidy(plain(text))
    return _LETTER_L.sub("1", _LETTER_O.sub("0", lines))


def _closed_up(text: str) -> str:
    """Return a text without spaces about dashes, a number that is repeated whole as its end."""
    return _BOTH_ENDS.sub(r"\g<of>\g<start> to ", _SPACED.sub("-", text))


def _taken(text: str) -> tuple[list[Block], str]:
    """Return the blocks of a text, and what is left without them."""
    blocks: list[Block] = []
    marked = text.upper()
    for form in FORMS:
        if form.mark not in marked:
            continue  # its pattern need not be compiled
        found = form.pattern.finditer(text)
        blocks += [_block(form, match.group(), match.groupdict()) for match in found]
        text = form.pattern.sub(" ; ", text)
    return blocks, text


def _loose(parts: Iterable[str]) -> Iterator[Block]:
    """Yield the runs of numbers of parts that no form reads; two years are none."""
    for part in parts:
        match = loose().fullmatch(part) if len(part) <= LONGEST_LOOSE else None
        if match is None:
            continue
        start, end = sorted((_whole(match["start"]), _whole(match["end"])))
        if not {start, end} <= _YEARS:
            series = "".join(filter(str.isalnum, match["series"])).upper()
            yield Block(part, "", f"{LOOSELY}{series}", start, end)


def _block(form: SerialForm, text: str, parts: Mapping[str, str | None]) -> Block:
    start, end = (_whole(parts[name] or "") for name in ("start", "end"))
    end -= form.end_is_next
    if end < start:
        raise UnreadableError(
            f"the block {shown(text)} ends before it starts", "copy it from the registry's record"
        )
    number = parts.get("project")
    return Block(
        text=text,
        programme=form.programme,
        series=_series(form, parts),
        start=start,
        end=end,
        project=read_id(form.id_prefix + number, form.programme).text if number else None,
        vintages=_vintages(parts),
        per_tonne=form.per_tonne,
    )


def _whole(digits: str) -> int:
    return int(_NOT_DIGIT.sub("", digits))


def _series(form: SerialForm, parts: Mapping[str, str | None]) -> str:
    held = (parts.get(name) for name in ("party", "kind", "rest", "series"))
    return "-".join([form.prefix, *(part.upper() for part in held if part)]).strip("-")


def _vintages(parts: Mapping[str, str | None]) -> tuple[int, int] | None:
    if year := parts.get("year"):
        return int(year), int(year)
    first, last = parts.get("from"), parts.get("until")
    if first and last:
        return int(first[-4:]), int(last[-4:])
    first, last = parts.get("month"), parts.get("last_month")
    return (2000 + int(first[:2]), 2000 + int(last[:2])) if first and last else None


def merged(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks that share no unit and hold the same ones."""
    found: list[Block] = []
    for block in sorted(blocks, key=lambda block: (block.series, block.start, block.end)):
        last = found[-1] if found else None
        if last is None or not last.overlaps(block):
            found.append(block)
        elif block.end > last.end:
            found[-1] = _joined(last, block)
    return found


def _joined(one: Block, other: Block) -> Block:
    ends = max(one.end, other.end)
    return Block(
        one.text, one.programme, one.series, one.start, ends,
        one.project, one.vintages, one.per_tonne,
    )  # fmt: skip


Owner = TypeVar("Owner")


@dataclass(frozen=True, slots=True)
class Shared(Generic[Owner]):
    """Two owners whose blocks share units, the block of either, and the units of both."""

    owners: tuple[Owner, Owner]
    blocks: tuple[Block, Block]

    @property
    def tonnes(self) -> float:
        """The tonnes that both have."""
        one, other = self.blocks
        units = min(one.end, other.end) - max(one.start, other.start) + 1
        return units / one.per_tonne


def shared(owned: Iterable[tuple[Owner, Block]]) -> Iterator[Shared[Owner]]:
    """Yield units that two owners have; each owner who shares any is in one of them.

    Blocks are looked at by their start; each is held against the one, of another owner, that
    reaches furthest. So a list of many equal blocks gives as many pairs as it has blocks.
    """
    series: dict[str, list[tuple[Owner, Block]]] = defaultdict(list)
    for owner, block in owned:
        series[block.series].append((owner, block))
    for found in series.values():
        yield from _shared(sorted(found, key=lambda pair: (pair[1].start, pair[1].end)))


def _shared(owned: Sequence[tuple[Owner, Block]]) -> Iterator[Shared[Owner]]:
    furthest: list[tuple[Owner, Block]] = []  # of two owners, the one that reaches further first
    for owner, block in owned:
        other = next((pair for pair in furthest if pair[0] != owner), None)
        if other is not None and other[1].overlaps(block):
            yield Shared((other[0], owner), (other[1], block))
        furthest = _two_furthest([*furthest, (owner, block)])


def _two_furthest(pairs: Sequence[tuple[Owner, Block]]) -> list[tuple[Owner, Block]]:
    found: list[tuple[Owner, Block]] = []
    for pair in sorted(pairs, key=lambda pair: -pair[1].end):
        if all(pair[0] != kept[0] for kept in found):
            found.append(pair)
    return found[:2]


class BlockIndex(Generic[Owner]):
    """Blocks with their owners, in which those are found that share a unit with a block."""

    def __init__(self, owned: Iterable[tuple[Owner, Block]]) -> None:
        series: dict[str, list[tuple[Owner, Block]]] = defaultdict(list)
        for owner, block in owned:
            series[block.series].append((owner, block))
        self._series = {
            name: sorted(found, key=lambda pair: pair[1].start) for name, found in series.items()
        }
        self._starts = {
            name: [block.start for _, block in found] for name, found in self._series.items()
        }
        self._reach = {
            name: list(accumulate((block.end for _, block in found), max))
            for name, found in self._series.items()
        }

    def sharing(self, block: Block) -> Iterator[tuple[Owner, Block]]:
        """Yield the owners and blocks that share a unit with a block, the last start first."""
        found = self._series.get(block.series, ())
        at = bisect_right(self._starts.get(block.series, ()), block.end) - 1
        while at >= 0 and self._reach[block.series][at] >= block.start:
            if found[at][1].overlaps(block):
                yield found[at]
            at -= 1
