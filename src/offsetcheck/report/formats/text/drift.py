"""A list on two days in lines."""

from collections.abc import Iterable, Iterator, Mapping

from offsetcheck.report.lines import part, wrapped
from offsetcheck.report.saying import say
from offsetcheck.report.signs import verdict_sign
from offsetcheck.vocabulary.comparison import DriftCause, DriftExplanation, DriftOffer

Words = Mapping[str, str]


def lines(explained: DriftExplanation, words: Words) -> Iterator[str]:
    """Yield how many offers changed, by which cause, one by one, and what changed in the rules."""
    days = {"since": explained.since, "until": explained.until}
    yield say(words, "drift.title", title=explained.city, **days)
    yield from wrapped(explained.purchase_words)
    yield explained.summary
    if explained.changed:
        turns = (f"  {turn.offers:6,}  {turn.words}" for turn in explained.turns)
        yield from part(words["drift.turns"], turns)
        yield from part(words["drift.causes"], _causes(explained.causes, words))
    if explained.grounds:
        title = f"{words['drift.grounds_title']}: {explained.on_other_grounds:,}"
        yield from part(title, _causes(explained.grounds, words))
    if explained.shown:
        offers = (line for offer in explained.shown for line in _offer(offer))
        yield from part(words["drift.offers"], offers)
    yield from wrapped(explained.limit_words, "  ")
    news = [line for text in explained.rules_words for line in wrapped(text, "  ")]
    yield from part(words["drift.rules"], news or ["  " + words["drift.rules_none"]])


def _causes(causes: Iterable[DriftCause], words: Words) -> Iterator[str]:
    for cause in causes:
        values = {"count": f"{cause.offers:,}", "examples": ", ".join(cause.examples)}
        yield from wrapped(say(words, "drift.count", title=cause.title, **values), "  ")
        for shift in cause.shifts:
            yield from wrapped(shift.words, "      ")


def _offer(offer: DriftOffer) -> Iterator[str]:
    yield from wrapped(f"{offer.id}  {offer.name}", "  ")
    before, after = (
        f"{verdict_sign(verdict.verdict)} {verdict.words}, {grade}"
        for verdict, grade in (
            (offer.before, offer.grade_before),
            (offer.after, offer.grade_after),
        )
    )
    yield f"      {before} → {after}"
    yield from wrapped(offer.words, "      ")
