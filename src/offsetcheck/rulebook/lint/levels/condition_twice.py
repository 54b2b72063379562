from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def levels_have_conditions_of_their_own(rulebook: Rulebook) -> Iterator[Problem]:
    """Find levels that are never given, because an earlier one has their condition."""
    for rule in rulebook.rules.values():
        yield from _repeated(rule)


def _repeated(rule: LoadedRule) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for level, text in rule.file.conditions:
        if level is None:
            continue
        plain = " ".join(text.split())
        if plain in seen:
            message = f"level {level} has the condition of level {seen[plain]} and is never given"
            yield problem_at(rule, ("levels", level), message)
        seen.setdefault(plain, level)


CHECK = Check(
    id="levels.condition_twice",
    severity=Severity.WARNING,
    title="Two levels have one condition",
    finds="Levels whose condition an earlier level has.",
    why="Levels are tried from the top: the later one is never given.",
    wrong="""\
levels:
  5: share >= 0.9
  3: share >= 0.9
""",
    right="""\
levels:
  5: share >= 0.9
  3: share >= 0.5
""",
    step="Write the condition of the lower level.",
    look=levels_have_conditions_of_their_own,
)
