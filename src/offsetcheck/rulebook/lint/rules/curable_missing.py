from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.problem import Problem, Severity

GATES = frozenset((Effect.GATE,))


def gates_say_whether_they_can_be_mended(rulebook: Rulebook) -> Iterator[Problem]:
    """Find gates that leave open whether what is wrong can be mended."""
    for rule in rulebook.rules.values():
        if rule.file.effect in GATES and "curable" not in rule.file.model_fields_set:
            message = "it is not said whether a bidder can mend what this rule finds"
            yield problem_at(rule, ("effect",), message)


CHECK = Check(
    id="rules.curable_missing",
    severity=Severity.WARNING,
    title="A gate does not say whether it can be mended",
    finds="Gates without `curable`.",
    why=(
        "An offer that a gate bars is refused, or its bidder is asked to mend it: which of the two "
        "is for the author to say."
    ),
    wrong="""\
effect: gate
""",
    right="""\
effect: gate
curable: no
""",
    step="Write `curable: yes` where a bidder can mend it before signature, else `curable: no`.",
    look=gates_say_whether_they_can_be_mended,
)
