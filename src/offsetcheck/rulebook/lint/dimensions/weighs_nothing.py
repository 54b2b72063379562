from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def scores_count_somewhere(rulebook: Rulebook) -> Iterator[Problem]:
    """Find scores in dimensions that count in neither integrity nor value."""
    for rule in rulebook.rules.values():
        entry = rulebook.guide.dimensions.get(rule.file.dimension)
        if entry is None or rule.file.effect != "score" or entry.integrity or entry.value:
            continue
        message = f"a score in `{rule.file.dimension}` counts in neither integrity nor value"
        yield problem_at(rule, ("effect",), message)


CHECK = Check(
    id="dimensions.weighs_nothing",
    severity=Severity.ERROR,
    title="A score counts in neither integrity nor value",
    finds="Scales with the effect `score` in a dimension without a weight.",
    why=("Its points are added to nothing: the rule looks as if it counted and does not."),
    wrong="""\
# guide.yaml
dimensions:
  vintage: {title: {en: Vintage}}
""",
    right="""\
# guide.yaml
dimensions:
  vintage: {title: {en: Vintage}, integrity: 10}
""",
    step="Give the dimension a weight in guide.yaml, or the rule another effect.",
    look=scores_count_somewhere,
)
