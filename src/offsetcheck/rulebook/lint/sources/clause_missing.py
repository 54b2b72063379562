from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.problem import Problem, Severity

SEEN = frozenset((Standing.READ, Standing.READ_SECOND_HAND))


def citations_name_a_clause(rulebook: Rulebook) -> Iterator[Problem]:
    """Find citations of a text that was read which do not say where in it."""
    for rule in rulebook.rules.values():
        for index, source in enumerate(rule.file.sources):
            if source.guide is not None and source.standing in SEEN and source.clause is None:
                message = f"where in `{source.guide}` is not said"
                hint = 'add `clause: "…"`: section, article, page or heading'
                yield problem_at(rule, ("sources", index), message, hint)


CHECK = Check(
    id="sources.clause_missing",
    severity=Severity.WARNING,
    title="A citation does not say where in the text",
    finds="Sources of rules that cite a guide that was read and name no clause.",
    why="A bidder who is refused under it cannot look it up, and neither can a court.",
    wrong="""\
sources:
  - {guide: icvcm-af, standing: read}
""",
    right="""\
sources:
  - {guide: icvcm-af, clause: criterion 9, standing: read}
""",
    step="Add the clause, or the page or heading where there are none.",
    look=citations_name_a_clause,
)
