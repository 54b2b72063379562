"""What is ours stands in nobody else's name: neither a guide's, nor a city's, nor the law's."""

from collections.abc import Iterator

from offsetcheck.rulebook.expression.nodes import Constant
from offsetcheck.rulebook.expression.of_rule import APPLIES_WHEN
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.policies.values import PolicyParameter
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.problem import Problem, Severity

PLAIN = frozenset((0, 1))  # none and one, all and nothing: no choice of a limit
CAP, CITY = "cap", "city"
SAY_DESIGN = "say `origin: design`, and bind nobody by it as by law"
HINT = "add `- {standing: design, note: …}` to `sources:` and say what is ours"


def our_numbers_are_said_to_be_ours(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rules cited from guides alone that hold a number, level, cap or value of our own."""
    for rule in rulebook.rules.values():
        if any(_is_ours(source) for source in rule.file.sources):
            continue
        for steps, what in _of_our_own(rule):
            message = f"{what} stands under the clauses of guides alone"
            yield problem_at(rule, steps, message, HINT, severity=Severity.ERROR)


def our_values_are_not_a_citys_or_the_laws(rulebook: Rulebook) -> Iterator[Problem]:
    """Find values of our own design that are said to come from a city or to be law."""
    for name, city in rulebook.cities.items():
        yield from _borrowed(rulebook, f"cities/{name}.yaml", city)
    for name, jurisdiction in rulebook.jurisdictions.items():
        yield from _borrowed(rulebook, f"jurisdictions/{name}.yaml", jurisdiction)


def _is_ours(source: SourceEntry | None) -> bool:
    return source is not None and source.standing is Standing.DESIGN


def _of_our_own(rule: LoadedRule) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what of a rule can only be ours, as no source of its own stands beside it."""
    if rule.file.is_scale:
        yield ("levels",), "which level is given for what"
    if rule.file.effect == CAP and not rule.file.is_scale:
        yield (CAP,), f"the cap {rule.file.cap}"
    for number in dict.fromkeys(_literals(rule)):
        yield ("requires",), f"the number {number:g} in its condition"
    for name, parameter in rule.parameters.items():
        for day, entry in parameter.values.items():
            if _is_ours(entry.source):
                steps = ("parameters", name, "values", day.isoformat())
                yield steps, f"the value of `{name}`, which is ours,"


def _literals(rule: LoadedRule) -> Iterator[float]:
    """Yield the numbers that a requirement holds fields against, those of parameters apart."""
    trees = () if rule.file.is_scale else rule.trees.items()
    for key, tree in trees:
        for node in walk(tree) if key != APPLIES_WHEN else ():
            value = node.value if isinstance(node, Constant) and node.name is None else None
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield from () if value in PLAIN else (float(value),)


def _borrowed(rulebook: Rulebook, file: str, policy: CityFile | Jurisdiction) -> Iterator[Problem]:
    document = rulebook.documents[file]
    for full, parameter in policy.parameters.items():
        law = isinstance(policy, Jurisdiction) and policy.binds(full)
        whose = _whose(parameter, law=law)
        if whose is not None:
            message = f"a value of our own design is said to be {whose}"
            place = document.key_place(("parameters", full))
            yield Problem(message, place, SAY_DESIGN, Severity.ERROR)
    floor = policy.floor if isinstance(policy, CityFile) else None
    if floor is not None and floor.origin == CITY and _is_ours(floor.source):
        message = "a floor of our own design is said to be the city's"
        yield Problem(message, document.key_place(("floor",)), SAY_DESIGN, Severity.ERROR)


def _whose(parameter: PolicyParameter, *, law: bool) -> str | None:
    """Return whose a value of ours is said to be, None where it is said to be ours."""
    for value in parameter.dated.values():
        if _is_ours(value.source or parameter.source):
            if law:
                return "law"
            if (value.origin or parameter.origin) == CITY:
                return "the city's"
    return None
