"""Which fields the rules in force need from a bidder, and in which case alone each is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.explain.quantity import countries
from offsetcheck.explain.setting import Setting
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.questionnaire import Case

TYPE, COUNTRY = "project_type", "country"
CASES = (TYPE, "programme", "unit_type", COUNTRY)
"""Fields of an offer that tell whether a rule applies; a bidder knows them without looking."""

OFFERED = (
    *("seller", "id", "name", "programme", TYPE, "country", "developer"),
    *("vintage", "tonnes", "price", "currency"),
)
"""Who and what is offered: asked in every form, whatever the rules read."""

MADE_OF = {
    "developer_key": "developer",
    "serials_read": "serials",
    "serials_gone": "serials",
    "serials_disputed": "serials",
}
"""Fields that are made of what another states."""


@dataclass(frozen=True, slots=True)
class Needed:
    """A field that rules need, those rules, and the case in which alone it is needed."""

    field: Field
    rules: tuple[BoundRule, ...]
    case: Case | None


def needed_fields(setting: Setting, types: Sequence[str] = ()) -> dict[str, Needed]:
    """Return the fields that rules in force need from a bidder, in the order of the dictionary.

    What the buyer answers himself, what a table tells, and what only a note reads is not among
    them. Rules that cannot apply to projects of the `types` ask nothing.
    """
    readers: dict[str, list[tuple[BoundRule, Case | None]]] = {name: [] for name in OFFERED}
    for rule in setting.bound.candidate_rules:
        if rule.draft or rule.effect is Effect.NOTE:
            continue
        case = case_of_rule(rule, setting, types)
        if case is not None and not case.values:
            continue
        for name in dict.fromkeys(MADE_OF.get(name, name) for name in rule.inputs):
            readers.setdefault(name, []).append((rule, case))
    return {
        name: _needed(field, readers[name], setting, types)
        for name, field in setting.bound.dictionary.candidate.items()
        if name in readers and is_bidders(field)
    }


def _needed(
    field: Field,
    readers: Sequence[tuple[BoundRule, Case | None]],
    setting: Setting,
    types: Sequence[str],
) -> Needed:
    rules = tuple(rule for rule, _ in readers)
    cases = [case for _, case in readers]
    if field.name in OFFERED or any(case is None for case in cases):
        return Needed(field, rules, None)
    said = [case for case in cases if case is not None]
    if len({case.field for case in said}) != 1:
        return Needed(field, rules, None)
    found = frozenset().union(*(case.values for case in said))
    every = values_of(said[0].field, setting, types)
    return Needed(field, rules, None if len(found) == len(every) else Case(said[0].field, found))


def is_bidders(field: Field) -> bool:
    """Whether a bidder answers a field: it is stated, by him, and not made of another."""
    made = not (field.question or field.aliases)
    return field.is_input and not field.officer and not made


def case_of_rule(rule: BoundRule, setting: Setting, types: Sequence[str] = ()) -> Case | None:
    """Return the case in which alone a rule may apply, as far as one field tells it; None: always.

    A case without values says that the rule applies to nothing that can be offered.
    """
    if rule.applies_when is None:
        return None
    if not may_apply(rule, Candidate("", {}), setting):
        return Case(TYPE, frozenset())
    read = inputs_of(rule.applies_when)
    for name in CASES:
        every = values_of(name, setting, types) if name in read else ()
        fitting = [one for one in every if may_apply(rule, _with(name, one), setting)]
        if len(fitting) < len(every):
            return Case(name, frozenset(fitting))
    return None


def values_of(name: str, setting: Setting, types: Sequence[str]) -> Sequence[str]:
    """Return the words that a field of an offer may hold."""
    if name == TYPE and types:
        return tuple(types)
    if name == COUNTRY:
        return countries(setting.wording.locale)
    field = setting.bound.dictionary.candidate.get(name)
    return field.narrow if field else ()


def may_apply(rule: BoundRule, candidate: Candidate, setting: Setting) -> bool:
    """Whether a rule applies, or may yet be found to apply, to what is known of an offer."""
    if rule.applies_when is None:
        return True
    facts = Facts(candidate, setting.purchase, setting.bound.as_of)
    return evaluate(rule.applies_when, facts).value is not False


def _with(name: str, value: str) -> Candidate:
    return Candidate("", {name: Fact(value=value, grade=EvidenceGrade.E1)})
