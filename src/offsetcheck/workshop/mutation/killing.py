"""Whether a rule's examples tell a mistake in it: they are run on the rule with the mistake."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from offsetcheck.rulebook.binding.bind import effective_under
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.binding.nodes import Binder
from offsetcheck.rulebook.binding.rules import bound_rule
from offsetcheck.rulebook.binding.screening import screening_term, with_term
from offsetcheck.rulebook.expression.nodes import FieldRef
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.rulebook.policies.city_values import city_constants
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.model import Example
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.workshop.came_out import came_out, difference
from offsetcheck.workshop.rule_tests import default_day, find


@dataclass(slots=True)
class Examiner:
    """Runs examples on changed rules of one rulebook; what a day needs is made once."""

    rulebook: Rulebook
    _binders: dict[date, Binder] = field(default_factory=dict)

    def told_by(self, rule: LoadedRule) -> Example | None:
        """Return the first example that comes out differently on a changed rule."""
        bound: dict[date, BoundRule | None] = {}
        for example, day in self.days(rule):
            if day not in bound:
                bound[day] = self.bound(rule, day)
            if self.differs(bound[day], example, day):
                return example
        return None

    def differs(self, rule: BoundRule | None, example: Example, day: date) -> bool:
        """Whether an example comes out differently on a bound rule, or the rule is not in force."""
        if rule is None:
            return True
        finding = find(self.rulebook, rule, example, day)
        return difference(example, finding, came_out(rule, finding)) is not None

    def days(self, rule: LoadedRule) -> Iterator[tuple[Example, date]]:
        """Yield each example of a rule with the day on which it runs."""
        latest = default_day(self.rulebook, rule)
        for example in rule.file.tests:
            yield example, example.as_of or latest

    def bound(self, rule: LoadedRule, day: date) -> BoundRule | None:
        """Return a rule as the guide alone has it on a day, None where it is not in force."""
        effective = rule.file.effective
        if day < effective.since or (effective.until is not None and day >= effective.until):
            return None
        keys = effective_under(self.rulebook, rule, None)
        if keys is None:
            return None
        made = bound_rule(rule, keys, city=None, layers=(), binder=self._binder(day), day=day)
        return with_term({rule.file.id: made}, screening_term(self.rulebook, ()))[rule.file.id]

    def beneath(self, name: str, kind: FieldType, day: date) -> frozenset[str]:
        """Return the stated fields that a computed field is made from, none for a stated one."""
        found = inputs_of(self._binder(day).bind(FieldRef(name, kind), {}))
        return frozenset(found) - {name}

    def _binder(self, day: date) -> Binder:
        if day not in self._binders:
            constants = city_constants(self.rulebook, None, day)
            self._binders[day] = Binder(self.rulebook, day, constants)
        return self._binders[day]
