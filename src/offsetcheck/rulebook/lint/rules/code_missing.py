from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def codes_are_given(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rules without a code: tables and letters name rules by it."""
    for rule in rulebook.rules.values():
        if rule.file.code is None:
            yield problem_at(
                rule,
                (),
                "the rule has no code",
                "add `code: …`, which tables and letters name it by",
            )


CHECK = Check(
    id="rules.code_missing",
    severity=Severity.WARNING,
    title="A rule has no code",
    finds="Rules without `code:`.",
    why="Tables and letters name rules by their code.",
    wrong="""\
id: vintage.age
title: The vintage is recent
""",
    right="""\
id: vintage.age
code: VIN-01
title: The vintage is recent
""",
    step="Write the next free code of the dimension.",
    look=codes_are_given,
)
