"""What the sentences of rules may name: what the rule saw, its parameters, and the day.

Fields come from the findings alone, never from the candidate again, so that a sentence cannot
state what the rule did not know.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from offsetcheck.engine.knowledge import Facts, known_by
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.templates import fill, placeholders
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, Fact, Value
from offsetcheck.vocabulary.finding import UNSEEN, Finding, Seen
from offsetcheck.vocabulary.finding_explanation import EvidenceLine

CURRENCY = "currency"


@dataclass(frozen=True)
class SentenceContext:
    """The findings on one candidate (or on the purchase or portfolio), for sentences on its rules.

    `candidate` holds all that is stated, `offer` what of it was known on the day. `evidence` are
    the lines made of facts so far, by field and identity of the fact, which stands beside; `told`
    likewise what sentences can name of what was seen.
    """

    setting: Setting
    candidate: Candidate
    findings: Mapping[str, Finding]
    _words: dict[tuple[str, Value], str] = field(default_factory=dict)
    told: dict[int, tuple[Seen, tuple[object, ...]]] = field(default_factory=dict)
    evidence: dict[tuple[str, int], tuple[Fact, EvidenceLine]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, setting: Setting, candidate: Candidate, findings: Iterable[Finding]
    ) -> "SentenceContext":
        """Return the context of findings that are made on one candidate."""
        return cls(setting, candidate, {finding.rule: finding for finding in findings})

    @property
    def wording(self) -> Wording:
        """The words of the setting."""
        return self.setting.wording

    @cached_property
    def offer(self) -> Candidate:
        """The candidate as it was known on the day."""
        day = self.setting.bound.as_of
        return Candidate(self.candidate.id, known_by(self.candidate.facts, day))

    @cached_property
    def searched(self) -> bool:
        """Whether a search for adverse events that counts covers the candidate."""
        return self.facts().screened

    def facts(self) -> Facts:
        """Return the facts of the day with every evidence grade counting, for trying changes."""
        bound = self.setting.bound
        days = bound.screening_days
        return Facts(self.candidate, self.setting.purchase, bound.as_of, screening_days=days)

    def seen(self, name: str, rule: BoundRule) -> Seen:
        """Return what a rule saw of a field."""
        finding = self.findings.get(rule.id)
        return finding.saw(name) if finding else UNSEEN

    def words(self, name: str, rule: BoundRule) -> str | None:
        """Return the value that a rule saw of a field in words, None where it saw none.

        What moves from day to day is said with the day of the list or note that it is from.
        """
        seen = self.seen(name, rule)
        if seen.value is None:
            return None
        words, field = self.value_words(name, seen.value), self.wording.field(name)
        if field is None or not field.moves or seen.fact.as_of is None:
            return words
        return f"{words} ({self.wording.day(seen.fact.as_of)})"

    def offer_words(self, name: str) -> str | None:
        """Return a stated field of the offer in words, None where it was not known on the day."""
        value = self.offer.value(name)
        return None if value is None else self.value_words(name, value)

    def value_words(self, name: str, value: Value) -> str:
        """Return a value of a field in words with its unit."""
        if (name, value) not in self._words:
            currency = self.offer.value(CURRENCY)
            unit = currency if isinstance(currency, str) else None
            self._words[name, value] = self.wording.value(name, value, unit)
        return self._words[name, value]

    def placeholder(self, name: str, rule: BoundRule) -> str | None:
        """Return what a {placeholder} of a rule's sentence stands for."""
        if name == "$as_of":
            return self.wording.day(self.setting.bound.as_of)
        if name.startswith("$"):
            parameter = rule.parameters.get(name) or rule.parameters.get(name[1:])
            return self.wording.parameter(parameter, rule) if parameter else None
        return self.words(name, rule)

    def sentence(self, template: str, rule: BoundRule) -> str | None:
        """Return a sentence of a rule, None where a name in it is unknown."""
        return fill(template, lambda name: self.placeholder(name, rule))

    def sentence_with_gaps(self, template: str, rule: BoundRule) -> str:
        """Return a sentence of a rule in which an unknown name reads as why it is unknown."""
        text = fill(template, lambda name: self.placeholder(name, rule) or self._gap(name, rule))
        return text or template

    def names_of(self, template: str) -> tuple[str, ...]:
        """Return the fields that a sentence names, without parameters."""
        return tuple(name for name in placeholders(template) if not name.startswith("$"))

    def _gap(self, name: str, rule: BoundRule) -> str:
        seen = self.seen(name, rule)
        if seen.possible:
            listed = self.wording.possible(name, seen.possible)
            return f"({self.wording.word('finding.possible', list=listed)})"
        cause = Cause.CITY_UNDECIDED if name.startswith("$") else seen.cause
        return f"({self.wording.word(f'cause.{(cause or Cause.NOT_STATED).value}')})"
