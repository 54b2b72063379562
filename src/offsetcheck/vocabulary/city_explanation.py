"""What the city itself has yet to decide about a list of offers, and what each point would turn."""

from enum import StrEnum

from offsetcheck.vocabulary.explained import Explained


class PointKind(StrEnum):
    """What is open: a value of the policy, a fact, a signature, a search, a rate."""

    VALUE = "value"
    FACT = "fact"
    REVIEW = "review"
    SEARCH = "search"
    RATE = "rate"


class Turn(Explained):
    """One offer that a decision would turn: the verdict and grade that the engine then concludes.

    `offer` is None where the verdict on the purchase turns.
    """

    offer: str | None
    verdict: str
    grade: str | None
    words: str


class Way(Explained):
    """One way to settle a point, and all that it would turn; `words` say both."""

    settled: str
    turns: tuple[Turn, ...]
    words: str


class CityPoint(Explained):
    """One thing that the city has yet to decide; `words` is a sentence that can be sent as it is.

    `offers` are the ids of the offers that it concerns. `ways` are empty where it cannot be tried.
    `effect` says what each way turns, or that no offer turns on it.
    """

    kind: PointKind
    name: str
    rule: str | None
    title: str
    words: str
    offers: tuple[str, ...]
    concerns: str
    ways: tuple[Way, ...]
    effect: str
