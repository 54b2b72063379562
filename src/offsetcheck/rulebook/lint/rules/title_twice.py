from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def titles_are_unique(rulebook: Rulebook) -> Iterator[Problem]:
    """Find titles of two rules: a reader tells rules apart by them."""
    first: dict[str, LoadedRule] = {}
    for rule in rulebook.rules.values():
        title = rule.file.title.casefold()
        if title in first:
            other = first[title].document.file
            yield problem_at(rule, ("title",), "two rules have this title", f"the other is {other}")
        first.setdefault(title, rule)


CHECK = Check(
    id="rules.title_twice",
    severity=Severity.WARNING,
    title="Two rules have one title",
    finds="Titles that another rule has too; capitals do not count.",
    why="Readers of a report tell rules apart by their titles.",
    wrong="""\
title: The vintage is recent
""",
    right="""\
title: The vintage is at most five years old
""",
    step="Say in each title what the rule asks.",
    look=titles_are_unique,
)
