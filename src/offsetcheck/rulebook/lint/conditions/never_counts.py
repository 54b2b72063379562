from collections.abc import Iterator

from offsetcheck.rulebook.binding.bind import effective_under
from offsetcheck.rulebook.files.guide import LOWEST_GRADE
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.policies.changes import EffectiveRule
from offsetcheck.rulebook.policies.model import CityFile
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.problem import Problem, Severity

CITY = "city"


def conditions_count_somewhere(rulebook: Rulebook) -> Iterator[Problem]:
    """Find conditions that never help, because no offer that may be bought is short of them."""
    for rule in rulebook.rules.values():
        never = _why_never(rule, rulebook) if rule.file.condition else None
        if never is not None:
            hint = "leave out the condition: an offer that does not meet the rule is refused"
            message = f"{never}, so that its condition never counts"
            yield problem_at(rule, ("condition",), message, hint)


def _why_never(rule: LoadedRule, rulebook: Rulebook) -> str | None:
    """Return why a rule's condition counts nowhere, None where it counts for the guide or a city.

    A standard that grades no project and so buys at any grade makes no condition of a cap.
    """
    cities = [city for city in rulebook.cities.values() if city.kind == CITY]
    buyers: list[CityFile | None] = [None, *cities]
    met = [(city, effective_under(rulebook, rule, city)) for city in buyers]
    ruled = [(city, effective) for city, effective in met if effective is not None]
    if not ruled or any(_counts(rule, one, _floor(rulebook, city)) for city, one in ruled):
        return None
    caps = [one.cap for _, one in ruled if one.effect == Effect.CAP and one.cap is not None]
    if caps:
        return f"the cap {max(caps)} lies below every floor"
    return "no offer that may be bought is ever short of it"


def _counts(rule: LoadedRule, effective: EffectiveRule, floor: float) -> bool:
    """Whether an offer that does not meet a rule may still be bought, or may declare it."""
    if effective.effect == Effect.GATE:
        return rule.file.declare
    if effective.effect == Effect.CAP:
        return effective.cap is not None and effective.cap >= floor
    return effective.effect != Effect.SCORE


def _floor(rulebook: Rulebook, city: CityFile | None) -> float:
    """Return the points from which on a city, or the guide, buys."""
    own = city.floor.integrity if city is not None and city.floor is not None else None
    return {**rulebook.guide.grades, LOWEST_GRADE: 0.0}[own or rulebook.guide.floor.integrity]


CHECK = Check(
    id="conditions.never_counts",
    severity=Severity.WARNING,
    title="A condition never counts",
    finds=(
        "Conditions of gates that cannot be declared, of scores, and of caps below "
        "every city's floor."
    ),
    why=(
        "A condition helps an offer that may be bought although it does not meet the "
        "rule. Where every such offer is refused, it is never written."
    ),
    wrong="""\
effect: gate
condition: {en: Before signature a plan is shown.}
""",
    right="""\
effect: gate
declare: yes
condition: {en: Before signature a plan is shown.}
""",
    step="Leave out the condition, or let the seller declare what is missing.",
    look=conditions_count_somewhere,
)
