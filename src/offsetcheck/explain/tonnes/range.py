"""The ranges of comparable tonnes in words: of measurement, and of policy alone."""

from collections.abc import Iterator

from offsetcheck.engine.tonnes_range import ranges_of
from offsetcheck.explain.quantity import number_words
from offsetcheck.explain.tonnes.texts import step_title
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.tonnes.binding import BoundSteps
from offsetcheck.vocabulary.tonnes import ComparableTonnes, Span, Waterfall
from offsetcheck.vocabulary.tonnes_range import CHANCE, Measured, Ranges
from offsetcheck.vocabulary.tonnes_range_explanation import TonnesMeasured, TonnesRanges

PLACES = 1  # of tonnes, as elsewhere
ERROR_PLACES = 4


def explain_ranges(
    steps: BoundSteps, made: ComparableTonnes, wording: Wording
) -> TonnesRanges | None:
    """Return the ranges of an offer, explained; None where it states no tonnes."""
    ranges = ranges_of(steps, made)
    if ranges is None:
        return None
    titles = {step.file.id: step_title(step.file, wording) for step in steps.steps}
    left_out = tuple(titles[name] for name in ranges.left_out)
    policy = ranges.policy
    return TonnesRanges(
        measured=tuple(_measured(one, wording) for one in ranges.measured),
        policy_low=None if policy is None else round(policy.low, PLACES),
        policy_high=None if policy is None else round(policy.high, PLACES),
        left_out=left_out,
        assumed=ranges.assumed,
        words=tuple(_words(ranges, left_out, wording)),
    )


def central_number(number: float | None, places: int) -> float | None:
    """Return a number half-way as it is shown, None for none."""
    return None if number is None else round(number, places) + 0.0


def central_words(fall: Waterfall, wording: Wording) -> str | None:
    """Return what is said of tonnes half-way; None where they are known, or half of nothing."""
    if fall.central is None or fall.comparable.central is not None:
        return None
    return wording.word("tonnes_range.middle", central=_number(fall.central, wording))


def _words(ranges: Ranges, left_out: tuple[str, ...], wording: Wording) -> Iterator[str]:
    if ranges.policy is None:
        yield wording.word("tonnes_range.no_number")
        return
    if ranges.policy.central is None:
        yield wording.word("tonnes_range.policy", **_ends(ranges.policy, wording))
    else:
        yield wording.word("tonnes_range.policy_settled")
    if not ranges.measured:
        yield wording.word("tonnes_range.not_measured")
    if ranges.assumed:
        yield wording.word("tonnes_range.assumed")
    if left_out:
        yield wording.word("tonnes_range.left_out", steps=", ".join(left_out))


def _measured(one: Measured, wording: Wording) -> TonnesMeasured:
    title = wording.word(f"tonnes.treatment.{one.treatment.value}")
    drawn, first = one.sampled, one.first_order
    central, half = (_number(each, wording) for each in (one.central, drawn.central))
    agree = "tonnes_range.agree" if one.agree else "tonnes_range.differ"
    return TonnesMeasured(
        treatment=one.treatment.value,
        title=title,
        low=round(first.low, PLACES),
        central=round(one.central, PLACES),
        high=round(first.high, PLACES),
        chance=CHANCE,
        error=round(one.error, ERROR_PLACES),
        drawn_low=round(drawn.span.low, PLACES),
        drawn_central=round(drawn.central, PLACES),
        drawn_high=round(drawn.span.high, PLACES),
        draws=drawn.draws,
        seed=drawn.seed,
        agree=one.agree,
        words=wording.word(
            "tonnes_range.measured",
            title=title,
            central=central,
            chance=wording.bare(round(100 * CHANCE)),
            error=number_words(round(100 * one.error, 1), wording.locale),
            **_ends(first, wording),
        ),
        drawn_words=wording.word(
            "tonnes_range.drawn",
            central=half,
            draws=wording.bare(drawn.draws),
            seed=str(drawn.seed),
            **_ends(drawn.span, wording),
        ),
        agree_words=wording.word(agree),
    )


def _ends(span: Span, wording: Wording) -> dict[str, str]:
    return {"low": _number(span.low, wording), "high": _number(span.high, wording)}


def _number(number: float, wording: Wording) -> str:
    return number_words(round(number, PLACES) + 0.0, wording.locale)
