from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.model import SaysEntry
from offsetcheck.vocabulary.problem import Problem, Severity


def what_is_wrong_is_said(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rules that say of an offer's fault what should be."""
    for rule in rulebook.rules.values():
        for language, says in rule.file.says.items():
            if says_the_ideal(rule, says):
                hint = "say what is wrong, not what should be"
                message = "what is wrong is said as what should be"
                yield problem_at(rule, ("says", language, "fails"), message, hint)


def says_the_ideal(rule: LoadedRule, says: SaysEntry) -> bool:
    """Whether a sentence on what is wrong repeats the title or the requirement."""
    ideal = (_bare(rule.file.title), _bare(says.requires))
    return says.fails is not None and _bare(says.fails) in ideal


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


CHECK = Check(
    id="words.fails_says_the_ideal",
    severity=Severity.WARNING,
    title="What is wrong is said as what should be",
    finds="Sentences under `fails` that repeat the title or the requirement.",
    why=("A bidder would read that his offer is as it should be, and that it is refused for it."),
    wrong="""\
title: The vintage is recent
says:
  en:
    fails: The vintage is recent.
""",
    right="""\
title: The vintage is recent
says:
  en:
    fails: The vintage is too old.
""",
    step="Say what is wrong.",
    look=what_is_wrong_is_said,
)
