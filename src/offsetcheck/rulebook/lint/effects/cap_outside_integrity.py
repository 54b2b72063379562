from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

CAP = "cap"
CLAIM = "claim"
HINT = "co-benefits, locality, transition and claim never change the integrity grade"


def caps_are_about_integrity(rulebook: Rulebook) -> Iterator[Problem]:
    """Refuse caps on integrity in dimensions of value and claim, also where a layer sets one."""
    for rule in rulebook.rules.values():
        if rule.file.effect == CAP and _stands_apart(rulebook, rule.file.dimension):
            message = f"a rule of `{rule.file.dimension}` cannot cap integrity"
            yield problem_at(rule, ("effect",), message, HINT)
    for name, city in rulebook.cities.items():
        yield from _changed(rulebook, f"cities/{name}.yaml", city)
    for name, jurisdiction in rulebook.jurisdictions.items():
        yield from _changed(rulebook, f"jurisdictions/{name}.yaml", jurisdiction)


def _changed(rulebook: Rulebook, file: str, policy: CityFile | Jurisdiction) -> Iterator[Problem]:
    for index, change in enumerate(policy.change):
        dimension = change.rule.split(".", 1)[0]
        if change.effect == CAP and _stands_apart(rulebook, dimension):
            place = rulebook.documents[file].key_place(("change", index, "effect"))
            message = f"a rule of `{dimension}` cannot cap integrity"
            yield Problem(message, place, HINT)


def _stands_apart(rulebook: Rulebook, name: str) -> bool:
    """Whether a dimension counts in value alone, or says what may be claimed."""
    entry = rulebook.guide.dimensions.get(name)
    return name == CLAIM or (entry is not None and entry.value is not None)


CHECK = Check(
    id="effects.cap_outside_integrity",
    severity=Severity.ERROR,
    title="A rule outside integrity caps integrity",
    finds=(
        "Rules with the effect `cap`, and changes of a city or jurisdiction to `cap`, "
        "in dimensions of value and claim."
    ),
    why=(
        "Co-benefits, locality, transition and claim rank offers of equal integrity "
        "and never change the grade."
    ),
    wrong="""\
id: locality.distance
effect: cap
cap: 3
""",
    right="""\
id: locality.distance
effect: score
""",
    step="Choose another effect, or move the rule to a dimension of integrity.",
    look=caps_are_about_integrity,
)
