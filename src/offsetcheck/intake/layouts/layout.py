"""What a registry layout is: the headings that tell it, and which column holds which field.

A layout is one YAML file of this folder. This is its form; docs/layouts.md describes it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.computations import Compute
from offsetcheck.intake.layouts.operations import Prepare
from offsetcheck.intake.normalise.dates import DateStyle
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import (
    Day,
    Listed,
    Sentence,
    Text,
    Texts,
    YesNo,
    one_of,
    wrong,
)

Holds = Literal["projects", "issuances", "retirements", "cancellations", "credits"]
Standing = Literal["read", "second_hand", "general_knowledge"]

NUMBERS = {"dot": NumberStyle.DOT, "comma": NumberStyle.COMMA}
DATES = {"month_first": DateStyle.MONTH_FIRST, "day_first": DateStyle.DAY_FIRST}

FEWEST = 2
"""Headings; one alone stands in every other list."""

_ZONE = re.compile(r" ?\((?:gmt|utc)\)$")


@lru_cache(maxsize=16384)
def layout_key(text: str) -> str:
    """Return a heading as compared: case, white space, `_` and ` (GMT)` do not count."""
    return _ZONE.sub("", key(text.replace("_", " ")))


def _alternatives(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Alternatives = Annotated[Texts, BeforeValidator(_alternatives)]
"""The names of one column over the years: the first that is there is read."""


class Seen(FileModel):
    """How the layout came to be known: from a file that was read, or from whose word."""

    standing: Annotated[Standing, one_of("read", "second_hand", "general_knowledge")]
    from_: Sentence = Field(alias="from")
    day: Day | None = None


def _several(groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    if len(groups) < FEWEST or not all(groups):
        raise wrong("at least two headings tell a layout", "choose those that no other list has")
    return groups


class Recognise(FileModel):
    """The headings that all stand in a file of the layout, and those of which none does.

    `cells` are the words of which every cell of a column is one, where others write the same
    headings over rows of another registry.
    """

    all: Annotated[tuple[Alternatives, ...], Listed, AfterValidator(_several)]
    none: Texts = ()
    cells: Mapping[Text, Alternatives] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _apart(self) -> "Recognise":
        told = {layout_key(name) for group in self.all for name in group}
        if both := [name for name in self.none if layout_key(name) in told]:
            raise wrong(f"`{both[0]}` tells the layout and cannot be forbidden")
        return self


class FurtherSheet(FileModel):
    """A further sheet of a workbook: its names, and those of the column that both have.

    Its columns stand beside those of the main sheet, headed `locations.locationCountry`.
    """

    sheet: Alternatives
    on: Alternatives


class LayoutColumn(FileModel):
    """One field of a layout and the column that states it.

    `headings` are the names of its column, or `from` the columns that `compute` makes it of;
    `constant` is what every row states. `usual` False: only some editions have it.
    """

    field: Text
    headings: Alternatives = ()
    usual: YesNo = True
    prepare: Annotated[tuple[Prepare, ...], Listed] = ()
    separators: Text = ";,|"
    empty_means_none: Texts = ()
    from_: Annotated[tuple[Alternatives, ...], Listed] = Field(default=(), alias="from")
    compute: Compute | None = None
    constant: Text | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "LayoutColumn":
        ways = [bool(self.headings), self.compute is not None, self.constant is not None]
        if sum(ways) != 1:
            raise wrong("a column has one of `headings`, `compute` and `constant`")
        if self.from_ and self.compute is None:
            raise wrong("`from` names the columns of `compute`, which is missing")
        takes = self.compute.takes if self.compute else None
        if self.compute and len(self.from_) != takes and (takes is not None or not self.from_):
            many = "some columns" if takes is None else f"{takes} columns"
            raise wrong(f"`{self.compute.name}` takes {many} in `from`, not {len(self.from_)}")
        return self

    def prepared(self, text: str) -> str:
        """Return a cell as the field's reader sees it: each operation done in turn."""
        for operation in self.prepare:
            text = operation(text)
        return text

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the columns that the field is read from, each by its alternatives."""
        return (self.headings,) if self.headings else self.from_


class Layout(FileModel):
    """One export of one registry or database.

    `source` stands as the source of every fact. `records` are the dotted paths to the rows in an
    API's JSON. Rows that are alike in the column `one_row_per` are one project; `with_sheets` are
    the further sheets of a workbook. `unread` are headings that are known and not used,
    `cannot_know` the fields of which a list of this kind says nothing.
    """

    id: Text
    title: Sentence
    source: Sentence
    holds: Annotated[
        Holds, one_of("projects", "issuances", "retirements", "cancellations", "credits")
    ] = "projects"
    programme: Text | None = None
    seen: Seen
    recognise: Recognise
    numbers: Annotated[Literal["dot", "comma"], one_of(*NUMBERS)] | None = None
    dates: Annotated[Literal["month_first", "day_first"], one_of(*DATES)] | None = None
    records: Texts = ()
    one_row_per: Alternatives = ()
    with_sheets: Annotated[tuple[FurtherSheet, ...], Listed] = ()
    columns: Annotated[tuple[LayoutColumn, ...], Listed]
    unread: Texts = ()
    cannot_know: Texts = ()

    @property
    def styles(self) -> Styles:
        """How the registry writes numbers and days, where the file does not tell."""
        number = NUMBERS[self.numbers] if self.numbers else NumberStyle.UNKNOWN
        return Styles(number, DATES[self.dates] if self.dates else DateStyle.UNKNOWN)

    def headings(self) -> Iterator[str]:
        """Yield every heading that the layout knows, those that it forbids left out."""
        for group in self.recognise.all:
            yield from group
        for column in self.columns:
            for group in column.groups():
                yield from group
        yield from self.unread


def also_called(layout: Layout, said: Mapping[str, str]) -> Layout:
    """Return a layout that knows further names of its columns: the field of each heading said.

    What else is read or made of that column is then read of the one said too. A field that the
    layout reads from no column of its own is read from the one said.
    """
    for heading, field in said.items():
        layout = _also_called(layout, heading, field)
    return layout


def _also_called(layout: Layout, heading: str, field: str) -> Layout:
    plain = next((c.headings for c in layout.columns if c.field == field and c.headings), None)
    if plain is None:
        kept = tuple(column for column in layout.columns if column.field != field)
        added = LayoutColumn(field=field, headings=(heading,))
        return layout.model_copy(update={"columns": (*kept, added)})
    told = {layout_key(name) for name in plain}

    def widened(group: tuple[str, ...]) -> tuple[str, ...]:
        return (*group, heading) if any(layout_key(name) in told for name in group) else group

    columns = tuple(
        column.model_copy(
            update={
                "headings": widened(column.headings),
                "from_": tuple(map(widened, column.from_)),
            }
        )
        for column in layout.columns
    )
    groups = tuple(map(widened, layout.recognise.all))
    recognise = layout.recognise.model_copy(update={"all": groups})
    return layout.model_copy(update={"columns": columns, "recognise": recognise})


def places(sheet: Sheet) -> dict[str, int]:
    """Return the first column of each heading of a sheet, by the heading as layouts compare it."""
    found: dict[str, int] = {}
    for index, header in enumerate(sheet.headers):
        if header.strip():
            found.setdefault(layout_key(header), index)
    return found


def place_of(at: Mapping[str, int], names: Sequence[str]) -> int | None:
    """Return the column of the first of several headings that is there."""
    return next((at[layout_key(name)] for name in names if layout_key(name) in at), None)
