"""A list of retirements, looked back on, in lines."""

from collections.abc import Iterable, Iterator, Mapping

from offsetcheck.report.lines import part, shortened, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.report.signs import verdict_sign
from offsetcheck.vocabulary.lookback import (
    LookbackExplanation,
    LookbackLot,
    LookbackSide,
    LookbackTotal,
    LookbackYear,
)

Words = Mapping[str, str]
LONGEST = 160  # characters of a reason; the page has them whole


def lines(explained: LookbackExplanation, words: Words) -> Iterator[str]:
    """Yield the totals by verdict and by year, then each lot with both verdicts and why."""
    yield say(words, "lookback.title", city=explained.city, day=said_day(explained.as_of, words))
    yield from wrapped(explained.list_words)
    yield f"{_counted(explained.lots, explained.tonnes, words)}."
    yield from wrapped(explained.basis_words)
    yield from part(words["lookback.totals"], _totals(explained.totals, words, "  "))
    yield from part(words["lookback.years"], _years(explained.years, words))
    lots = (line for lot in explained.shown for line in _lot(lot, words))
    yield from part(words["lookback.lots_title"], lots)
    yield from wrapped(explained.limit_words, "  ")


def _totals(totals: Iterable[LookbackTotal], words: Words, indent: str) -> Iterator[str]:
    for total in totals:
        yield f"{indent}{verdict_sign(total.verdict)} {total.words}"
        for title, lots, tonnes in (
            (words["lookback.then"], total.lots_then, total.tonnes_then),
            (words["lookback.now"], total.lots_now, total.tonnes_now),
        ):
            yield f"{indent}    {title}: {_counted(lots, tonnes, words)}"


def _years(years: Iterable[LookbackYear], words: Words) -> Iterator[str]:
    for year in years:
        yield f"  {year.words}: {_counted(year.lots, year.tonnes, words)}"
        yield from _totals(year.totals, words, "    ")


def _counted(lots: int, tonnes: float, words: Words) -> str:
    key = "lookback.one_lot" if lots == 1 else "lookback.lots"
    return say(words, key, lots=f"{lots:,}", tonnes=f"{tonnes:,.0f}")


def _lot(lot: LookbackLot, words: Words) -> Iterator[str]:
    when = f"{words['lookback.retired_on']} {lot.retired_words}"
    head = f"{lot.id}  {lot.name}, {words['lookback.vintage']} {lot.vintage}, {lot.tonnes_words}"
    yield from wrapped(f"{head}, {when}", "  ")
    same = lot.then is not None and lot.then.reasons == lot.now.reasons
    yield from _side(words["lookback.then"], lot.then, lot.then_words)
    yield from () if same else _reasons(lot.then)
    yield from _side(words["lookback.now"], lot.now, "")
    yield from _reasons(lot.now)
    yield from wrapped(lot.turned, "      ")


def _side(title: str, side: LookbackSide | None, absent: str) -> Iterator[str]:
    if side is None:
        yield f"      {title}: {absent}"
        return
    sign = verdict_sign(side.verdict.verdict)
    yield f"      {title}: {sign} {side.verdict.words}, {side.grade}"


def _reasons(side: LookbackSide | None) -> Iterator[str]:
    for reason in side.reasons if side else ():
        yield from wrapped(shortened(reason, LONGEST), "          ")
