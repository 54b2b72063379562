"""What a change of rules does to one list for one city: what turns, by which rule, how much."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from offsetcheck.difference.causes import MAX_PATTERNS, ListCauses
from offsetcheck.difference.exchange import NO_RULES
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.rulebooks import RulebookDifference, compare_rulebooks
from offsetcheck.difference.turned import ChangedRow, Told, Turned, VerdictChange
from offsetcheck.engine.assess import assess_purchase
from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.comparison import TurnLine
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.rules_diff import ListEffect, OutcomeTurn, RuleEffect, TurnedOffer
from offsetcheck.vocabulary.shown import grade_range
from offsetcheck.vocabulary.table import CandidateTable

MAX_EXAMPLES = 3
AMOUNTS = ("tonnes", "issued")
"""Fields that say how large an offer is: what is offered, else what the project issued."""


@dataclass(frozen=True, slots=True)
class JudgedTwice:
    """One list or tender for one city, under the older rules and under the newer ones.

    `source` is the name of its file or folder, `files` its parts with their hashes. `known` is what
    was judged under the older rules already.
    """

    source: str
    table: CandidateTable
    purchase: Purchase
    before: BoundRulebook
    after: BoundRulebook
    files: tuple[tuple[str, str], ...] = ()
    known: BatchResult | None = None


def effect_on(
    judged: JudgedTwice, speech: Speech, shown: int, told: Told = lambda *_: None
) -> ListEffect:
    """Return what newer rules do to a list, and the first `shown` of the offers that turn.

    `told` hears how many rows of how many are judged.
    """
    found = compare_rulebooks(
        judged.before,
        judged.after,
        judged.table,
        judged.purchase,
        told,
        known=judged.known,
    )
    amounts = _amounts(judged.table)
    effect = _Effect(judged, found, speech, amounts)
    return effect.told(shown)


def _amounts(table: CandidateTable) -> Sequence[Value | None] | None:
    """Return how large each offer is, None where the list does not say of any."""
    for name in AMOUNTS:
        column = table.columns.get(name)
        if column is not None and any(value is not None for value in column.values):
            return column.values
    return None


@dataclass(frozen=True)
class _Effect:
    judged: JudgedTwice
    found: RulebookDifference
    speech: Speech
    amounts: Sequence[Value | None] | None

    @property
    def turned(self) -> Turned:
        return self.found.turned

    def told(self, shown: int) -> ListEffect:
        turned, offers = self.turned, len(self.judged.table)
        rows = [row.row for row in turned.changed]
        rules = self._rules()
        return ListEffect(
            city=self.judged.after.city.id,
            city_words=self.speech.wording.city(),
            source=self.judged.source,
            offers=offers,
            verdicts=len(turned.verdicts),
            grades=len(turned.grades),
            summary=self._summary(offers),
            tonnes=self._sum(rows),
            tonnes_words=self._tonnes(rows),
            turns=tuple(self._turn(change, count) for change, count in turned.counts.items()),
            rules=rules,
            shown=tuple(self._offer(row) for row in turned.changed[:shown]),
            limit_words=self._limits(shown),
            files=self.judged.files,
        )

    def _summary(self, offers: int) -> str:
        turned, say = self.turned, self.speech.say
        values = {"offers": f"{offers:,}", "verdicts": f"{len(turned.verdicts):,}"}
        values["grades"] = f"{len(turned.grades):,}"
        said = [say("rules_diff.effect.summary" if turned.changed else "rules_diff.effect.nothing",
                    **values)]  # fmt: skip
        said.extend(self._purchase())
        return " ".join(said)

    def _purchase(self) -> Iterable[str]:
        """Yield how the purchase's own verdict turns, where it does."""
        sides = (self.judged.before, self.judged.after)
        was, now = (assess_purchase(self.judged.purchase, side).verdict for side in sides)
        if was != now:
            say = self.speech.say
            before, after = (say(f"verdict.{verdict.value}") for verdict in (was, now))
            yield say("rules_diff.effect.purchase", before=before, after=after)

    def _turn(self, change: VerdictChange, count: int) -> TurnLine:
        say = self.speech.say
        was, now = (say(f"verdict.{verdict}") for verdict in change)
        key = "drift.grade_only" if change[0] == change[1] else "drift.turn"
        words = say(key, before=was, after=now)
        return TurnLine(before=change[0], after=change[1], words=words, offers=count)

    def _rules(self) -> tuple[RuleEffect, ...]:
        """Return each rule that comes out otherwise or turns, those that turn most first."""
        through = {topic.topic: topic.rows for topic in self.found.causes.topics}
        names = dict.fromkeys([*through, *self.turned.rules])
        made = [self._rule(name, through.get(name, ())) for name in names]
        return tuple(sorted(made, key=lambda one: (-one.verdicts, -one.offers, one.rule or "")))

    def _rule(self, name: str, turning: Sequence[int]) -> RuleEffect:
        rows = self.turned.rules.get(name, ())
        examples = [*turning, *(row for row in rows if row not in set(turning))][:MAX_EXAMPLES]
        return RuleEffect(
            rule=None if name in NO_RULES else name,
            title=self._title(name),
            offers=len(rows),
            verdicts=len(turning),
            tonnes=self._sum(turning),
            tonnes_words=self._tonnes(turning),
            outcomes=tuple(self._outcomes(name, rows)),
            examples=tuple(self.judged.table.ids[row] for row in examples),
        )

    def _title(self, name: str) -> str:
        if name in NO_RULES:
            return self.speech.say(f"rules_diff.effect.{name}")
        rule = self.judged.after.rules.get(name) or self.judged.before.rules[name]
        return self.speech.wording.rule_title(rule).rstrip(".")

    def _outcomes(self, name: str, rows: Sequence[int]) -> Iterable[OutcomeTurn]:
        """Yield how many offers went from which outcome to which, the most first."""
        before, after = (self._said(name, rows, result) for result in self.turned.results)
        say = self.speech.say
        counts = Counter(zip(before, after, strict=True))
        for (was, now), count in counts.most_common():
            words = say(
                "rules_diff.effect.outcome_same" if was == now else "rules_diff.effect.outcome",
                before=say(f"outcome.{was}"), after=say(f"outcome.{now}"), count=f"{count:,}",
            )  # fmt: skip
            yield OutcomeTurn(before=was, after=now, offers=count, words=words)

    def _said(self, name: str, rows: Sequence[int], result: BatchResult) -> list[str]:
        if name not in result.outcomes.columns:
            return [Outcome.NOT_APPLICABLE.value] * len(rows)
        return [str(one) for one in result.outcomes[name].gather(list(rows)).to_list()]

    def _sum(self, rows: Iterable[int]) -> float | None:
        if self.amounts is None:
            return None
        values = (self.amounts[row] for row in rows)
        return float(sum(v for v in values if isinstance(v, (int, float))))

    def _tonnes(self, rows: Iterable[int]) -> str:
        total = self._sum(rows)
        return "" if total is None else self.speech.wording.tonnes(total)

    def _offer(self, row: ChangedRow) -> TurnedOffer:
        say = self.speech.say
        sides = [
            say(
                "rules_diff.effect.answer", verdict=say(f"verdict.{one.verdict}"),
                grade=grade_range(one.grade_lower, one.grade_upper),
            )
            for one in (row.before, row.after)
        ]  # fmt: skip
        rules = self._through.get(row.row, ())
        words = "; ".join(self._title(rule) for rule in rules)
        return TurnedOffer(
            id=row.id,
            name=self._name(row),
            before=sides[0],
            after=sides[1],
            rules=tuple(rule for rule in rules if rule not in NO_RULES),
            words=words or say("rules_diff.effect.not_traced"),
        )

    @cached_property
    def _through(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for topic in self.found.causes.topics:
            for row in topic.rows:
                found.setdefault(row, []).append(topic.topic)
        return found

    def _name(self, row: ChangedRow) -> str:
        column = self.judged.table.columns.get("name")
        name = column.values[row.row] if column else None
        return shorten_and_encode(name) if isinstance(name, str) else row.id

    def _limits(self, shown: int) -> str:
        said, say = [], self.speech.say
        causes: ListCauses = self.found.causes
        changed = len(self.turned.changed)
        if causes.rows_not_traced:
            said.append(say("rules_diff.effect.limit_left", count=f"{causes.rows_not_traced:,}",
                            kinds=MAX_PATTERNS))  # fmt: skip
        if shown < changed:
            said.append(say("rules_diff.effect.limit_shown", shown=shown, changed=f"{changed:,}"))
        return " ".join(said)
