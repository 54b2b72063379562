"""One rule in force in lines."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.report.values import change_words, source_words, value_words
from offsetcheck.vocabulary.rulebook_explanation import DatedValue, RuleExplanation

Words = Mapping[str, str]


def lines(explained: RuleExplanation, words: Words) -> Iterator[str]:
    """Yield a rule's words, logic, values with their sources, and changes."""
    yield f"{explained.code or ''} {explained.title}".strip()
    yield say(
        words,
        "text.rule_for",
        rule=explained.rule,
        city=explained.city,
        day=said_day(explained.as_of, words),
    )
    yield from wrapped(explained.why, further="")
    yield ""
    for label, text in _labelled(explained, words):
        if text:
            yield from wrapped(f"{label}: {text}")
    if explained.by_day:
        yield ""
        yield f"{words['site.values']}:"
    for value in explained.by_day:
        yield from wrapped(f"{value.since_words} · {value.setter_title} · {_set(value)}", "  ")


def _set(value: DatedValue) -> str:
    return f"{value.name}: {value.value}"


def _labelled(explained: RuleExplanation, words: Words) -> Iterator[tuple[str, str | None]]:
    yield words["report.dimension"], explained.dimension_title
    effect = (explained.effect_words, explained.consequence)
    yield words["report.effect"], ". ".join(filter(None, effect))
    yield words["text.if_unknown"], explained.if_unknown_words
    english = "" if explained.translated else f" [{words['report.english']}]"
    yield words["report.requires"], explained.requires + english
    yield from explained.expressions
    yield words["report.at_least"], explained.at_least
    yield words["report.condition"], explained.condition
    yield words["report.documents"], ", ".join(explained.documents)
    for value in explained.parameters:
        yield words["report.parameters"], f"{value_words(value, words)} [{value.parameter}]"
    for source in explained.sources:
        yield words["report.clause"], source_words(source)
    for change in explained.changes:
        yield words["report.changes"], change_words(change)
