"""What measurement leaves open of comparable tonnes, beside what policy leaves open.

A quantity was measured with a standard error. Propagated to first order, that error is the same
share of the tonnes behind every step, because steps multiply. Held against it are draws: a normal
distribution about the quantity, cut off below zero, because nobody can sell less than nothing.
Both agree where the error is small, and the drawn range is the better one where it is large.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from math import sqrt
from typing import TYPE_CHECKING

from offsetcheck.rulebook.tonnes.binding import BoundSteps
from offsetcheck.vocabulary.tonnes import (
    ComparableTonnes,
    Origin,
    Span,
    StepTaken,
    Treatment,
    Waterfall,
    hull,
)
from offsetcheck.vocabulary.tonnes_range import CHANCE, MULTIPLE, Measured, Ranges, Sampled

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

SEED, DRAWS = 1, 20_000
ENDS = ((1 - CHANCE) / 2, 0.5, (1 + CHANCE) / 2)
DENSITY = 0.103136  # of the normal distribution at the multiple, where its quantiles vary most
SLACK = 4.0  # standard errors of a drawn quantile: by chance alone one of 16,000 lies farther off


def ranges_of(steps: BoundSteps, made: ComparableTonnes, seed: int = SEED) -> Ranges | None:
    """Return both ranges of an offer; None where it states no tonnes.

    The standard error is the part that a step names as `standard_error`.
    """
    if made.offered is None:
        return None
    by_id = {one.step: one for fall in made.waterfalls for one in fall.steps}
    left_out = tuple(name for name, one in by_id.items() if not _is_settled(one))
    falls = [one for one in made.waterfalls if made.chosen in (None, one.treatment)]
    offered = made.offered.central
    if offered is None:
        return Ranges((), None, left_out)
    names = {one.file.id: one.file.standard_error for one in steps.steps}
    found = [one for one in by_id.values() if names.get(one.step)]
    error = _error(found, names)
    policy = hull([_by_policy(fall, offered) for fall in falls])
    measured = () if error is None else _measured(falls, offered, error, found[0].step, seed)
    assumed = any(used.origin is Origin.ASSUMED for one in found for used in one.inputs)
    return Ranges(tuple(measured), policy, left_out, assumed and error is not None)


def _is_settled(one: StepTaken) -> bool:
    """Whether only choices leave a step open."""
    return all(span.central is not None for span in _ways(one))


def _ways(one: StepTaken) -> list[Span]:
    return [option.factor for option in one.options] or [one.factor]


def _error(found: Sequence[StepTaken], names: dict[str, str | None]) -> float | None:
    """Return the standard error as a share of the quantity; None where it is not known."""
    for one in found:
        part = one.parts.get(names[one.step] or "")
        if part is not None and part.central is not None:
            return part.central
    return None


def _by_policy(fall: Waterfall, offered: float) -> Span:
    """Return the tonnes behind the settled steps of a treatment, over every way to choose."""
    settled = (hull(_ways(one)) for one in fall.steps if _is_settled(one))
    return reduce(Span.times, settled, Span(offered, offered))


def _measured(
    falls: Iterable[Waterfall], offered: float, error: float, by: str, seed: int
) -> list[Measured]:
    """Return the range under each treatment that leaves tonnes, and nothing else to choose."""
    found = []
    for fall in falls:
        others = [one for one in fall.steps if one.step != by and _is_settled(one)]
        factor = reduce(Span.times, (one.factor for one in others), Span(offered, offered))
        if factor.central:  # known, and something is left
            found.append(_range(fall.treatment, factor.central, error, seed))
    return found


def _range(treatment: Treatment, central: float, error: float, seed: int) -> Measured:
    first, drawn = first_order(central, error), sampled(central, error, seed)
    return Measured(treatment, central, error, first, drawn)


def first_order(central: float, error: float) -> Span:
    """Return the range of a quantity with a relative standard error, not below zero."""
    away = MULTIPLE * error * central
    return Span(max(central - away, 0.0), central + away)


def sampled(central: float, error: float, seed: int = SEED, draws: int = DRAWS) -> Sampled:
    """Return the range of a quantity by drawing it; the same seed gives the same numbers."""
    import numpy as np

    drawn = 1 + error * _normals(seed, draws)
    low, middle, high = (central * float(one) for one in np.quantile(drawn[drawn >= 0], ENDS))
    slack = SLACK * sqrt(ENDS[0] * ENDS[2] / draws) / DENSITY * error * central
    return Sampled(Span(low, high), middle, draws, seed, slack)


@lru_cache(maxsize=4)
def _normals(seed: int, draws: int) -> "NDArray[float64]":
    """Return numbers of the standard normal distribution.

    The generator is the one whose numbers are promised to stay as they are in every release.
    """
    import numpy as np

    return np.random.RandomState(seed).standard_normal(draws)
