"""Which column of a sheet holds which field: by its heading, and by cells that know better.

A column that nobody knows is named, and so is one whose cells were believed against its heading.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.headings.names import NOTHING_HEARD, Heard, Names, is_blank, names_of
from offsetcheck.intake.headings.plan_problems import (
    believed_cells,
    hint_for,
    second_column,
    several_columns,
    undecided_heading,
    understood_heading,
)
from offsetcheck.intake.headings.qualifiers import parse
from offsetcheck.intake.headings.witness import (
    FLOOR,
    Cells,
    Says,
    are_row_numbers,
    cells_of,
    says_of,
    witnesses,
)
from offsetcheck.intake.normalise.ids import read_id
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.headings import heading_key
from offsetcheck.vocabulary.problem import Problem

Key = TypeVar("Key", str, tuple[str, str])

MOST_UNKNOWN = 40
"""Columns for which a near heading is looked up; the account of the file lists all."""

SOME = 1e-9
"""Share; of several fields one is taken that reads any cell at all."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a column: the field that it holds, or None where it is not to be read.

    `ignored`: and nobody is to hear of it again.
    """

    field: str | None
    ignored: bool = False


UNREAD = Said(None)
"""Nobody has said what the column is."""

PRICE = "price"
LOT_PRICE = Heard(means="the price of a whole lot, beside that of a tonne")

NOTHING_SAID: Mapping[int, Said] = {}


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """Which column holds which field, and which the paper or page behind a field.

    `labels` are the columns that say of one label whether the credits have it. `why` says of each
    column used, in words, what it was taken for a field by, and `hints` of columns that no field is
    called by what may have been meant; `means` says what such a column is known to be.
    """

    fields: Mapping[str, int]
    papers: Mapping[tuple[str, str], int]
    labels: Mapping[str, int]
    why: Mapping[int, str]
    problems: tuple[Problem, ...]
    hints: Mapping[int, str]
    means: Mapping[int, str]


def plan_columns(
    sheet: Sheet, dictionary: Dictionary, said: Mapping[int, Said] = NOTHING_SAID
) -> ColumnPlan:
    """Match a sheet's columns to fields; what is wrong or doubtful is a located problem."""
    plan = _Planning(sheet, dictionary, names_of(dictionary), witnesses(dictionary), said)
    plan.by_word()
    plan.by_heading()
    plan.by_choice()
    plan.by_cells()
    unread = list(plan.unread())[:MOST_UNKNOWN]
    heard = {i: plan.left.get(i) or plan.names.hear(sheet.headers[i]) for i in unread}
    told = [understood_heading(sheet, index, said) for index, said in heard.items()]
    problems = [*plan.problems, *(problem for problem in told if problem is not None)]
    means = {index: said.means for index, said in heard.items() if said.means is not None}
    strange = [index for index in unread if index not in means]
    hints = {
        i: hint for i in strange if (hint := hint_for(sheet.headers[i], plan.names, dictionary))
    }
    return ColumnPlan(
        plan.fields, plan.papers, plan.labels, plan.why, tuple(problems), hints, means
    )


def candidates(header: str, dictionary: Dictionary) -> Sequence[str]:
    """Return the fields that a heading which names none may mean, the likeliest first."""
    names = names_of(dictionary)
    heard = names.hear(header)
    if heard.fields:
        return heard.fields
    return names.near(header)


