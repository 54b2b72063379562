"""Comparable tonnes in lines: all offers in a few, one offer with every step."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.report.lines import part, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.vocabulary.tonnes_explanation import (
    TonnesChoice,
    TonnesExplanation,
    TonnesOffer,
    TonnesOrder,
    TonnesStep,
    TonnesWaterfall,
)
from offsetcheck.vocabulary.tonnes_range_explanation import TonnesRanges

Words = Mapping[str, str]


def lines(explained: TonnesExplanation, words: Words) -> Iterator[str]:
    """Yield what the city chooses, then each offer with what it comes to under each treatment."""
    yield f"{explained.title}  {explained.city}, {said_day(explained.as_of, words)}"
    yield from wrapped(explained.remark)
    yield from part(words["tonnes.choices"], choice_lines(explained.choices, words))
    if explained.single:
        for offer in explained.offers:
            yield from _whole(offer, words)
        return
    yield from part(words["tonnes.offers"], _short(explained.offers, words))
    if explained.order is not None:
        yield from part(words["tonnes.page.order"], _order(explained.order, words))


def choice_lines(choices: Sequence[TonnesChoice], words: Words) -> Iterator[str]:
    """Yield each choice of policy with who made it, or with what it could be."""
    for one in choices:
        key = "tonnes.choice" if one.layer is None else "tonnes.choice_by"
        layer = one.layer or ""
        yield from wrapped(say(words, key, title=one.title, words=one.words, layer=layer), "  ")
        if one.options:
            options = "; ".join(one.options)
            yield from wrapped(say(words, "tonnes.could_be", options=options), "    ")


def _short(offers: Sequence[TonnesOffer], words: Words) -> Iterator[str]:
    for offer in offers:
        yield from wrapped(_head(offer, words), "  ")
        yield from _price(offer, words, "    ")
        for fall in offer.waterfalls:
            yield from wrapped(_fall(fall, words), "    ")


def _order(order: TonnesOrder, words: Words) -> Iterator[str]:
    """Yield the place of each offer under each treatment, with what it is ordered by."""
    for said in (order.words, *order.told):
        yield from wrapped(said, "  ")
    for column in order.columns:
        yield from wrapped(column.title, "  ")
        for one in column.places:
            place, measure = one.words, one.measure.words
            said = say(words, "tonnes.placed", place=place, id=one.id, measure=measure)
            yield from wrapped(said, "    ")
    if order.apart:
        ids = ", ".join(order.apart)
        yield from wrapped(say(words, "tonnes.page.order_apart", ids=ids), "  ")


def _head(offer: TonnesOffer, words: Words) -> str:
    if offer.offered is None or offer.comparable is None:
        return say(words, "tonnes.line_none", id=offer.id)
    offered, comparable = offer.offered.words, offer.comparable.words
    return say(words, "tonnes.line", id=offer.id, offered=offered, comparable=comparable)


def _price(offer: TonnesOffer, words: Words, indent: str) -> Iterator[str]:
    if offer.price is not None:
        said = say(words, "tonnes.priced", price=offer.price.words)
        yield from wrapped(said.rstrip(), indent)


def _fall(fall: TonnesWaterfall, words: Words) -> str:
    key = "tonnes.under_chosen" if fall.chosen else "tonnes.under"
    return say(words, key, title=fall.title, comparable=fall.comparable.words)


def _whole(offer: TonnesOffer, words: Words) -> Iterator[str]:
    """Yield one offer: each waterfall in short, then each step once with what it rests on."""
    yield ""
    yield from wrapped(say(words, "tonnes.offer", id=offer.id, name=offer.name))
    yield from wrapped(_head(offer, words), "  ")
    yield from _price(offer, words, "  ")
    for fall in offer.waterfalls:
        yield from part(_fall(fall, words), _steps(offer, fall, words))
    if offer.ranges is not None:
        yield from part(words["tonnes_range.heading"], _ranges(offer.ranges))
    told: set[str] = set()
    for fall in offer.waterfalls:
        for step in fall.steps:
            if step.step not in told:
                told.add(step.step)
                yield from part(step.title, step_lines(step, words))


def _steps(offer: TonnesOffer, fall: TonnesWaterfall, words: Words) -> Iterator[str]:
    if offer.offered is not None:
        yield f"  {say(words, 'tonnes.offered', offered=offer.offered.words)}"
    for step in fall.steps:
        factor, tonnes = step.factor.words, step.tonnes.words
        said = say(words, "tonnes.step", factor=factor, title=step.title, tonnes=tonnes)
        yield from wrapped(said, "  ")
    if fall.central_words is not None:
        yield from wrapped(fall.central_words, "  ")


def _ranges(ranges: TonnesRanges) -> Iterator[str]:
    """Yield what measurement leaves open under each treatment, then what choice leaves open."""
    for one in ranges.measured:
        yield from wrapped(one.words, "  ")
        yield from wrapped(f"{one.drawn_words} {one.agree_words}", "    ")
    for said in ranges.words:
        yield from wrapped(said, "  ")


def step_lines(step: TonnesStep, words: Words) -> Iterator[str]:
    """Yield what a step does and rests on: inputs, named numbers, choices, formula, sources."""
    yield from wrapped(step.does, "  ")
    for one in step.inputs:
        said = say(words, "tonnes.input", title=one.title, words=one.words, origin=one.origin_words)
        yield from wrapped(said, "    ")
        if one.contradicts is not None:
            yield from wrapped(one.contradicts, "      ")
    for named in step.parts:
        said = say(words, "tonnes.part", title=named.title, value=named.value.words)
        yield from wrapped(said, "    ")
    for option in step.options:
        said = say(words, "tonnes.option", words=option.words, factor=option.factor.words)
        yield from wrapped(said, "    ")
    yield from wrapped(say(words, "tonnes.formula", formula=step.formula), "    ")
    for cited in step.sources:
        said = say(words, "tonnes.source", words=cited.words, standing=cited.standing_words)
        yield from wrapped(said, "    ")
    if step.assumed:
        yield from wrapped(words["tonnes.assumed"], "  ")
    if step.open:
        yield from wrapped(step.open, "  ")
