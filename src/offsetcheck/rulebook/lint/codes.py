from collections.abc import Iterator

from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem


def codes_are_unique(rulebook: Rulebook) -> Iterator[Problem]:
    """Find codes that stand for two rules: tables and letters name rules by them."""
    first: dict[str, LoadedRule] = {}
    for rule in rulebook.rules.values():
        code = rule.file.code
        if code is None:
            yield problem_at(
                rule, (), "the rule has no code", "tables and letters name rules by their code"
            )
        elif code in first:
            other = first[code].document.file
            yield problem_at(
                rule, ("code",), f"the code `{code}` stands for two rules", f"the other is {other}"
            )
        else:
            first[code] = rule
