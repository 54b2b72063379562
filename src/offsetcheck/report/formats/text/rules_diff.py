"""Two rulebooks compared, in lines."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import part, section, wrapped
from offsetcheck.report.saying import say
from offsetcheck.vocabulary.rules_diff import (
    ListEffect,
    MeaningGroup,
    MeaningLine,
    RulesDiffExplanation,
)

Words = Mapping[str, str]


def lines(explained: RulesDiffExplanation, words: Words) -> Iterator[str]:
    """Yield what changed in meaning, the errors of days past, and what it does to lists."""
    yield from wrapped(explained.title)
    yield explained.day_words
    yield explained.summary
    errors = (line for error in explained.errors for line in _error(error.place, error.message,
                                                                   error.hint))  # fmt: skip
    if explained.errors:
        yield from part(explained.errors_words, errors)
    for group in explained.groups:
        yield from part(group.title, _group(group))
    yield from section(words["rules_diff.texts_title"], explained.texts)
    for effect in explained.effects:
        title = say(words, "rules_diff.effect.title", source=effect.source, city=effect.city_words)
        yield from part(title, _effect(effect, words))


def _error(place: str, message: str, hint: str | None) -> Iterator[str]:
    yield from wrapped(f"{place}: {message}", "  ")
    if hint:
        yield from wrapped(hint, "      ")


def _group(group: MeaningGroup) -> Iterator[str]:
    title = None
    for change in group.changes:
        if change.title != title:
            title = change.title
            named = f" ({change.rule or change.layer})" if change.rule or change.layer else ""
            yield from wrapped(f"{title}{named}", "  ")
        yield from _change(change)


def _change(change: MeaningLine) -> Iterator[str]:
    yield from wrapped(change.words, "    ")
    said = " ".join(text for text in (change.when_words, change.reach_words) if text)
    yield from wrapped(said, "      ")
    if change.readers_words:
        yield from wrapped(change.readers_words, "      ")
    yield f"      {change.place}"


def _effect(effect: ListEffect, words: Words) -> Iterator[str]:
    yield from wrapped(effect.summary, "  ")
    if effect.tonnes_words and effect.turns:
        yield f"  {words['rules_diff.effect.tonnes']}: {effect.tonnes_words}"
    for turn in effect.turns:
        yield f"  {turn.offers:6,}  {turn.words}"
    for rule in effect.rules:
        values = {"verdicts": f"{rule.verdicts:,}", "offers": f"{rule.offers:,}"}
        named = say(words, "rules_diff.effect.line", title=rule.title, **values)
        yield from wrapped(named, "  ")
        yield from wrapped("; ".join(one.words for one in rule.outcomes), "      ")
        if rule.verdicts and rule.tonnes_words:
            yield f"      {words['rules_diff.effect.tonnes']}: {rule.tonnes_words}"
        if rule.examples:
            first = say(words, "rules_diff.effect.first", examples=", ".join(rule.examples))
            yield from wrapped(first, "      ")
    for offer in effect.shown:
        yield from wrapped(f"{offer.id}  {offer.name}", "  ")
        yield from wrapped(f"{offer.before} → {offer.after}: {offer.words}", "      ")
    yield from wrapped(effect.limit_words, "  ")