@dataclass
class _Planning:
    """A plan while it is made; each step leaves to the next what it cannot tell."""

    sheet: Sheet
    dictionary: Dictionary
    names: Names
    witnesses: Mapping[str, Says]
    said: Mapping[int, Said]
    fields: dict[str, int] = field(default_factory=dict)
    papers: dict[tuple[str, str], int] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)
    why: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left: dict[int, Heard] = field(default_factory=dict)
    seen: dict[int, Cells] = field(default_factory=dict)

    def by_word(self) -> None:
        """Take the columns of which a person says what they are."""
        for index, said in sorted(self.said.items()):
            if said.field is not None:
                self._take(self.fields, said.field, index, "columns.yaml")

    def by_heading(self) -> None:
        """Take the columns whose headings are sure."""
        for index, header in enumerate(self.sheet.headers):
            if index in self.said or is_blank(header):
                continue
            heard = self.names.hear(header)
            if heard.label is not None:
                self._take(
                    self.labels, heard.label, index, f"its heading, of the label {heard.label}"
                )
            elif heard.paper is not None:
                self._take(self.papers, (heard.fields[0], heard.paper), index, "its heading")
            elif heard.sure:
                self._take(self.fields, heard.fields[0], index, "its heading")
            else:
                self.left[index] = heard

    def by_choice(self) -> None:
        """Let the cells decide between the fields that a heading may mean, the clearest first."""
        weak = {
            index: self._best(heard, index)[0]
            for index, heard in self.left.items()
            if heard.weak and not heard.unclear
        }
        for index in sorted(weak, key=lambda at: (-weak[at], self.sheet.headers[at], at)):
            heard = self.left.pop(index)
            read, name = self._best(heard, index)
            if name is not None and read >= (FLOOR if len(heard.fields) == 1 else SOME):
                self._take(self.fields, name, index, "its heading and its cells")
            else:
                self.problems.append(
                    undecided_heading(self.sheet, index, heard.fields, self.fields)
                )

    def by_cells(self) -> None:
        """Take a column for what its cells say where no heading says so, or a heading is wrong."""
        for name, says in self.witnesses.items():
            speaking = [index for index in self.left if self._speaks(index, says)]
            if len(speaking) > 1 and name not in self.fields:
                self.problems.append(several_columns(self.sheet, speaking, name))
            if len(speaking) == 1 and (name not in self.fields or self._is_refuted(name)):
                self._believe(name, speaking[0])

    def unread(self) -> Iterator[int]:
        """Yield the columns that are not read, without those that a person ignores."""
        said = (index for index, one in self.said.items() if one == UNREAD)
        yield from sorted([*self.left, *said])

    def _take(self, taken: dict[Key, int], name: Key, index: int, why: str) -> None:
        spoken = name if isinstance(name, str) else " ".join(name)
        if name not in taken:
            taken[name], self.why[index] = index, why
        elif name == PRICE and self._is_of_lots(index) != self._is_of_lots(taken[name]):
            self._leave_lots(taken, name, index, why)
        elif self._knows_better(spoken, index, taken[name]):
            self.problems.append(second_column(self.sheet, taken[name], index, spoken))
            del self.why[taken[name]]
            taken[name], self.why[index] = index, f"{why} and its cells"
        else:
            self.problems.append(second_column(self.sheet, index, taken[name], spoken))

    def _is_of_lots(self, index: int) -> bool:
        """Whether a column is headed as the price of a whole lot, which nobody says otherwise."""
        beside = parse(self.sheet.headers[index])[1]
        return index not in self.said and beside is not None and beside.whole is not None

    def _leave_lots(self, taken: dict[Key, int], name: Key, index: int, why: str) -> None:
        """Of a price of a tonne and one of the lot read that of a tonne: they say the same."""
        first = taken[name]
        if self._is_of_lots(first):
            del self.why[first]
            taken[name], self.why[index] = index, why
            index = first
        self.left[index] = LOT_PRICE

    def _knows_better(self, name: str, index: int, first: int) -> bool:
        """Whether of two columns with one meaning the later is meant, by its cells.

        A column that is headed `id` and nothing more counts the entries of a database, where
        another names the project.
        """
        says = self.witnesses.get(name)
        if says is None or first in self.said:
            return False
        here, there = self._cells(index).speak(says), self._cells(first).speak(says)
        bare = name == "id" and heading_key(self.sheet.headers[first]) == "id"
        return here and not there if here or there else bare

    def _cells(self, index: int) -> Cells:
        if index not in self.seen:
            self.seen[index] = cells_of(self.sheet.columns[index])
        return self.seen[index]

    def _best(self, heard: Heard, index: int) -> tuple[float, str | None]:
        """Return the free field of a heading that reads most cells of a column, and their share."""
        free = [name for name in heard.fields if name not in self.fields]
        shares = {name: self._share(name, index) for name in free}
        name = max(free, key=shares.__getitem__, default=None)
        return (shares[name], name) if name is not None else (0.0, None)

    def _share(self, name: str, index: int) -> float:
        """Return the share of a column's cells that a field reads; of an empty column, all."""
        if name not in self.dictionary.candidate:
            return 0.0
        cells = self._cells(index)
        says = says_of(self.dictionary.candidate[name], self.sheet.styles)
        return cells.share(says) if cells.filled else 1.0

    def _speaks(self, index: int, says: Says) -> bool:
        """Whether the cells of a column that nobody knows are of one kind."""
        if self.left[index] != NOTHING_HEARD or self.names.is_of_another(self.sheet.headers[index]):
            return False
        return self._cells(index).speak(says)

    def _is_refuted(self, name: str) -> bool:
        """Whether no cell of the column that is headed for a field can be its value."""
        index = self.fields[name]
        if index in self.said:
            return False
        if not self._cells(index).filled:
            return True
        if name != "id":
            return self._share(name, index) == 0
        texts = self.sheet.columns[index]
        return are_row_numbers(texts) or not any(map(self._is_id, range(len(texts)), texts))

    def _is_id(self, row: int, text: str) -> bool:
        """Whether a cell is an id, or a number that is one with the programme of its row."""
        at = self.fields.get("programme")
        stated = self.sheet.columns[at][row] if at is not None else ""
        return read_id(text).recognised or read_id(f"{stated} {text}").recognised

    def _believe(self, name: str, index: int) -> None:
        """Take a column for what its cells say, and leave the one that its heading named."""
        before = self.fields.pop(name, None)
        if before is not None:
            self.why.pop(before, None)
        self.left.pop(index)
        self._take(self.fields, name, index, "its cells")
        self.problems.append(believed_cells(self.sheet, index, name, before))
