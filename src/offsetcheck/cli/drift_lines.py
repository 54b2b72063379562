"""A drift as lines of text for a terminal."""

from collections.abc import Iterable, Iterator

from offsetcheck.cli.compare_lines import wrapped
from offsetcheck.difference.phrases import Speech
from offsetcheck.vocabulary.comparison import DriftCause, DriftExplanation, DriftOffer


def drift_lines(made: DriftExplanation, speech: Speech) -> Iterator[str]:
    """Yield how many offers changed, by which cause, one by one, and what changed in the rules."""
    said = {"title": made.city, "since": made.since, "until": made.until}
    yield speech.say("drift.title", **said)
    yield from wrapped(made.purchase_words, "")
    yield made.summary
    if made.changed:
        turns = (f"  {turn.offers:6,}  {turn.words}" for turn in made.turns)
        yield from _part(speech.say("drift.turns"), turns)
        yield from _part(speech.say("drift.causes"), _causes(made.causes, speech))
    if made.grounds:
        title = speech.say("drift.grounds_title")
        count = speech.say("drift.grounds_count", count=f"{made.on_other_grounds:,}")
        yield from _part(f"{title}: {count}", _causes(made.grounds, speech))
    if made.shown:
        offers = (line for offer in made.shown for line in _offer(offer))
        yield from _part(speech.say("drift.offers"), offers)
    yield from wrapped(made.limit_words, "  ")
    news = [line for words in made.rules_words for line in wrapped(words, "  ")]
    yield from _part(speech.say("drift.rules"), news or ["  " + speech.say("drift.rules_none")])


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from lines


def _causes(causes: Iterable[DriftCause], speech: Speech) -> Iterator[str]:
    for cause in causes:
        examples = ", ".join(cause.examples)
        words = speech.say(
            "drift.count", title=cause.title, count=f"{cause.offers:,}", examples=examples
        )
        yield from wrapped(words, "  ")
        for shift in cause.shifts:
            yield from wrapped(shift.words, "      ")


def _offer(offer: DriftOffer) -> Iterator[str]:
    yield from wrapped(f"{offer.id}  {offer.name}", "  ")
    yield (
        f"      {offer.before.words}, {offer.grade_before} → "
        f"{offer.after.words}, {offer.grade_after}"
    )
    yield from wrapped(offer.words, "      ")
