"""What the cells of a column say it is: a second witness beside its heading.

Only fields whose cells can be told from any others are known by them: ids of projects, currencies,
countries and programmes. The order of rows does not count.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from offsetcheck.intake.normalise.codes import code_reader
from offsetcheck.intake.normalise.countries import read_country
from offsetcheck.intake.normalise.currencies import read_currency
from offsetcheck.intake.normalise.dates import TWO_DAYS
from offsetcheck.intake.normalise.ids import read_id
from offsetcheck.intake.normalise.numbers import TWO_NUMBERS
from offsetcheck.intake.normalise.readers import Styles, reader_for
from offsetcheck.intake.normalise.text import is_placeholder, tidy
from offsetcheck.vocabulary.dictionary import Dictionary, Field
from offsetcheck.vocabulary.problem import UnreadableError

FLOOR = 0.8
"""Share of the filled cells that must be of a field before they speak for it."""

FEWEST = 2
"""Filled cells; one alone may be anything."""

MOST_TEXTS = 400
"""Different texts of a column that are looked at, the most frequent first."""

FIRST_TEXTS, LIKELY = 16, 0.3
"""Texts that are looked at first, and the share of them below which nobody looks further."""

LONGEST_ID = 24
"""Characters; a longer text that holds an id is about the project, and is none."""

SHORTEST_NAME = 4
"""Letters; two or three are a country's code, a currency's, a state's or a language's."""

Says = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Cells:
    """The filled cells of a column: how many, and the most frequent texts with their counts."""

    filled: int
    texts: Sequence[tuple[str, int]]

    def share(self, says: Says) -> float:
        """Return the share of the cells of which something holds, 0 where none is filled."""
        looked_at = sum(count for _, count in self.texts)
        held = sum(count for text, count in self.texts if says(text))
        return held / looked_at if looked_at else 0.0

    def speak(self, says: Says) -> bool:
        """Whether so many cells are of a field that they can speak for it.

        Of a column of something else the most frequent texts tell so at once.
        """
        first = Cells(self.filled, self.texts[:FIRST_TEXTS])
        likely = self.filled >= FEWEST and first.share(says) >= LIKELY
        return likely and self.share(says) >= FLOOR


def cells_of(texts: Sequence[str]) -> Cells:
    """Return the filled cells of a column, which are the same in whatever order the rows stand."""
    counts = {t: n for t, n in Counter(texts).items() if t and not is_placeholder(t)}
    seen = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_TEXTS]
    return Cells(sum(counts.values()), seen)


def witnesses(dictionary: Dictionary) -> dict[str, Says]:
    """Return the fields that cells alone can tell, each with what a cell of it looks like."""
    found: dict[str, Says] = {"id": is_id, "currency": _is_currency, "country": _is_country}
    programme = dictionary.candidate.get("programme")
    if programme is not None and programme.codes:
        found["programme"] = partial(_reads, code_reader(programme))
    return {name: says for name, says in found.items() if name in dictionary.candidate}


def says_of(field: Field, styles: Styles) -> Says:
    """Return what tells whether a cell can be read as a field, in one way or in two."""
    return partial(_reads, reader_for(field, styles))


def is_id(text: str) -> bool:
    """Whether a cell is a project's id with its programme, such as `VCS902`."""
    bare = tidy(text)
    return len(bare) <= LONGEST_ID and "/" not in bare and read_id(bare).recognised


def are_row_numbers(texts: Sequence[str]) -> bool:
    """Whether the filled cells of a column count its rows: each number once, without a gap."""
    filled = [tidy(text).removesuffix(".0") for text in texts if text.strip()]
    if len(filled) < FEWEST or not all(
        text.isdecimal() and len(text) < LONGEST_ID for text in filled
    ):
        return False
    numbers = sorted(map(int, filled))
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1


def _is_currency(text: str) -> bool:
    return len(tidy(text)) <= SHORTEST_NAME and _reads(read_currency, text)


def _is_country(text: str) -> bool:
    return len(tidy(text)) >= SHORTEST_NAME and _reads(read_country, text)


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        return reader(text) is not None
    except UnreadableError as why:
        return why.kind in {TWO_NUMBERS, TWO_DAYS}
