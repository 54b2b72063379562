from collections.abc import Iterator
from dataclasses import replace

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def dimensions_are_known(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rules outside the dimensions of guide.yaml."""
    dimensions = rulebook.guide.dimensions
    for rule in rulebook.rules.values():
        name = rule.file.dimension
        if name not in dimensions:
            hint = did_you_mean(name, dimensions)
            message = f"`{name}` is not a dimension of guide.yaml"
            yield replace(problem_at(rule, ("id",), message, hint), names=f"dimension {name}")


CHECK = Check(
    id="dimensions.unknown",
    severity=Severity.ERROR,
    title="A rule stands outside the dimensions of the guide",
    finds="Rules whose folder is no dimension of guide.yaml.",
    why="A rule without a dimension has no place in a report and counts in no score.",
    wrong="""\
# vintages/age.yaml
id: vintages.age
""",
    right="""\
# vintage/age.yaml
id: vintage.age
""",
    step=("Move the file to the folder of a dimension, or add the dimension to guide.yaml."),
    look=dimensions_are_known,
)
