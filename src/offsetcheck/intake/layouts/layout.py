"""What a registry layout is: the headers that tell it, and which column holds which field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.dates import DateStyle
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.intake.normalise.text import key

US = Styles(NumberStyle.DOT, DateStyle.MONTH_FIRST)
"""How every registry here writes: a decimal point, and the month first in 3/4/2020."""

Prepare = Callable[[str], str]
"""What a layout does to a cell before its field's reader sees it; the raw cell is kept beside."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """One column of a registry's export.

    `headers` are its names over the years, the first one present is read. `separators` part the
    words of a list. For projects of the programmes in `empty_of` an empty cell is an empty list:
    their registries name every label that there is.
    """

    field: str
    headers: tuple[str, ...]
    prepare: Prepare | None = None
    separators: str = ";,|"
    empty_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layout:
    """One export layout of one registry or database.

    A sheet has the layout whose `needs` it holds all; of several, the one that needs most.
    `compute` makes columns of text that no single column holds, by field.
    """

    name: str
    source: str
    needs: frozenset[str]
    columns: tuple[Mapped, ...]
    programme: str | None = None
    styles: Styles = US
    compute: Callable[[Sheet], Mapping[str, Sequence[str]]] | None = None
    known: frozenset[str] = field(default_factory=frozenset)

    def headers(self) -> frozenset[str]:
        """Return every header that the layout knows, as compared."""
        mapped = {key(header) for column in self.columns for header in column.headers}
        return self.needs | self.known | mapped


def headers(*names: str) -> frozenset[str]:
    """Return headers as compared."""
    return frozenset(key(name) for name in names)


def column(sheet: Sheet, *names: str) -> Sequence[str]:
    """Return the cells of the first of several columns that is there, else empty cells."""
    keys = sheet.keys()
    at = next((keys[key(name)] for name in names if key(name) in keys), None)
    return sheet.columns[at] if at is not None else [""] * len(sheet)


def one_party(text: str) -> str:
    """Return the name of a developer; `Multiple Proponents` stands in for names and is none."""
    return "" if text.strip().startswith("Multiple ") else text
