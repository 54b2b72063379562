from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Place, Problem, Severity

DIMENSION = "additionality"
SCORING = frozenset(("score", "cap"))


def additionality_always_applies(rulebook: Rulebook) -> Iterator[Problem]:
    """Ask for a scale or cap of additionality that always applies: its ceiling must stand."""
    if DIMENSION not in rulebook.guide.dimensions:
        return
    for rule in rulebook.rules.values():
        file = rule.file
        counts = file.dimension == DIMENSION and file.effect in SCORING
        in_force = file.status == "stable" and not file.is_optional
        if counts and in_force and file.applies_when is None:
            return
    message = "no scale or cap of additionality applies to every candidate"
    hint = "one rule without `applies_when` keeps the ceiling of integrity in place"
    yield Problem(message, Place("guide.yaml", 1, 1), hint)


CHECK = Check(
    id="scores.additionality_can_lapse",
    severity=Severity.ERROR,
    title="No scale or cap of additionality applies to every candidate",
    finds=(
        "Rulebooks in which each scale and cap of additionality has an "
        "`applies_when`, is a draft or is optional."
    ),
    why=(
        "The ceiling of integrity rests on additionality. Where no rule of it "
        "applies, a candidate has no such ceiling and grades too well."
    ),
    wrong="""\
id: additionality.carbon_revenue
effect: score
applies_when: project_type = 'cookstoves'
""",
    right="""\
id: additionality.carbon_revenue
effect: score
""",
    step=("Leave out `applies_when` in one scale or cap of the dimension `additionality`."),
    look=additionality_always_applies,
)
