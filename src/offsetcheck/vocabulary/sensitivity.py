"""How far answers hang on numbers that somebody chose: thresholds, weights, order of bidders."""

from offsetcheck.vocabulary.explained import Explained, Explanation


class SweepPoint(Explained):
    """One value tried: how many offers get another verdict, or another grade alone."""

    value: float
    words: str
    verdicts: int
    grades: int


class SweepLine(Explained):
    """One threshold or weight and all values tried, from the lowest up.

    `kind` is `value`, `weight` (of a rule in its dimension) or `dimension`. `step` is the least
    step tried. `knife_edge`: one step either way turns more than the share asked for.
    """

    kind: str
    rule: str | None
    name: str
    title: str
    what: str
    current: float
    current_words: str
    step: float
    applies: int
    points: tuple[SweepPoint, ...]
    most: int
    knife_edge: bool
    words: str


class BidderLine(Explained):
    """One offer over the draws of weights: its place, the best, the worst, how often it holds."""

    id: str
    name: str
    place: int
    best: int
    worst: int
    holds: int
    first: int
    words: str


class SensitivityExplanation(Explanation):
    """One list or tender, one city: what turns where numbers were others.

    `draws` is how many sets of weights were drawn around the scheme with `seed`; `order_holds` in
    how many the whole order of the bidders named stayed, `first_holds` in how many the first did.
    """

    kind: str = "sensitivity"
    city: str
    title: str
    source: str
    day: str
    offers: int
    seed: int
    draws: int
    knife_edge_share: float
    summary: str
    knife_words: str
    lines: tuple[SweepLine, ...]
    quiet_words: str
    order_words: str
    order_holds: int
    first_holds: int
    bidders: tuple[BidderLine, ...]
    reproduce: str
