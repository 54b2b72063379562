"""A list that is too long to be read in one go: its parts read alike, and told of as one list.

What one list writes in one way (its numbers and days, the day on which it was drawn up, which
column holds what) is told by its cells. A part has fewer of these than the whole list, so that two
parts may tell it differently: such a list is refused, with what a person can say to settle it.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import polars as pl

from offsetcheck.intake.asked import Asked
from offsetcheck.intake.files.parquet_parts import columns_read
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.headings.plan import plan_columns
from offsetcheck.intake.mapping.read import read_mapping
from offsetcheck.intake.normalise.dates import SAMPLES as DAY_SAMPLES
from offsetcheck.intake.normalise.numbers import SAMPLES as NUMBER_SAMPLES
from offsetcheck.intake.offers import ListFound, list_on, offers_of_list
from offsetcheck.intake.problems_of_parts import ProblemsOfParts
from offsetcheck.intake.registry.read import fields_of
from offsetcheck.intake.registry.twins import FIELD as TWINS
from offsetcheck.intake.registry.twins_of_parts import TwinsOfParts
from offsetcheck.intake.tables.identities import base_id
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.vocabulary.reading import Aside, ColumnSeen, Reading
from offsetcheck.vocabulary.table import CandidateTable

ID = "id"
NAMES = (ID, "name", "programme", "country")
MAX_ASIDE = 2_000
"""Rows of all parts that are no offers and are named; the others are counted."""


@dataclass
class LongListReader:
    """Reads the parts of one list as candidates; `reading` and `problems` tell of all so far."""

    dictionary: Dictionary
    asked: Asked
    reading: Reading | None = None
    _day: date | None = None
    _named_in: dict[tuple[str, ...], int | None] = field(default_factory=dict)
    _problems: ProblemsOfParts = field(default_factory=ProblemsOfParts)
    _projects: list[pl.Series] = field(default_factory=list)
    _twins: TwinsOfParts = field(default_factory=TwinsOfParts)
    _surveyed: bool = False

    def names(self, sheet: Sheet) -> int | None:
        """Return the column of a sheet that names the project of a row, None where none does."""
        headers = tuple(sheet.headers)
        if headers not in self._named_in:
            self._named_in[headers] = _id_column(self._found(sheet), self.dictionary)
        return self._named_in[headers]

    def may_have_twins(self, sheet: Sheet) -> bool:
        """Whether a list is of several programmes, so that one name may stand under two of them."""
        told = self._found(sheet).told
        of_several = told is not None and told.layout.programme is None
        return of_several and TWINS in self.dictionary.candidate

    def surveyed_columns(self, first: Sheet) -> Collection[str]:
        """Return the columns of a file that `survey` asks for, by its first rows."""
        return columns_read(first, self._named)

    def read_columns(self, first: Sheet) -> Collection[str]:
        """Return the columns of a file that `read` asks for, by its first rows; raises as that."""
        return columns_read(
            first, lambda sheet: offers_of_list(self._found(sheet), self.dictionary)
        )

    def survey(self, sheet: Sheet) -> None:
        """Take the names of a part, before any is read: all parts, or none."""
        self._twins.take(self._named(sheet))
        self._surveyed = True

    def _named(self, sheet: Sheet) -> CandidateTable:
        """Return the names of a part, and what tells whether they are of one project."""
        return offers_of_list(self._found(sheet), self._names_alone)

    @cached_property
    def _names_alone(self) -> Dictionary:
        return self._with_fields(lambda name: name in NAMES)

    @cached_property
    def _without_twins(self) -> Dictionary:
        """The dictionary without the field that is told of all parts together."""
        return self._with_fields(lambda name: name != TWINS)

    def _with_fields(self, wanted: Callable[[str], bool]) -> Dictionary:
        fields = {name: one for name, one in self.dictionary.candidate.items() if wanted(name)}
        return self.dictionary.model_copy(update={"candidate": fields})

    def read(self, sheet: Sheet) -> CandidateTable:
        """Return one part as candidates.

        Raises InputError for what is no list, and where the part is read otherwise than the first.
        """
        table = offers_of_list(
            self._found(sheet), self._without_twins if self._surveyed else self.dictionary
        )
        reading, day = table.reading, _day_of(table)
        assert reading is not None  # noqa: S101 - the table was made of a file
        if self.reading is None:
            self.reading, self._day = reading, day
        else:
            self._refuse_differences(reading, day, table.lines[0])
            self.reading = _both(self.reading, reading)
        if self._surveyed:
            table = self._twins.stated(table)
        projects = pl.Series(list(dict.fromkeys(map(base_id, table.ids))), dtype=pl.String)
        self._projects.append(projects.hash())
        return replace(table, is_part=sheet.is_part)

    def refuse_repeated(self) -> None:
        """Raise InputError where a project stands in two parts, so that neither told of the other.

        Two names may have one hash, of 64 bits, about once in a million lists of five million.
        """
        every = pl.concat(self._projects) if self._projects else pl.Series(dtype=pl.UInt64)
        more = len(every) - every.n_unique()
        if more and self.reading is not None:
            message = f"{more:,} projects stand in rows that are far apart"
            hint = "sort the list by project id: what rows of one project say together counts"
            raise InputError([Problem(message, Place(self.reading.file), hint)])

    def tell(self, problems: Iterable[Problem]) -> None:
        """Take all that is wrong with the next part."""
        self._problems.take(problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with all parts so far, as of one list."""
        return self._problems.all()

    def _found(self, sheet: Sheet) -> ListFound:
        columns = self.asked.columns
        if columns is None:
            return list_on(sheet, self.asked)
        return list_on(sheet, self.asked, read_mapping(columns.data, columns.name, self.dictionary))

    def _refuse_differences(self, other: Reading, day: date | None, line: int) -> None:
        first = self.reading
        assert first is not None  # noqa: S101 - asked of a second part
        place = Place(first.file, line)
        problems = [
            *_styles_differ(
                first.numbers, other.numbers, NUMBER_SAMPLES.values(), "numbers", place
            ),
            *_styles_differ(first.dates, other.dates, DAY_SAMPLES.values(), "dates", place),
            *_columns_differ(first, other, line),
        ]
        if day != self._day:
            said = f"the rows from here on are of {day or 'no day'}, those before of "
            hint = f"say of which day the list is: {first.file}@DATE"
            problems.append(Problem(f"{said}{self._day or 'no day'}", place, hint))
        if problems:
            raise InputError(problems)


