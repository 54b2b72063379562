from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def what_is_wrong_is_a_sentence(rulebook: Rulebook) -> Iterator[Problem]:
    """Find sentences on what is wrong that do not end in a full stop."""
    for rule in rulebook.rules.values():
        for language, says in rule.file.says.items():
            if says.fails is not None and not says.fails.rstrip().endswith("."):
                message = "what is wrong is a sentence with a full stop"
                yield problem_at(rule, ("says", language, "fails"), message)


CHECK = Check(
    id="words.fails_without_full_stop",
    severity=Severity.WARNING,
    title="What is wrong does not end in a full stop",
    finds="Texts under `fails` without a full stop at their end.",
    why="Letters put several of them one after the other.",
    wrong="""\
fails: "The vintage is too old"
""",
    right="""\
fails: "The vintage is too old."
""",
    step="End the sentence with a full stop.",
    look=what_is_wrong_is_a_sentence,
)
