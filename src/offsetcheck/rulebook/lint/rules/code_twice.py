from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def codes_are_unique(rulebook: Rulebook) -> Iterator[Problem]:
    """Find codes that stand for two rules: tables and letters name rules by them."""
    first: dict[str, LoadedRule] = {}
    for rule in rulebook.rules.values():
        code = rule.file.code
        if code is not None and code in first:
            other = first[code].document.file
            yield problem_at(
                rule, ("code",), f"the code `{code}` stands for two rules", f"the other is {other}"
            )
        elif code is not None:
            first[code] = rule


CHECK = Check(
    id="rules.code_twice",
    severity=Severity.WARNING,
    title="A code stands for two rules",
    finds="Codes that an earlier rule has too.",
    why=(
        "Tables and letters name rules by their code: a bidder would look up the wrong requirement."
    ),
    wrong="""\
code: VIN-01  # permanence/storage.yaml has it too
""",
    right="""\
code: VIN-02
""",
    step="Give one of the two rules the next free code.",
    look=codes_are_unique,
)
