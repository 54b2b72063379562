"""What was otherwise on a later day, in words with the day and the source of each."""

from collections.abc import Iterator
from datetime import date

from offsetcheck.difference.inputs import ShiftKind, nodes_of
from offsetcheck.difference.known import fact_of, known_since
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.table_rows import RowNarrator
from offsetcheck.difference.trace import TracedOffer
from offsetcheck.engine.expression import Answer, evaluate
from offsetcheck.explain.finding import fails_words
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Derived, Lookup
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.comparison import ShiftLine
from offsetcheck.vocabulary.evidence import Value

MAX_VALUES = 5


class DriftNarrator:
    """Says of an offer what was otherwise for a rule on the later of two days."""

    def __init__(self, rulebook: Rulebook, before: Setting, after: Setting) -> None:
        self._rulebook = rulebook
        self._before, self._after = before, after
        self._wording = after.wording
        self.speech = Speech(after.wording)
        self._narrators = {
            ShiftKind.BEGAN: self._began,
            ShiftKind.ENDED: self._ended,
            ShiftKind.VALUE: self._value,
            ShiftKind.TABLE: self._table,
            ShiftKind.FACT: self._fact,
            ShiftKind.SCREENING: self._screening,
            ShiftKind.REVIEW: self._review,
            ShiftKind.CALENDAR: self._calendar,
        }

    def wording_on(self, day: date) -> Wording:
        """Return the words of the earlier day or of the later one."""
        return self._before.wording if day == self._before.bound.as_of else self._wording

    def lines(self, rule: str, offer: TracedOffer) -> Iterator[ShiftLine]:
        """Yield what is said of each thing that was otherwise for a rule."""
        for changed in offer.inputs[rule]:
            # What a rule means and what a city states have no day: neither moves between two.
            narrator = self._narrators.get(changed.kind)
            for words in narrator(rule, changed.name, offer) if narrator else ():
                yield ShiftLine(kind=changed.kind.value, words=words)

    def wrong(self, rule: str, offer: TracedOffer) -> str | None:
        """Return what is wrong by a rule on the later day, else on the earlier; no full stop."""
        for side, setting in ((offer.after, self._after), (offer.before, self._before)):
            finding, known = side.findings.get(rule), side.rule(rule)
            if finding is not None and known is not None:
                findings = side.assessment.findings
                context = SentenceContext.of(setting, side.candidate, findings)
                fails = fails_words(finding, known, context)
                if fails:
                    return fails.rstrip(".")
        return None

    def _began(self, rule: str, _name: str, _offer: TracedOffer) -> Iterator[str]:
        day = self._rulebook.rules[rule].file.effective.since
        yield self.speech.say("shift.rule_began", day=self._wording.day(day))

    def _ended(self, rule: str, _name: str, _offer: TracedOffer) -> Iterator[str]:
        day = self._rulebook.rules[rule].file.effective.until
        yield self.speech.say("shift.rule_ended", day=self._wording.day(day) if day else "")

    def _value(self, rule: str, name: str, _offer: TracedOffer) -> Iterator[str]:
        old, new = self._before.bound.rules[rule], self._after.bound.rules[rule]
        parameter = new.parameters[name]
        source = source_line(parameter.source, self._wording) if parameter.source else None
        yield self.speech.say(
            "shift.value" if parameter.since else "shift.value_undated",
            name=self._wording.parameter_title(parameter, new),
            before=self._parameter(old, name),
            after=self._parameter(new, name),
            day=self._wording.day(parameter.since) if parameter.since else "",
            source=f"{source.words} [{source.standing_words}]" if source else "–",
        )

    def _parameter(self, rule: BoundRule, name: str) -> str:
        value = self._wording.parameter(rule.parameters[name], rule, at_most=MAX_VALUES)
        return value or self.speech.say("compare.unset")

    def _fact(self, _rule: str, name: str, offer: TracedOffer) -> Iterator[str]:
        fact = fact_of(name, offer.after)
        day = known_since(fact, self._before.bound.as_of, self._after.bound.as_of)
        if day is not None:
            yield self.speech.say(
                "shift.fact",
                title=self._wording.title(name),
                day=self._wording.day(day),
                value=self._answer(name, Answer(fact.value, possible=fact.possible)),
            )

    def _screening(self, _rule: str, _name: str, offer: TracedOffer) -> Iterator[str]:
        since = self._before.bound.as_of
        if not offer.after.facts.screened:
            yield self.speech.say("shift.screening_lapsed")
            return
        done = [entry.on for entry in self._after.purchase.screenings if entry.on > since]
        for day in sorted(set(done))[:1]:
            yield self.speech.say("shift.screening", day=self._wording.day(day))

    def _review(self, rule: str, _name: str, offer: TracedOffer) -> Iterator[str]:
        for review in self._after.purchase.reviews:
            if (review.rule, review.offer) == (rule, offer.after.candidate.id):
                day = self._wording.day(review.on)
                yield self.speech.say("shift.review", by=review.by, role=review.role, day=day)

    def _calendar(self, rule: str, _name: str, offer: TracedOffer) -> Iterator[str]:
        earlier, later = (_computed(s.bound.rules[rule]) for s in (self._before, self._after))
        both = [(node, later[name]) for name, node in earlier.items() if name in later]
        said = dict.fromkeys(words for old, new in both for words in self._aged(old, new, offer))
        yield from said or [self.speech.say("shift.calendar_plain")]

    def _aged(self, old: Derived, new: Derived, offer: TracedOffer) -> Iterator[str]:
        before = evaluate(old, offer.before.facts).value
        after = evaluate(new, offer.after.facts).value
        if before != after:
            yield self.speech.say(
                "shift.calendar",
                title=self._wording.title(old.name),
                before=self._said(old.name, before),
                after=self._said(old.name, after),
            )

    def _table(self, rule: str, name: str, offer: TracedOffer) -> Iterator[str]:
        old, new = (_lookup(side.bound.rules[rule], name) for side in (self._before, self._after))
        field = self._wording.field(name)
        if old is None or new is None or field is None or field.lookup is None:
            return
        title = self._rulebook.tables[new.table].entry.title
        table = self._wording.pick(title, f"table.{new.table}") if title else new.table
        if new.stale and not old.stale:
            yield self.speech.say("shift.stale", table=table)
            return
        window = self._before.bound.as_of, self._after.bound.as_of
        rows = RowNarrator(self._rulebook, self.speech, window, table, field, field.lookup)
        yield from tuple(rows.lines(new, offer.after)) or self._answers(old, new, table, offer)

    def _answers(self, old: Lookup, new: Lookup, table: str, offer: TracedOffer) -> Iterator[str]:
        sides = (self._before, self._after)
        was, now = (side.bound.tables.get(new.table, "–") for side in sides)
        if was != now:
            yield self.speech.say("shift.edition", table=table, before=was, after=now)
        facts = offer.after.facts
        yield self.speech.say(
            "shift.answer",
            title=self._wording.title(new.name),
            before=self._answer(new.name, evaluate(old, facts)),
            after=self._answer(new.name, evaluate(new, facts)),
        )

    def _answer(self, name: str, answer: Answer) -> str:
        if answer.possible:
            listed = self._wording.possible(name, answer.possible)
            return self._wording.word("finding.possible", list=listed)
        return self._said(name, answer.value)

    def _said(self, name: str, value: Value | None) -> str:
        if value is None:
            return self.speech.say("shift.unknown")
        return self._wording.value(name, value)


def _computed(rule: BoundRule) -> dict[str, Derived]:
    return {node.name: node for node in nodes_of(rule) if isinstance(node, Derived)}


def _lookup(rule: BoundRule, name: str) -> Lookup | None:
    return next((n for n in nodes_of(rule) if isinstance(n, Lookup) and n.name == name), None)
