from collections.abc import Iterator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def dimensions_are_known(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rules outside the dimensions of guide.yaml, and scores that count nowhere."""
    dimensions = rulebook.guide.dimensions
    for rule in rulebook.rules.values():
        name = rule.file.dimension
        if name not in dimensions:
            hint = did_you_mean(name, dimensions)
            message = f"`{name}` is not a dimension of guide.yaml"
            yield problem_at(rule, ("id",), message, hint, severity=Severity.ERROR)
        elif rule.file.effect == "score" and not _weighs(rulebook, name):
            message = f"a score in `{name}` counts in neither integrity nor value"
            yield problem_at(rule, ("effect",), message, severity=Severity.ERROR)


def _weighs(rulebook: Rulebook, name: str) -> bool:
    entry = rulebook.guide.dimensions[name]
    return bool(entry.integrity or entry.value)
