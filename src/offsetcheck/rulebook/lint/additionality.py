from collections.abc import Iterator

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
    yield Problem(message, Place("guide.yaml", 1, 1), hint, Severity.ERROR)
