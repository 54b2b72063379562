"""The outputs apart: integrity with bounds and cuts, dimensions, value, completeness."""

from collections.abc import Mapping, Sequence

from offsetcheck.explain.deciding import open_points
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import DimensionScheme
from offsetcheck.vocabulary.assessment import (
    Assessment,
    Bounds,
    Ceiling,
    Completeness,
    DimensionScore,
)
from offsetcheck.vocabulary.explanation import (
    CeilingLine,
    CompletenessLine,
    CostLine,
    DimensionLine,
    GradeLine,
    ValueLine,
)
from offsetcheck.vocabulary.finding_explanation import FindingLine

POINTS_NAMED = 5
BEST = 5000
ROUNDING = 10


def grade_line(assessment: Assessment, lines: Sequence[FindingLine], wording: Wording) -> GradeLine:
    """Return the integrity grade with bounds, floor, ceilings and the distance to the next cut."""
    bound, bounds = wording.bound, assessment.integrity
    fails = {line.rule: line.fails for line in lines if line.fails}
    cuts = bound.scheme.grades
    above = [(letter, cut) for letter, cut in cuts if cut > bounds.lower]
    return GradeLine(
        lower=assessment.grade_lower,
        upper=assessment.grade_upper,
        lower_score=bounds.lower,
        upper_score=bounds.upper,
        working=assessment.integrity_working,
        floor=bound.city.floor,
        floor_standing=wording.word(f"standing.{bound.city.floor_source.standing.value}"),
        cuts=tuple(cuts),
        to_next_cut=above[-1][1] - bounds.lower if above else None,
        words=_range_words(assessment, wording),
        next_cut_words=_next_cut_words(bounds, above, wording),
        floor_words=_floor_words(bounds, wording),
        open_words=_open_words(assessment, wording),
        typical_words=_typical_words(assessment, wording),
        ceilings=tuple(_ceiling(c, bounds, fails, wording) for c in assessment.ceilings),
    )


def dimension_lines(assessment: Assessment, wording: Wording) -> tuple[DimensionLine, ...]:
    """Return the dimensions in the order of the guide."""
    schemes = {d.id: d for d in wording.bound.scheme.dimensions}
    applying = [d for d in assessment.dimensions if d.completeness.total or d.bounds]
    absent = [
        d
        for d in assessment.dimensions
        if d not in applying and schemes[d.dimension].integrity_weight
    ]
    order = list(schemes)
    shown = sorted((*applying, *absent), key=lambda d: order.index(d.dimension))
    return tuple(_dimension(d, schemes[d.dimension], wording) for d in shown)


def cost_lines(assessment: Assessment, wording: Wording) -> tuple[CostLine, ...]:
    """Return what each dimension takes from the highest score, the costliest first.

    Together with what ceilings and caps take beyond the mean they come to what the score lacks.
    """
    schemes = [d for d in wording.bound.scheme.dimensions if d.integrity_weight]
    bounds = {d.dimension: d.bounds for d in assessment.dimensions}
    whole = sum(d.integrity_weight or 0 for d in schemes)
    lines = []
    for scheme in schemes:
        own = bounds.get(scheme.id)
        if own is not None:
            share = (scheme.integrity_weight or 0) / whole
            least, most = (round(share * (BEST - score)) for score in (own.upper, own.lower))
            lines.append(_cost(scheme.id, wording.dimension(scheme.id), least, most, wording))
    lines.sort(key=lambda line: (-line.most, -line.least))
    lost = assessment.integrity
    least = max(BEST - lost.upper - sum(line.least for line in lines), 0)
    most = max(BEST - lost.lower - sum(line.most for line in lines), 0)
    # What is less than a hundredth of a point is rounding, not a ceiling.
    if max(least, most) > ROUNDING:
        ends = min(least, most), max(least, most)
        lines.append(_cost(None, wording.word("pages.cost_ceiling"), *ends, wording))
    return tuple(lines)


def _cost(dimension: str | None, title: str, least: int, most: int, wording: Wording) -> CostLine:
    key = "pages.cost_one" if least == most else "pages.cost"
    said = {"least": wording.score(least), "most": wording.score(most)}
    words = wording.word(key, title=title, **said)
    return CostLine(dimension=dimension, title=title, least=least, most=most, words=words)


def value_line(assessment: Assessment, wording: Wording) -> ValueLine:
    """Return the value score, and whether offers may be ordered by it."""
    part, bounds = assessment.value_completeness, assessment.value
    least = wording.bound.scheme.value_ranked_from
    ranked = bounds is not None and part.total > 0 and 100 * part.settled >= least * part.total
    words = wording.word("value.absent")
    if bounds is not None:
        words = _bounds_words("value.range", bounds, wording)
    if bounds is not None and not ranked:
        percent = wording.percent(least / 100)
        words = wording.word("value.unranked", range=words, percent=percent)
    return ValueLine(
        lower=bounds.lower if bounds else None,
        upper=bounds.upper if bounds else None,
        settled=part.settled,
        total=part.total,
        ranked=ranked,
        words=words,
    )


