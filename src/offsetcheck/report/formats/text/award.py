"""The award view in lines: in short, supply, sets with what holds them, and what is apart."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import part, section, wrapped
from offsetcheck.report.saying import said_day
from offsetcheck.report.signs import verdict_sign
from offsetcheck.vocabulary.award import AwardExplanation, AwardSetLine

Words = Mapping[str, str]
MAX_NAME = 40
TOLD = frozenset({"lots", "weights"})  # told also where the purchase states none


def lines(explained: AwardExplanation, words: Words) -> Iterator[str]:
    """Yield the whole view; the longest lists are those of the page."""
    yield explained.title
    yield f"{explained.city}, {said_day(explained.audit.as_of, words)}"
    yield from section(words["award.summary"], explained.summary)
    yield from part(words["award.supply"], _supply(explained))
    for title, sets in (
        (words["award.sets"], explained.sets),
        (words["award.sets_with_conditions"], explained.with_conditions),
    ):
        for made in sets:
            yield from part(f"{title}: {made.title}", _set(made, words))
    yield from section(words["award.changes"], explained.changes)
    yield from section(words["award.relax"], explained.relax)
    if explained.offers:
        yield from part(words["award.offers"], _offers(explained))
    yield from section(words["award.grades"], _grades(explained, words))
    apart = (f"{line.id}: {line.words}" for line in explained.apart)
    yield from section(words["award.apart"], apart)
    undecided = (
        f"{line.id}: {line.tonnes_words}, {line.price_words}. {line.words}"
        for line in explained.undecided
    )
    yield from section(words["award.undecided"], undecided)
    if explained.compared:
        yield from section(words["tonnes.heading"], [explained.compared, *_compared(explained)])
    yield from section(words["award.limits"], _limits(explained))
    yield from section(words["award.notes"], (*explained.notes, explained.refused_words))


def _supply(explained: AwardExplanation) -> Iterator[str]:
    for line in explained.supply:
        words = f"{line.title}: {line.words} {line.need_words} {line.budget_words}"
        yield from wrapped(words, "  ")


def _set(made: AwardSetLine, words: Words) -> Iterator[str]:
    yield from wrapped(made.how, "  ")
    if made.same:
        yield from wrapped(words["award.also"], "  ")
        return
    yield from wrapped(made.words, "  ")
    if made.shortfall:
        yield from wrapped(made.shortfall, "  ")
    for lot in made.lots:
        name = lot.name if len(lot.name) <= MAX_NAME else f"{lot.name[: MAX_NAME - 1]}…"
        yield f"  {lot.tonnes_words:>18}  {lot.price_words:>14}  {lot.grade}  {lot.id:12} {name}"
    yield from wrapped("; ".join(f"{title}: {share}" for title, share in made.shares), "  ")
    yield from wrapped(made.proof, "  ")
    yield from section(words["award.holds"], made.holds or (made.holds_words,), "    ")
    if made.contested:
        yield from wrapped(made.contested, "  ")
    reserve = (f"{number}. {x.id}: {x.words}" for number, x in enumerate(made.reserve, 1))
    yield from section(words["award.reserve"], reserve, "    ")


def _offers(explained: AwardExplanation) -> Iterator[str]:
    for line in explained.offers:
        sign = verdict_sign(line.verdict.verdict)
        numbers = f"{line.tonnes_words:>18} {line.price_words:>14} {line.integrity_words:>12}"
        yield f"  {sign} {line.place_words:16} {numbers}  {line.id}"
        if line.open_words:
            yield from wrapped(line.open_words, "      ")


def _compared(explained: AwardExplanation) -> Iterator[str]:
    """Yield what the tonnes of each offer come to, of one that is undecided too."""
    for line in (*explained.offers, *explained.undecided):
        if line.comparable is not None:
            yield f"{line.id}: {line.comparable.words}"


def _grades(explained: AwardExplanation, words: Words) -> Iterator[str]:
    for line in explained.grades:
        numbers = {
            words["award.lowest"]: line.lowest_words,
            words["award.mean"]: line.mean_words,
            words["award.per_point"]: line.point_words,
        }
        said = "; ".join(f"{title} {value}" for title, value in numbers.items())
        yield f"{line.grade}: {line.tonnes_words}; {said}"


def _limits(explained: AwardExplanation) -> Iterator[str | None]:
    told = (line for line in explained.limits if line.stated or line.name in TOLD)
    yield from (f"{line.title}: {line.value}" for line in told)
    yield explained.unlimited
