"""Comparable tonnes of the offers of one input, explained: each step with what it rests on."""

from offsetcheck.vocabulary.explained import Explained, Explanation, SourceLine
from offsetcheck.vocabulary.tonnes_range_explanation import TonnesRanges


class BoundsLine(Explained):
    """A number with bounds: the lowest, the highest, and the number itself where it is known.

    A limit that nothing sets is None. `words` says all of it.
    """

    low: float | None
    central: float | None
    high: float | None
    words: str


class TonnesInput(Explained):
    """What a step read: what is known of it, and where from; `names` are the names behind it."""

    name: str
    title: str
    words: str
    origin: str
    origin_words: str
    names: tuple[str, ...]


class TonnesPart(Explained):
    """A named number of a step's formula, which stands in `formula` as its file writes it."""

    name: str
    title: str
    formula: str
    value: BoundsLine


class TonnesChoice(Explained):
    """A choice of policy: what was chosen, by whom; `options` is what could be, where nothing is.

    `value` is None where the city has not chosen.
    """

    parameter: str
    title: str
    value: str | None
    words: str
    layer: str | None
    options: tuple[str, ...] = ()


class TonnesOption(Explained):
    """One way in which a step's open choices can be made, and the factor that comes of it."""

    words: str
    factor: BoundsLine


class TonnesStep(Explained):
    """One step: its factor, the tonnes behind it, and what they rest on.

    `central` and `central_tonnes` stand half-way between what is stated in part and along the
    middle one of the ways to choose; None where an input is not stated at all.
    """

    step: str
    central: float | None = None
    central_tonnes: float | None = None
    title: str
    does: str
    open: str | None
    formula: str
    factor: BoundsLine
    tonnes: BoundsLine
    inputs: tuple[TonnesInput, ...]
    parts: tuple[TonnesPart, ...]
    options: tuple[TonnesOption, ...]
    assumed: tuple[str, ...]
    sources: tuple[SourceLine, ...]


class TonnesWaterfall(Explained):
    """All steps under one treatment of storage that can be lost, and what they come to.

    `central` are the tonnes half-way, as those of a step; `central_words` say so where that is not
    all that they can be.
    `price` is that of a comparable tonne under this treatment.
    """

    treatment: str
    title: str
    chosen: bool
    central: float | None = None
    central_words: str | None = None
    steps: tuple[TonnesStep, ...]
    comparable: BoundsLine
    price: BoundsLine | None = None


class TonnesOffer(Explained):
    """One offer: what it offers, what of it compares, and each way there.

    `offered` and `comparable` are None where it states no tonnes. `price` is the price of a
    comparable tonne in the currency of the offer, None where the offer states no price;
    `stated_price` is that of a tonne as it is offered. `ranges` say how far the tonnes can lie
    apart, None where there are none.
    """

    id: str
    ranges: TonnesRanges | None = None
    name: str
    offered: BoundsLine | None
    comparable: BoundsLine | None
    price: BoundsLine | None
    currency: str | None
    waterfalls: tuple[TonnesWaterfall, ...]
    stated_price: BoundsLine | None = None


class TonnesLines(Explained):
    """The comparable tonnes of one offer, as a report or an award view tells them.

    `words` say in one sentence what the tonnes come to, `remark` that no verdict rests on it.
    """

    words: str
    remark: str
    offer: TonnesOffer


class TonnesPlace(Explained):
    """The first and the last place that an offer can have; `words` says both.

    `number` is that of the offer in the list. `measure` is what it is ordered by. `shared` says
    that another has the same place for sure.
    """

    id: str
    number: int
    name: str
    first: int
    last: int
    shared: bool
    words: str
    measure: BoundsLine


class TonnesOrderColumn(Explained):
    """The order of offers under one treatment; `certain` says that each has one place."""

    treatment: str
    title: str
    short: str
    chosen: bool
    certain: bool
    places: tuple[TonnesPlace, ...]


class TonnesOrder(Explained):
    """How the order of offers changes over the treatments.

    `by` is `price` or `tonnes`, `words` say it; `told` says what the order shows; `apart` are the
    ids of offers that have no place. A page tells the first ones only: `placed` and `without` count
    all.
    """

    by: str
    words: str
    told: tuple[str, ...]
    columns: tuple[TonnesOrderColumn, ...]
    apart: tuple[str, ...]
    placed: int
    without: int


class TonnesExplanation(Explanation):
    """The comparable tonnes of offers; `single` says that one alone was asked for.

    `remark` says what they are not: they change no verdict. `count` is how many offers there are:
    a page holds the first ones only.
    """

    kind: str = "tonnes"
    title: str
    city: str
    as_of: str
    remark: str
    single: bool
    choices: tuple[TonnesChoice, ...]
    offers: tuple[TonnesOffer, ...]
    count: int
    order: TonnesOrder | None = None
    rulebook: str
    edition: str
    rules_hash: str
    input_hash: str | None
    reproduce: str