def _id_column(found: ListFound, dictionary: Dictionary) -> int | None:
    if found.told is not None:
        fields = fields_of(found.sheet, found.told.layout, dictionary)
        return next((at for at, one in fields.items() if one.name == ID), None)
    return plan_columns(found.sheet, dictionary, found.said).fields.get(ID)


def _day_of(table: CandidateTable) -> date | None:
    return next((one.as_of for one in table.columns.values() if one.as_of is not None), None)


def _styles_differ(
    first: str | None, other: str | None, samples: Collection[str], option: str, place: Place
) -> list[Problem]:
    """Return the problem of two parts that tell two styles; one that tells none is as the other."""
    styles = [_sample(said, samples) for said in (first, other)]
    if None in styles or styles[0] == styles[1]:
        return []
    message = f"the {option} from here on are read as {other}; those before as {first}"
    return [Problem(message, place, f"say how the list writes them with --{option}")]


def _sample(said: str | None, samples: Iterable[str]) -> str | None:
    return next((one for one in samples if said and said.startswith(f"{one},")), None)


def _columns_differ(first: Reading, other: Reading, line: int) -> list[Problem]:
    return [
        Problem(
            f"the column is read as {ours.field or 'no field'} before line {line}, and from there "
            f"on as {theirs.field or 'no field'}",
            Place(first.file, line, field=ours.header),
            "say what the column holds in a columns.yaml (--columns)",
        )
        for ours, theirs in zip(first.columns, other.columns, strict=True)
        if ours.field != theirs.field
    ]


def _both(first: Reading, other: Reading) -> Reading:
    columns = [_counted(*pair) for pair in zip(first.columns, other.columns, strict=True)]
    aside = [*first.aside, *(row for row in other.aside if row.why is not Aside.BLANK)]
    return replace(
        first,
        rows=first.rows + other.rows,
        refused=first.refused + other.refused,
        numbers=first.numbers or other.numbers,
        dates=first.dates or other.dates,
        columns=columns,
        aside=aside[:MAX_ASIDE],
        more_aside=first.more_aside + len(aside[MAX_ASIDE:]),
    )


def _counted(one: ColumnSeen, other: ColumnSeen) -> ColumnSeen:
    return replace(one, cells=one.cells + other.cells, lost=one.lost + other.lost)
