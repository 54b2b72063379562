"""`clarifications.yaml` applied to the offers: what sellers have answered in which round, and when.

The record grows by one entry for each offer and round, and nothing in it is ever replaced. An
answer counts from the day on which it was received as its seller's own word; what the offer said
before stands with it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from offsetcheck.intake.files.record_cells import cell_text
from offsetcheck.intake.forms import Day, FormEntry, Written, read_sections
from offsetcheck.intake.normalise.numbers import number_text
from offsetcheck.intake.notes.addressed import Terms
from offsetcheck.intake.notes.values import Facts, input_field, noted_value, spoken
from offsetcheck.intake.tables.amend import amended, stated
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import wrong
from offsetcheck.vocabulary.table import CandidateTable

ROUNDS = "rounds"
GRADE = EvidenceGrade.E4
NOTHING = "not stated"
TOP = (
    "# What sellers have answered to requests for clarification, round by round. Each entry is an\n"
    "# answer as it came in; the offers keep what they said before. Written by\n"
    "# `offsetcheck questionnaire merge`, which only ever adds to it.\n"
    f"{ROUNDS}:\n"
)


def _number(value: Any) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise wrong("the number of a round is needed here", "write 1 for the first")
    return int(text)


Number = Annotated[int, BeforeValidator(_number)]


class Answered(FileModel):
    """One answer: its value, the paper and page for it, its cell, and what was said before."""

    value: Any
    document: Written | None = None
    page: Written | None = None
    cell: Any = None
    before: Any = None


class Round(FileModel):
    """What one seller has answered for one offer in one round, and the file it stands in."""

    round: Number
    offer: Written
    received: Day
    file: Written
    sha256: Written
    answers: dict[str, Answered]

    @property
    def on(self) -> date:
        """The day from which the answers count."""
        return self.received


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A round that was taken in: its number, the offer, the fields answered, when and from what."""

    round: int
    offer: str
    fields: tuple[str, ...]
    received: date
    sha256: str


def apply_clarifications(
    table: CandidateTable,
    data: bytes,
    file: str,
    dictionary: Dictionary,
    terms: Terms = Terms(),  # noqa: B008 - frozen
) -> tuple[CandidateTable, tuple[TakenIn, ...]]:
    """Return offers with what their sellers answered later, and the rounds that count.

    Rounds that were received after the day of the terms do not count. An answer that cannot be
    read changes nothing; each is a problem of the table.
    """
    form = read_sections(data, file, (ROUNDS,))
    facts: Facts = defaultdict(dict)
    taken: list[TakenIn] = []
    entries = form.entries(ROUNDS, Round)
    for entry in sorted(entries, key=lambda one: (one.said.received, one.said.round)):
        said = entry.said
        if terms.until is not None and said.received > terms.until:
            continue
        if said.offer not in table.ids:
            entry.report("offer", f"no offer is called `{said.offer}`")
            continue
        row = list(table.ids).index(said.offer)
        for field, value in _values(entry, table, row, dictionary):
            before = facts[field].get(row) or stated(table, field, row)
            facts[field][row] = _fact(entry, field, value, before)
        named = tuple(said.answers)
        taken.append(TakenIn(said.round, said.offer, named, said.received, said.sha256))
    return amended(table, facts, form.problems.sorted()), tuple(taken)


def _values(
    entry: FormEntry[Round], table: CandidateTable, row: int, dictionary: Dictionary
) -> Iterator[tuple[str, Value]]:
    """Yield each field that a round answers with its value; what cannot be read is noted."""
    programme = stated(table, "programme", row).value
    for name, answer in entry.said.answers.items():
        field = input_field(entry, ("answers", name), name, dictionary)
        if field is None:
            continue
        text = cell_text(answer.value)
        value = noted_value(entry, ("answers", name, "value"), field, text, programme)
        if value is not None:
            yield name, value


def _fact(entry: FormEntry[Round], name: str, value: Value, before: Fact) -> Fact:
    """Return an answer as a fact that knows what the offer said before it."""
    said, answer = entry.said, entry.said.answers[name]
    source = f"clarification {said.round} of {said.received}, {said.file}"
    return Fact(
        value=value,
        grade=GRADE,
        raw=cell_text(answer.value),
        place=entry.place(("answers", name, "value")),
        source=f"{source} (before: {earlier(before)})",
        document=answer.document,
        page=answer.page,
        noted_on=said.received,
        before_note=before,
    )


def value_text(value: Value) -> str:
    """Return a value as the record writes it, so that it reads back as the same value."""
    if isinstance(value, tuple):
        return json.dumps([str(item) for item in value]) if value else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return number_text(value)
    return str(value)


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer to be recorded: its field, value, papers, cell, and what was said before."""

    field: str
    value: Value
    before: str
    cell: str
    document: str | None = None
    page: str | None = None

    @property
    def words(self) -> str:
        """The value as a line of the terminal names it."""
        return spoken(self.value)


@dataclass(frozen=True, slots=True)
class NewRound:
    """The answers for one offer in one round, to be recorded."""

    round: int
    offer: str
    received: date
    file: str
    sha256: str
    answers: tuple[NewAnswer, ...]


def with_rounds(text: str, rounds: Sequence[NewRound]) -> str:
    """Return the text of a record with further rounds behind those that it holds."""
    start = text if text.strip() else TOP
    if not start.endswith("\n"):
        start += "\n"
    return start + "".join(_entry(one) for one in rounds)


def _entry(one: NewRound) -> str:
    lines = [
        f"  - round: {one.round}",
        f"    offer: {_quoted(one.offer)}",
        f"    received: {one.received.isoformat()}",
        f"    file: {_quoted(one.file)}",
        f"    sha256: {_quoted(one.sha256)}",
        "    answers:",
    ]
    for answer in one.answers:
        lines.append(f"      {answer.field}:")
        lines += [
            f"        {key}: {_quoted(said)}"
            for key, said in (
                ("value", value_text(answer.value)),
                ("document", answer.document),
                ("page", answer.page),
                ("cell", answer.cell),
                ("before", answer.before),
            )
            if said is not None
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text in the quotes of JSON, which YAML reads alike."""
    return json.dumps(text, ensure_ascii=True)


def earlier(fact: Fact) -> str:
    """Return what an offer said before, as a record keeps it."""
    if fact.value is None:
        return fact.raw or NOTHING
    return spoken(fact.value)
