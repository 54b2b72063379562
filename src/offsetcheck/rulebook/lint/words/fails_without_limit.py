from collections.abc import Iterator
from dataclasses import replace

from offsetcheck.rulebook.expression.nodes import Compare, Constant
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.lint.words.fails_says_the_ideal import says_the_ideal
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.texts.keys import rule_key
from offsetcheck.vocabulary.problem import Problem, Severity

ORDERED = frozenset(("<", "<=", ">", ">="))
REQUIRES, FAILS = "requires", "fails"


def limits_are_told(rulebook: Rulebook) -> Iterator[Problem]:
    """Find sentences on what is wrong that leave out the limit that was not kept."""
    for rule in rulebook.rules.values():
        limits = _limits(rule)
        for language, says in rule.file.says.items() if limits else ():
            told = says.fails is None or says_the_ideal(rule, says)  # by another check
            for name in () if told else limits:
                if f"{{${name}" not in (says.fails or ""):
                    message = f"the sentence does not tell the limit `${name}`"
                    hint = f"write `{{${name}}}` where the limit is told"
                    found = problem_at(rule, ("says", language, FAILS), message, hint)
                    # Translations that name the limit then differ from this sentence.
                    yield replace(found, names=f"text {rule_key(rule.file.id, FAILS)}")


def _limits(rule: LoadedRule) -> list[str]:
    """Return the parameters that a requirement holds something against, by size."""
    tree = rule.trees.get(REQUIRES)
    sides = [
        side
        for node in (walk(tree) if tree is not None else ())
        if isinstance(node, Compare) and node.operator in ORDERED
        for side in (node.left, node.right)
    ]
    names = [side.name for side in sides if isinstance(side, Constant) and side.name is not None]
    bare = (name.removeprefix("$") for name in names if name.startswith("$"))
    return [name for name in dict.fromkeys(bare) if name in rule.parameters]


CHECK = Check(
    id="words.fails_without_limit",
    severity=Severity.WARNING,
    title="What is wrong is said without the limit",
    finds="Sentences under `fails` without the parameter that the requirement compares with.",
    why=(
        "A bidder would read that a limit is not kept and not which; written out as a word it "
        "stays when a city sets another."
    ),
    wrong="""\
requires: vintage_age <= $max_age
says:
  en:
    fails: The vintage is too old.
""",
    right="""\
requires: vintage_age <= $max_age
says:
  en:
    fails: The vintage is older than {$max_age}.
""",
    step="Write the parameter in braces where the sentence tells the limit.",
    look=limits_are_told,
)
