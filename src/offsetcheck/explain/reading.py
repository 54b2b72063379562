"""What the sentences of rules may name: fields, the purchase, the city, parameters, the day."""

from dataclasses import dataclass, field

from offsetcheck.engine.evaluate import evaluate
from offsetcheck.engine.knowledge import PURCHASE, Facts
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import Wording, fill, placeholders
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Fact, Value

CITY = "city."


@dataclass(frozen=True)
class Reading:
    """The facts of one candidate (or of the purchase alone) as sentences read them."""

    setting: Setting
    candidate: Candidate
    _words: dict[str, str | None] = field(default_factory=dict)

    @property
    def wording(self) -> Wording:
        """The words of the setting."""
        return self.setting.wording

    def fact(self, name: str) -> Fact:
        """Return the stated fact of a field; `purchase.x` is the purchase's."""
        if name.startswith(PURCHASE):
            return self.setting.purchase.fact(name.removeprefix(PURCHASE))
        return self.candidate.fact(name)

    def value(self, name: str) -> Value | None:
        """Return the value of a stated, derived or looked-up field, None where it is unknown."""
        node = self.setting.computed.get(name)
        if node is not None:
            return evaluate(node, self.facts()).value
        if name.startswith(CITY):
            return self.setting.bound.city.facts.get(name.removeprefix(CITY))
        return self.fact(name).value

    def facts(self) -> Facts:
        """Return the facts with every evidence grade counting."""
        return Facts(self.candidate, self.setting.purchase, self.setting.bound.as_of)

    def words(self, name: str) -> str | None:
        """Return a field's value in words with its unit, None where it is unknown."""
        if name not in self._words:
            value = self.value(name)
            self._words[name] = None if value is None else self._said(name, value)
        return self._words[name]

    def placeholder(self, name: str, rule: BoundRule) -> str | None:
        """Return what a {placeholder} of a rule's sentence stands for."""
        if name == "$as_of":
            return self.wording.day(self.setting.bound.as_of)
        if name.startswith("$"):
            parameter = rule.parameters.get(name) or rule.parameters.get(name[1:])
            return self.wording.parameter(parameter, rule) if parameter else None
        return self.words(name)

    def sentence(self, template: str, rule: BoundRule) -> str | None:
        """Return a sentence of a rule, None where a name in it is unknown."""
        return fill(template, lambda name: self.placeholder(name, rule))

    def sentence_with_gaps(self, template: str, rule: BoundRule) -> str:
        """Return a sentence of a rule in which an unknown name reads as not stated."""
        text = fill(template, lambda name: self.placeholder(name, rule) or self._gap(name))
        return text or template

    def names_of(self, template: str) -> tuple[str, ...]:
        """Return the fields that a sentence names, without parameters."""
        return tuple(name for name in placeholders(template) if not name.startswith("$"))

    def _gap(self, name: str) -> str:
        key = "cause.city_undecided" if name.startswith("$") else "cause.not_stated"
        return f"({self.wording.word(key)})"

    def _said(self, name: str, value: Value) -> str:
        currency = self.candidate.value("currency")
        return self.wording.value(name, value, currency if isinstance(currency, str) else None)
