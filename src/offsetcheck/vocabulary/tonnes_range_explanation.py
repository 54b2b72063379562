"""How far comparable tonnes can lie apart, explained: by what was measured, and by choice."""

from offsetcheck.vocabulary.explained import Explained


class TonnesMeasured(Explained):
    """The range of measurement under one treatment, to first order and drawn at random.

    Tonnes stand as `low`, `central` and `high`, for the drawn ones led by `drawn`. `error` is the
    standard error as a share of the quantity; `agree` says whether both ranges are the same as far
    as chance lets it be told. `words` says the first, `drawn_words` the second.
    """

    treatment: str
    title: str
    low: float
    central: float
    high: float
    chance: float
    error: float
    drawn_low: float
    drawn_central: float
    drawn_high: float
    draws: int
    seed: int
    agree: bool
    words: str
    drawn_words: str
    agree_words: str


class TonnesRanges(Explained):
    """Both ranges of one offer: `measured` under each treatment that leaves nothing to choose.

    `policy_low` and `policy_high` are the tonnes over every choice, None where the offer does not
    state one number of tonnes. `left_out` are titles of steps that are open and counted in neither.
    """

    measured: tuple[TonnesMeasured, ...]
    policy_low: float | None
    policy_high: float | None
    left_out: tuple[str, ...]
    assumed: bool
    words: tuple[str, ...]
