from collections.abc import Iterator

from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem

ENGLISH = "en"  # every rule has it, and it stands in where a translation is missing


def rules_say_what_is_wrong(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rules whose cause a reader would be told by the title, which states the ideal."""
    for rule in rulebook.rules.values():
        if ENGLISH in rule.file.says and rule.file.says[ENGLISH].fails is None:
            hint = "add `fails:`, one sentence on what is wrong where the rule is not met"
            yield problem_at(rule, ("says", ENGLISH), "the rule does not say what is wrong", hint)
        yield from _no_sentences(rule)


def _no_sentences(rule: LoadedRule) -> Iterator[Problem]:
    title = _bare(rule.file.title)
    for language, says in rule.file.says.items():
        if says.fails is None:
            continue
        steps = ("says", language, "fails")
        if _bare(says.fails) in (title, _bare(says.requires)):
            hint = "say what is wrong, not what should be"
            yield problem_at(rule, steps, "what is wrong is said as what should be", hint)
        if not says.fails.rstrip().endswith("."):
            yield problem_at(rule, steps, "what is wrong is a sentence with a full stop")


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()
