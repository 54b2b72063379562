"""The kinds of words that a text about carbon credits can use, and how a sentence comes out."""

from enum import StrEnum


class ClaimKind(StrEnum):
    """What a word of a text says of the credits, or of whoever buys them.

    Those of `PLAIN` claim nothing by themselves: they tell what a sentence is about.
    """

    NEUTRALITY = "neutrality"
    NET_ZERO = "net_zero"
    OFFSET = "offset"
    WHOLE = "whole"
    REMOVAL = "removal"
    PERMANENCE = "permanence"
    EMISSION_FREE = "emission_free"
    POSITIVE = "positive"
    GUILT_FREE = "guilt_free"
    COMPARATIVE = "comparative"
    VAGUE = "vague"
    CERTIFIED = "certified"
    PRODUCT = "product"
    CONTRIBUTION = "contribution"
    RETIRED = "retired"
    CREDIT = "credit"


PLAIN = frozenset({ClaimKind.PRODUCT, ClaimKind.CONTRIBUTION, ClaimKind.RETIRED, ClaimKind.CREDIT})
BALANCE = frozenset({ClaimKind.NEUTRALITY, ClaimKind.NET_ZERO, ClaimKind.OFFSET})
"""Words that set credits against emissions."""


class Said(StrEnum):
    """How a sentence comes out, the worst last."""

    OK = "ok"
    MORE_THAN_KNOWN = "more_than_known"
    NOT_ALLOWED = "not_allowed"
