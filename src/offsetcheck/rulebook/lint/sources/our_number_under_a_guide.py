from collections.abc import Iterator

from offsetcheck.rulebook.expression.nodes import Constant
from offsetcheck.rulebook.expression.of_rule import APPLIES_WHEN
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.lint.standing import is_ours
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

PLAIN = frozenset((0, 1))  # none and one, all and nothing: no choice of a limit
CAP = "cap"
HINT = "add `- {standing: design, note: …}` to `sources:` and say what is ours"


def our_numbers_are_said_to_be_ours(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rules cited from guides alone that hold a number, level, cap or value of our own."""
    for rule in rulebook.rules.values():
        if any(is_ours(source) for source in rule.file.sources):
            continue
        for steps, what in _of_our_own(rule):
            message = f"{what} stands under the clauses of guides alone"
            yield problem_at(rule, steps, message, HINT)


def _of_our_own(rule: LoadedRule) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what of a rule can only be ours, as no source of its own stands beside it."""
    if rule.file.is_scale:
        yield ("levels",), "which level is given for what"
    if rule.file.effect == CAP and not rule.file.is_scale:
        yield (CAP,), f"the cap {rule.file.cap}"
    for number in dict.fromkeys(_literals(rule)):
        yield ("requires",), f"the number {number:g} in its condition"
    for name, parameter in rule.file.parameters.items():
        for day, entry in parameter.values.items():
            if is_ours(entry.source):
                steps = ("parameters", name, "values", day.isoformat())
                yield steps, f"the value of `{name}`, which is ours,"


def _literals(rule: LoadedRule) -> Iterator[float]:
    """Yield the numbers that a requirement holds fields against, those of parameters apart."""
    trees = () if rule.file.is_scale else rule.trees.items()
    for key, tree in trees:
        for node in walk(tree) if key != APPLIES_WHEN else ():
            value = node.value if isinstance(node, Constant) and node.name is None else None
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield from () if value in PLAIN else (float(value),)


CHECK = Check(
    id="sources.our_number_under_a_guide",
    severity=Severity.ERROR,
    title="A number of ours stands under the clauses of guides alone",
    finds=(
        "Rules cited from guides alone that hold a number in their condition, levels, "
        "a cap, or a value of our own design."
    ),
    why="A reader would take our number for the guide's.",
    wrong="""\
requires: storage_years >= 40
sources:
  - {guide: icroa, clause: "4.1", standing: read}
""",
    right="""\
requires: storage_years >= 40
sources:
  - {guide: icroa, clause: "4.1", standing: read}
  - {standing: design, note: The limit of 40 years is ours.}
""",
    step="Add a source with `standing: design` and say in its note what is ours.",
    look=our_numbers_are_said_to_be_ours,
)
