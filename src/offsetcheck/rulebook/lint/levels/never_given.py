from collections.abc import Iterator

from offsetcheck.rulebook.expression.of_rule import tree_key
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.limit import Limit, limit_of
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def levels_can_be_reached(rulebook: Rulebook) -> Iterator[Problem]:
    """Find levels that are never given, because a wider one above always takes them."""
    for rule in rulebook.rules.values():
        yield from _covered(rule)


def _covered(rule: LoadedRule) -> Iterator[Problem]:
    """Find limits that a wider one above already holds: 5 at 40 years, then 4 at 60."""
    above: list[Limit] = []
    for level, _ in rule.file.conditions:
        limit = limit_of(rule, rule.trees.get(tree_key(level)))
        if level is None or limit is None:
            continue
        if any(_holds(wider, limit) for wider in above):
            message = f"level {level} is never given: one above it is wider"
            yield problem_at(rule, ("levels", level), message)
        above.append(limit)


def _holds(above: Limit, limit: Limit) -> bool:
    if (above.field, above.rising) != (limit.field, limit.rising):
        return False
    return limit.number > above.number if limit.rising else limit.number < above.number


CHECK = Check(
    id="levels.never_given",
    severity=Severity.WARNING,
    title="A level is never given",
    finds="Levels whose limit a wider one above already holds.",
    why=("Levels are tried from the top: what the wider one takes never reaches the narrower."),
    wrong="""\
levels:
  5: storage_years >= 40
  4: storage_years >= 60
""",
    right="""\
levels:
  5: storage_years >= 60
  4: storage_years >= 40
""",
    step="Put the limits in order, the hardest at the top.",
    look=levels_can_be_reached,
)
