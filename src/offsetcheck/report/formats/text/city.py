"""A city's policy in lines."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import section, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.report.values import change_words, source_words, value_words
from offsetcheck.rulebook.rules.model import full_name
from offsetcheck.vocabulary.rulebook_explanation import CityExplanation

Words = Mapping[str, str]


def lines(explained: CityExplanation, words: Words) -> Iterator[str]:
    """Yield a city's floor, own values, changes, and what it has not decided."""
    yield f"{explained.city} ({explained.id}), {said_day(explained.as_of, words)}"
    for label, text in _labelled(explained, words):
        yield from wrapped(f"{label}: {text}")
    values = (
        f"{full_name(v.rule, v.parameter)}: {value_words(v, words)}" for v in explained.values
    )
    yield from section(words["text.values_set"], values)
    changed = (f"{change.rule}: {change_words(change)}" for change in explained.changed)
    yield from section(words["text.rules_changed"], changed)
    yield from section(words["report.left_out"], map(change_words, explained.left_out))
    yield from section(words["compare.unset"], explained.undecided)
    yield from section(words["report.notes"], explained.notes)


def _labelled(explained: CityExplanation, words: Words) -> Iterator[tuple[str, str]]:
    laws = ", ".join(explained.jurisdictions) or words["list.none"]
    yield words["report.jurisdictions"], laws
    yield (
        words["text.offsetting"],
        f"{words[f'policy.{explained.offsetting}']}, {words[f'policy.{explained.scope}']}",
    )
    yield words["text.speaks_of"], ", ".join(words[f"subject.{of}"] for of in explained.speaks_of)
    floor, source = explained.floor, source_words(explained.floor_source)
    yield words["compare.floor"], f"{floor} · {source}"
    if explained.screening:
        yield words["hangs.search"], explained.screening
    book = f"{explained.rulebook}, {explained.edition}"
    yield (
        words["report.rulebook"],
        say(words, "text.rules_in", rulebook=book, count=explained.rules),
    )