def completeness_line(part: Completeness, wording: Wording) -> CompletenessLine:
    """Return how much is settled; rounded down, so that 100 % means all."""
    percent = 100 * part.settled // part.total if part.total else 100
    words = wording.word("completeness.words", percent=wording.percent(percent / 100))
    return CompletenessLine(settled=part.settled, total=part.total, words=words)


def open_titles(assessment: Assessment, wording: Wording) -> str:
    """Return the names of the points that keep the grade open, at most five of them."""
    bound = wording.bound
    titles = [wording.rule_title(bound.rules[f.rule]) for f in open_points(assessment, bound)]
    more = f" (+{len(titles) - POINTS_NAMED})" if len(titles) > POINTS_NAMED else ""
    return "; ".join(titles[:POINTS_NAMED]) + more


def _range_words(assessment: Assessment, wording: Wording) -> str:
    bounds = assessment.integrity
    key = "grade.range"
    if assessment.grade_lower == assessment.grade_upper:
        key = "grade.exact" if bounds.lower == bounds.upper else "grade.one"
    values = {
        "lower": assessment.grade_lower,
        "upper": assessment.grade_upper,
        "from": wording.score(bounds.lower),
        "to": wording.score(bounds.upper),
    }
    return wording.word(key, **values)


def _next_cut_words(bounds: Bounds, above: list[tuple[str, int]], wording: Wording) -> str:
    if not above:
        return wording.word("grade.top")
    letter, cut = above[-1]
    # Of the score as it is shown, so that both add up to the cut that is shown.
    distance = wording.score(cut - wording.shown_score(bounds.lower))
    key = "grade.next" if bounds.lower == bounds.upper else "grade.next_lower"
    return wording.word(key, distance=distance, letter=letter, cut=wording.score(cut))


def _floor_words(bounds: Bounds, wording: Wording) -> str:
    floor = wording.bound.city.floor
    cut = wording.bound.scheme.cut(floor)
    if bounds.lower >= cut:
        return wording.word("grade.floor_reached", floor=floor)
    key = "grade.floor_below" if bounds.upper < cut else "grade.floor_open"
    return wording.word(key, floor=floor)


def _open_words(assessment: Assessment, wording: Wording) -> str | None:
    """Return both ends and what lies between them, where it can still only better a sure grade.

    Below the floor the points are a reason of the open offer, and move no refusal.
    """
    bounds = assessment.integrity
    points = open_titles(assessment, wording)
    sure = bounds.lower >= wording.bound.scheme.cut(wording.bound.city.floor)
    if bounds.lower == bounds.upper or not points or not sure:
        return None
    ends = {"from": wording.score(bounds.lower), "to": wording.score(bounds.upper)}
    return wording.word("grade.open", points=points, **ends)


def _typical_words(assessment: Assessment, wording: Wording) -> str | None:
    """Return the grade that is typical for the type, where that stands in for what is unknown."""
    count = sum(finding.typical is not None for finding in assessment.findings)
    if not count:
        return None
    working = assessment.integrity_working
    return wording.counted(
        "grade.typical",
        count,
        grade=wording.bound.scheme.grade(working),
        score=wording.score(working),
    )


def _ceiling(
    ceiling: Ceiling, integrity: Bounds, fails: Mapping[str, str], wording: Wording
) -> CeilingLine:
    rule = wording.bound.rules.get(ceiling.source)
    at_most = min(ceiling.bounds.lower, 5000)
    key = "grade.ceiling_idle"
    if ceiling.binds:
        sure = ceiling.bounds.upper <= integrity.upper
        key = "grade.ceiling_binds" if sure else "grade.ceiling_could"
    value = ceiling.bounds.upper if key == "grade.ceiling_binds" else at_most
    words = wording.word(key, value=wording.score(value))
    if ceiling.binds and ceiling.source in fails:
        words = wording.word("grade.ceiling_fails", words=words, fails=fails[ceiling.source])
    return CeilingLine(
        source=ceiling.source,
        title=wording.rule_title(rule) if rule else wording.dimension(ceiling.source),
        lower=ceiling.bounds.lower,
        upper=ceiling.bounds.upper,
        binds=ceiling.binds,
        words=words,
    )


def _dimension(score: DimensionScore, scheme: DimensionScheme, wording: Wording) -> DimensionLine:
    part = "value" if scheme.value_weight else "requirements"
    part = "integrity" if scheme.integrity_weight else part
    words = wording.word("dimension.absent")
    if score.bounds:
        words = _bounds_words("dimension.range", score.bounds, wording)
    elif score.completeness.total:
        words = wording.word("dimension.requirements")
    return DimensionLine(
        dimension=score.dimension,
        title=wording.dimension(scheme.id),
        part=wording.word(f"part.{part}"),
        lower=score.bounds.lower if score.bounds else None,
        upper=score.bounds.upper if score.bounds else None,
        settled=score.completeness.settled,
        total=score.completeness.total,
        words=words,
    )


def _bounds_words(key: str, bounds: Bounds, wording: Wording) -> str:
    ends = {"from": wording.score(bounds.lower), "to": wording.score(bounds.upper)}
    key = "dimension.one" if bounds.lower == bounds.upper else key
    return wording.word(key, **ends)
