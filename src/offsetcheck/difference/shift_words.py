"""What was otherwise on a later day, in words with the day and the source of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.shift import Kind, Shift, Side, fact_of
from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.inputs import expressions
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Derived, Lookup, Node
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.cells import cell_value
from offsetcheck.rulebook.tables.model import KNOWN_FROM, UNTIL, Row
from offsetcheck.rulebook.tables.versions import version_matches
from offsetcheck.vocabulary.comparison import ShiftLine
from offsetcheck.vocabulary.dictionary import Field, LookupSpec
from offsetcheck.vocabulary.evidence import Value

MOST_VALUES = 5
SOURCE = "source"
KNOWN_FROM_UNTIL = (KNOWN_FROM, UNTIL)


@dataclass(frozen=True)
class Telling:
    """The two days of a candidate and the rulebook that they were judged under."""

    rulebook: Rulebook
    speech: Speech
    before: Side
    after: Side

    @property
    def wording(self) -> Wording:
        """The words of the later day."""
        return self.after.setting.wording

    @property
    def window(self) -> tuple[date, date]:
        """The two days."""
        return self.before.setting.bound.as_of, self.after.setting.bound.as_of

    def lines(self, rule: str, shift: Shift) -> Iterator[ShiftLine]:
        """Yield what is said of one thing that was otherwise for a rule."""
        told = {
            Kind.BEGAN: self._began,
            Kind.ENDED: self._ended,
            Kind.VALUE: self._value,
            Kind.TABLE: self._table,
            Kind.FACT: self._fact,
            Kind.SCREENING: self._screening,
            Kind.CALENDAR: self._calendar,
        }[shift.kind]
        for words in told(rule, shift.name):
            yield ShiftLine(kind=shift.kind.value, words=words)

    def _began(self, rule: str, _name: str) -> Iterator[str]:
        day = self.rulebook.rules[rule].file.effective.since
        yield self.speech.say("shift.rule_began", day=self.wording.day(day))

    def _ended(self, rule: str, _name: str) -> Iterator[str]:
        day = self.rulebook.rules[rule].file.effective.until
        yield self.speech.say("shift.rule_ended", day=self.wording.day(day) if day else "")

    def _value(self, rule: str, name: str) -> Iterator[str]:
        old, new = (side.setting.bound.rules[rule] for side in (self.before, self.after))
        parameter = new.parameters[name]
        source = source_line(parameter.source, self.wording) if parameter.source else None
        yield self.speech.say(
            "shift.value" if parameter.since else "shift.value_undated",
            name=self.wording.title(parameter.name),
            before=self._parameter(old, name),
            after=self._parameter(new, name),
            day=self.wording.day(parameter.since) if parameter.since else "",
            source=f"{source.words} [{source.standing_words}]" if source else "–",
        )

    def _parameter(self, rule: BoundRule, name: str) -> str:
        value = self.wording.parameter(rule.parameters[name], rule, at_most=MOST_VALUES)
        return value or self.speech.say("compare.unset")

    def _fact(self, _rule: str, name: str) -> Iterator[str]:
        fact = fact_of(name, self.after)
        if fact.as_of is not None:
            yield self.speech.say(
                "shift.fact",
                title=self.wording.title(name),
                day=self.wording.day(fact.as_of),
                value=self._said(name, fact.value),
            )

    def _screening(self, _rule: str, _name: str) -> Iterator[str]:
        done = [x.on for x in self.after.setting.purchase.screenings if x.on > self.window[0]]
        for day in sorted(set(done))[:1]:
            yield self.speech.say("shift.screening", day=self.wording.day(day))

    def _calendar(self, rule: str, _name: str) -> Iterator[str]:
        computed = [
            (node, _node_named(self.after.setting.bound.rules[rule], node.name))
            for node in _walked(self.before.setting.bound.rules[rule])
            if isinstance(node, Derived)
        ]
        said = dict.fromkeys(words for old, new in computed for words in self._aged(old, new))
        yield from said or [self.speech.say("shift.calendar_plain")]

    def _aged(self, old: Derived, new: Node | None) -> Iterator[str]:
        if new is None:
            return
        before = evaluate(old, self.before.facts).value
        after = evaluate(new, self.after.facts).value
        if before != after:
            yield self.speech.say(
                "shift.calendar",
                title=self.wording.title(old.name),
                before=self._said(old.name, before),
                after=self._said(old.name, after),
            )

    def _table(self, rule: str, name: str) -> Iterator[str]:
        old, new = (_lookup(side.setting.bound.rules[rule], name) for side in self._sides())
        field = self.wording.field(name)
        if old is None or new is None or field is None or field.lookup is None:
            return
        table = self._title(new.table)
        if new.stale and not old.stale:
            yield self.speech.say("shift.stale", table=table)
            return
        rows = list(self._rows(field, field.lookup, new, table))
        yield from rows or self._answers(old, new, table)

    def _sides(self) -> tuple[Side, Side]:
        return self.before, self.after

    def _title(self, table: str) -> str:
        title = self.rulebook.tables[table].entry.title
        return self.wording.pick(title) if title else table

    def _answers(self, old: Lookup, new: Lookup, table: str) -> Iterator[str]:
        editions = [side.setting.bound.tables.get(new.table, "–") for side in self._sides()]
        if editions[0] != editions[1]:
            yield self.speech.say(
                "shift.edition", table=table, before=editions[0], after=editions[1]
            )
        before, after = evaluate(old, self.after.facts), evaluate(new, self.after.facts)
        yield self.speech.say(
            "shift.answer",
            title=self.wording.title(new.name),
            before=self._said(new.name, before.value),
            after=self._said(new.name, after.value),
        )

    def _rows(self, field: Field, lookup: LookupSpec, node: Lookup, table: str) -> Iterator[str]:
        """Yield the rows on the candidate's key that began or ended between the two days."""
        edition = self.rulebook.tables[lookup.table].entry.on(self.window[1])
        if edition is None:
            return
        for row in self.rulebook.tables[lookup.table].files[f"tables/{edition.file}"].rows:
            if self._concerns(row, lookup, node):
                yield from self._turned(row, field, lookup, table)

    def _concerns(self, row: Row, lookup: LookupSpec, node: Lookup) -> bool:
        if any(row.cells.get(column) != text for column, text in lookup.where.items()):
            return False
        keys = [evaluate(key, self.after.facts).value for key in node.keys]
        columns = [column for column in lookup.on if column not in lookup.match]
        if any(row.cells[c] != str(k) for c, k in zip(columns, keys, strict=True)):
            return False
        return self._is_of_version(row, lookup, node)

    def _is_of_version(self, row: Row, lookup: LookupSpec, node: Lookup) -> bool:
        """Whether a row serves the candidate's version; where none is known, every row may."""
        ranged = next(iter(lookup.match), None)
        version = None if node.version is None else evaluate(node.version, self.after.facts).value
        if ranged is None or version is None or not row.cells[ranged]:
            return True
        return version_matches(row.cells[ranged], str(version))

    def _turned(self, row: Row, field: Field, lookup: LookupSpec, table: str) -> Iterator[str]:
        since, until = (_day(row.cells.get(column)) for column in KNOWN_FROM_UNTIL)
        words = self._row_words(row, field, lookup)
        first, last = self.window
        if since is not None and first < since <= last:
            day = self.wording.day(since)
            yield self.speech.say("shift.row_began", table=table, day=day, words=words)
        elif until is not None and first <= until < last:
            day = self.wording.day(until)
            yield self.speech.say("shift.row_ended", table=table, day=day, words=words)

    def _row_words(self, row: Row, field: Field, lookup: LookupSpec) -> str:
        cell = row.cells[lookup.column]
        value = cell_value(cell, field) if cell else None
        said = [self._said(field.name, value), *self._record(row, lookup)]
        if row.cells.get(SOURCE):
            said.append(row.cells[SOURCE])
        return f"{self.wording.title(field.name)}: {'; '.join(said)}"

    def _record(self, row: Row, own: LookupSpec) -> Iterator[str]:
        """Yield what another field of the table says of the row, such as the words of an event."""
        for field in self.after.setting.bound.dictionary.candidate.values():
            lookup = field.lookup
            if lookup is None or lookup.table != own.table or lookup.column == own.column:
                continue
            code = field.codes.get(row.cells.get(lookup.column, ""))
            if code and lookup.where == own.where:
                yield self.wording.pick(code.title)

    def _said(self, name: str, value: Value | None) -> str:
        if value is None:
            return self.speech.say("shift.unknown")
        return self.wording.value(name, value)


def _day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _walked(rule: BoundRule) -> tuple[Node, ...]:
    return tuple(node for expression in expressions(rule) for node in walk(expression))


def _node_named(rule: BoundRule, name: str) -> Node | None:
    return next((n for n in _walked(rule) if isinstance(n, Derived) and n.name == name), None)


def _lookup(rule: BoundRule, name: str) -> Lookup | None:
    return next((n for n in _walked(rule) if isinstance(n, Lookup) and n.name == name), None)
