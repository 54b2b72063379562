"""How far comparable tonnes can lie apart: by what was measured, and by what a city chooses."""

from dataclasses import dataclass

from offsetcheck.vocabulary.tonnes import Span, Treatment

CHANCE = 0.9
"""The chance with which a range of measurement holds the quantity."""
MULTIPLE = 1.645006
"""How many standard errors a range of that chance reaches to each side."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A range drawn at random: `draws` numbers from `seed`, of which none is below zero.

    `central` has as many of them below as above. `slack` is how far an end can lie off by the
    chance of drawing alone.
    """

    span: Span
    central: float
    draws: int
    seed: int
    slack: float


@dataclass(frozen=True, slots=True)
class Measured:
    """The range of an offer's tonnes by its stated uncertainty, under one treatment.

    `central` is the quantity as it was measured, behind all steps but the safety margin for its
    uncertainty; `error` is its standard error as a share. `first_order` is a multiple of that
    error to each side, not below zero.
    """

    treatment: Treatment
    central: float
    error: float
    first_order: Span
    sampled: Sampled

    @property
    def agree(self) -> bool:
        """Whether what was drawn is the range of first order, as far as chance lets it be told."""
        drawn, first, slack = self.sampled, self.first_order, self.sampled.slack
        ends = ((drawn.span.low, first.low), (drawn.span.high, first.high))
        return all(
            abs(one - other) <= slack for one, other in (*ends, (drawn.central, self.central))
        )


@dataclass(frozen=True, slots=True)
class Ranges:
    """Two ranges of one offer: of measurement under each treatment, and of policy alone.

    `measured` has no entry for a treatment in which the city has more to choose, or which leaves no
    tonnes. `policy` holds
    every way to choose, on the quantity as it was measured; None where nobody stated one number
    of tonnes. The steps `left_out` are open for want of an input and counted in neither: what they
    take off comes on top. `assumed`: the uncertainty is the city's assumption.
    """

    measured: tuple[Measured, ...]
    policy: Span | None
    left_out: tuple[str, ...] = ()
    assumed: bool = False
