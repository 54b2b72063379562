"""A tender since an earlier run, in lines."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import part, section, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.report.signs import verdict_sign
from offsetcheck.vocabulary.offer_change import OfferSince, SinceExplanation

Words = Mapping[str, str]


def lines(explained: SinceExplanation, words: Words) -> Iterator[str]:
    """Yield what changed in sum, then offer by offer, then what it comes to."""
    days = {
        "before": said_day(explained.before_day, words),
        "after": said_day(explained.after_day, words),
    }
    yield f"{explained.city}: {explained.title}"
    yield say(words, "since.heading", **days)
    yield ""
    yield from wrapped(explained.summary)
    yield from section(words["since.remarks"], explained.remarks)
    yield from section(words["since.the_purchase"], explained.purchase_changes)
    yield from section(words["since.common"], explained.common)
    if explained.offers:
        offers = (line for offer in explained.offers for line in _offer(offer, words))
        yield from part(words["since.offers"], offers)
    yield from section(words["since.added"], explained.added)
    yield from section(words["since.gone"], explained.gone)
    yield from section(words["since.unchanged"], [", ".join(explained.unchanged)])
    yield from part(words["since.money"], _money(explained, words))


def _offer(offer: OfferSince, words: Words) -> Iterator[str]:
    yield from wrapped(f"{verdict_sign(offer.after.verdict)} {offer.id}  {offer.name}", "  ")
    yield from wrapped(offer.words, "      ")
    for title, texts in (
        (words["since.answers"], offer.answered),
        (words["since.turned_rules"], tuple(line.words for line in offer.turned)),
        (words["since.asked"], offer.asked),
    ):
        if texts:
            yield f"      {title}:"
            for text in texts:
                yield from wrapped(f"- {text}", "        ", "  ")


def _money(explained: SinceExplanation, words: Words) -> Iterator[str]:
    for line in explained.money:
        yield f"  {line.words}"
        yield from wrapped(f"{words['since.before']}: {line.before}", "      ")
        yield from wrapped(f"{words['since.after']}: {line.after}", "      ")
