"""All offers of a tender or list in lines: the purchase, then one line for each offer."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.formats.text.readings import readings
from offsetcheck.report.lines import numbered, part, section, wrapped
from offsetcheck.report.saying import said_day
from offsetcheck.report.signs import verdict_sign
from offsetcheck.vocabulary.tender_explanation import TenderExplanation, TenderOffer

MAX_NAME = 50  # characters of a project's name on its line


def lines(explained: TenderExplanation, words: Mapping[str, str]) -> Iterator[str]:
    """Yield the purchase's verdict with its reasons, need and supply, and the offers in order."""
    purchase = explained.purchase
    yield explained.title
    yield f"{explained.city}, {said_day(explained.audit.as_of, words)}"
    yield f"{words['report.purchase']}: {purchase.verdict.words}"
    if purchase.verdict.stamp:
        yield from wrapped(purchase.verdict.stamp)
    yield from numbered(words["report.reasons"], (reason.text for reason in purchase.reasons))
    actions = (f"{action.who_words}: {action.text}" for action in purchase.actions)
    yield from numbered(words["report.actions"], actions)
    yield from section(words["report.supply"], [explained.need_words])
    for line in explained.supply:
        yield f"  {verdict_sign(line.verdict)} {line.offers:4} {line.words}: {line.tonnes_words}"
    yield from part(words["report.offers"], map(_offer, explained.offers))
    yield from readings(explained.readings, words)
    problems = (f"{line.place}: {line.message}" for line in explained.problems)
    yield from section(words["report.problems"], problems)
    yield from section(words["report.limits"], explained.limits)


def _offer(offer: TenderOffer) -> str:
    verdict = offer.verdict
    name = offer.name if len(offer.name) <= MAX_NAME else f"{offer.name[: MAX_NAME - 1]}…"
    return (
        f"  {verdict_sign(verdict.verdict)} {verdict.words:28} {offer.grade:4} {offer.id:12} {name}"
    )
