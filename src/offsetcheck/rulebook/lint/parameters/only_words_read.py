from collections.abc import Iterator

from offsetcheck.rulebook.expression.nodes import Constant
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def parameters_decide(rulebook: Rulebook) -> Iterator[Problem]:
    """Find parameters that stand in sentences and in no expression."""
    for rule in rulebook.rules.values():
        read = _read(rulebook, rule)
        for name in rule.file.parameters:
            if name not in read:
                message = f"only words read `{name}`: it decides nothing"
                hint = f"read `${name}` in an expression, or write the number into the sentence"
                yield problem_at(rule, ("parameters", name), message, hint)


def _read(rulebook: Rulebook, rule: LoadedRule) -> set[str]:
    changed = (
        tree
        for (_, name), trees in rulebook.changes.items()
        if name == rule.file.id
        for tree in trees.values()
    )
    return {
        node.name.removeprefix("$")
        for tree in (*rule.trees.values(), *changed)
        for node in walk(tree)
        if isinstance(node, Constant) and node.name is not None
    }


CHECK = Check(
    id="parameters.only_words_read",
    severity=Severity.ERROR,
    title="A parameter decides nothing",
    finds="Parameters that stand in the sentences of a rule and in none of its expressions.",
    why="A city that sets the parameter changes what is said and not what is asked.",
    wrong="""\
requires: monitoring_years >= 40
says:
  en:
    requires: Storage is monitored for {$min_storage_years}.
""",
    right="""\
requires: monitoring_years >= $min_storage_years
says:
  en:
    requires: Storage is monitored for {$min_storage_years}.
""",
    step="Read the parameter in an expression.",
    look=parameters_decide,
)
