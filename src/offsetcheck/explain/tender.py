"""All offers side by side: the purchase, the verdicts, the rules that tell offers apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from offsetcheck.engine.knowledge import known_by
from offsetcheck.explain.audit import audit, limits
from offsetcheck.explain.deciding_words import named
from offsetcheck.explain.finding import effect_rank
from offsetcheck.explain.places import Places, places_of, places_words
from offsetcheck.explain.readings import reading_lines
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import Wording, shorten_and_encode
from offsetcheck.ground.canonical import content_hash
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.city_explanation import CityPoint
from offsetcheck.vocabulary.explained import ProblemLine
from offsetcheck.vocabulary.explanation import CandidateExplanation, PurchaseExplanation
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.problem_groups import remarks_grouped
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.vocabulary.shown import grade_range
from offsetcheck.vocabulary.tender_explanation import (
    Cell,
    SameRow,
    SupplyLine,
    TenderExplanation,
    TenderOffer,
    TenderRow,
)

BEST_FIRST = tuple(reversed(Verdict))
MAY_BE_BOUGHT = frozenset({Verdict.ELIGIBLE.value, Verdict.ELIGIBLE_WITH_CONDITIONS.value})
STATUS_ORDER = tuple(Status)
FAR = 10_000  # answers: of offers that no list of answers decides
Rank = tuple[int, int, int, str, int, int]


@dataclass(frozen=True, slots=True)
class Supplied:
    """What is offered by verdict, beside what the purchase needs (None: it does not say)."""

    supply: tuple[SupplyLine, ...]
    need_tonnes: float | None
    need_words: str


def explain_tender(
    setting: Setting,
    purchase: PurchaseExplanation,
    offers: Sequence[CandidateExplanation],
    *,
    problems: Sequence[Problem] = (),
    readings: Sequence[Reading] = (),
    links: Mapping[str, str] | None = None,
    portfolio: Sequence[FindingLine] = (),
    city: Sequence[CityPoint] = (),
    offers_in: int | None = None,
    pages: Mapping[str, str] | None = None,
) -> TenderExplanation:
    """Return the whole list explained; `links` gives each offer's own report, by id.

    `portfolio` is what `explain_portfolio` returns, `city` what `city_points` returns, `readings`
    how each list was read; `offers_in` is how many offers were read, where not each became an
    explanation. `pages` are the addresses of pages beside this one, such as `award` and `claim`.
    """
    wording = setting.wording
    ordered = sorted(offers, key=place_of)
    differing, same = _rows(ordered, setting)
    supplied = supplied_by(setting, ordered)
    result = _result_hash(purchase, offers, portfolio)
    return TenderExplanation(
        language=wording.language,
        city=wording.city(),
        title=purchase.title,
        purchase=purchase,
        offers_in=len(offers) if offers_in is None else offers_in,
        verdicts_out=len(offers),
        supply=supplied.supply,
        need_tonnes=supplied.need_tonnes,
        need_words=supplied.need_words,
        offers=_offers(ordered, links or {}, setting),
        differing=differing,
        same=same,
        portfolio=tuple(portfolio),
        city_points=tuple(city),
        floor=setting.bound.city.floor,
        cuts=tuple(setting.bound.scheme.grades),
        links=tuple((pages or {}).items()),
        problems=tuple(problem_line(problem) for problem in remarks_grouped(problems)),
        readings=reading_lines(readings, wording),
        limits=limits(setting),
        audit=audit(setting, (), result),
    )


def supplied_by(setting: Setting, offers: Sequence[CandidateExplanation]) -> Supplied:
    """Return what offers come to by verdict, and what the purchase needs of it."""
    known = replace(setting.purchase, facts=known_by(setting.purchase.facts, setting.bound.as_of))
    need = known.value("tonnes")
    tonnes = float(need) if isinstance(need, (int, float)) else None
    supply = _supply(offers, setting)
    return Supplied(supply, tonnes, _need_words(tonnes, supply, setting))


def _result_hash(
    purchase: PurchaseExplanation,
    offers: Sequence[CandidateExplanation],
    portfolio: Sequence[FindingLine],
) -> str:
    """Return the hash of all that is concluded: of the purchase, each offer, and all together."""
    return content_hash(
        {
            "purchase": purchase.audit.result_hash,
            "offers": [[offer.offer.id, offer.audit.result_hash] for offer in offers],
            "portfolio": [[line.rule, line.outcome, line.state] for line in portfolio],
        }
    )


def problem_line(problem: Problem) -> ProblemLine:
    """Return a located problem of an input."""
    return ProblemLine(
        severity=problem.severity.value,
        place=shorten_and_encode(str(problem.place)),
        message=shorten_and_encode(problem.message),
        hint=shorten_and_encode(problem.hint) if problem.hint else None,
    )


def place_of(offer: CandidateExplanation) -> tuple[int | str, ...]:
    """Return what offers are ordered by: the rank, and among equals the id."""
    return (*_rank(offer), offer.offer.id)


def _rank(offer: CandidateExplanation) -> Rank:
    """Return verdict, then grade and integrity; value orders only offers of equal integrity.

    Of undecided offers the nearest stand first: those that the fewest answers would decide, of
    equally near ones those whose type is the better.
    """
    verdict = BEST_FIRST.index(Verdict(offer.verdict.verdict))
    value = offer.value.lower if offer.value.ranked and offer.value.lower else 0
    if offer.deciding is None:
        return verdict, 0, 0, offer.grade.lower, -offer.grade.lower_score, -value
    answers = len(offer.deciding.answers) or FAR
    return verdict, answers, -offer.grade.working, offer.grade.lower, 0, -value


def _offers(
    ordered: Sequence[CandidateExplanation], links: Mapping[str, str], setting: Setting
) -> tuple[TenderOffer, ...]:
    places = places_of([one for one in ordered if one.verdict.verdict in MAY_BE_BOUGHT])
    return tuple(
        _offer(offer, places.get(offer.offer.id), links.get(offer.offer.id), setting.wording)
        for offer in ordered
    )


def _offer(
    offer: CandidateExplanation,
    places: Places | None,
    report: str | None,
    wording: Wording,
) -> TenderOffer:
    grade, value = offer.grade, offer.value
    ends = None
    if value.lower is not None and value.upper is not None:
        ends = (value.lower, value.upper)
    return TenderOffer(
        id=offer.offer.id,
        name=offer.offer.name,
        verdict=offer.verdict,
        place=places[0] if places else None,
        place_words=places_words(places, wording) if places else "",
        grade=grade_range(grade.lower, grade.upper),
        integrity=(grade.lower_score, grade.upper_score),
        value=ends,
        completeness=offer.completeness,
        claim=offer.claim.words,
        tonnes=offer.offer.tonnes,
        tonnes_words=offer.offer.tonnes_words,
        price_words=offer.offer.price_words,
        reason=offer.reasons[0].short if offer.reasons else "",
        answers=len(offer.deciding.answers) if offer.deciding else None,
        answers_words=_answers_words(offer, wording),
        report=report,
    )


def _answers_words(offer: CandidateExplanation, wording: Wording) -> str | None:
    """Return what would decide an undecided offer in one line, or why nothing would."""
    if offer.deciding is None or not offer.deciding.answers:
        return offer.deciding.words if offer.deciding else None
    answers = offer.deciding.answers
    key = "deciding.count_one" if len(answers) == 1 else "deciding.count"
    return wording.word(key, count=len(answers), list=named(answers))


def _rows(
    ordered: Sequence[CandidateExplanation], setting: Setting
) -> tuple[tuple[TenderRow, ...], tuple[SameRow, ...]]:
    found = [{line.rule: line for line in offer.findings} for offer in ordered]
    differing, same = [], []
    for rule in setting.bound.candidate_rules:
        lines = [lines[rule.id] for lines in found if rule.id in lines]
        if not lines or rule.draft:
            continue
        if len({(line.status, line.status_words) for line in lines}) > 1:
            cells = tuple(Cell(status=x.status, words=_cell_words(x)) for x in lines)
            differing.append(
                TenderRow(
                    rule=rule.id,
                    code=rule.code,
                    title=setting.wording.rule_title(rule),
                    effect=rule.effect.value,
                    cells=cells,
                )
            )
        else:
            words = lines[0].status_words
            same.append(
                SameRow(
                    rule=rule.id,
                    code=rule.code,
                    title=setting.wording.rule_title(rule),
                    words=words,
                )
            )
    return tuple(sorted(differing, key=_worst_first)), tuple(same)


def _cell_words(line: FindingLine) -> str:
    if line.lower is None or line.status is Status.NOT_APPLICABLE:
        return line.status_words
    return grade_range(str(line.lower), str(line.upper))


def _worst_first(row: TenderRow) -> tuple[int, int, int]:
    places = [STATUS_ORDER.index(cell.status) for cell in row.cells]
    worst = min(places)
    return effect_rank(row.effect), worst, -places.count(worst)


def _supply(ordered: Sequence[CandidateExplanation], setting: Setting) -> tuple[SupplyLine, ...]:
    return tuple(_supply_of(verdict, ordered, setting) for verdict in BEST_FIRST)


def _supply_of(
    verdict: Verdict, ordered: Sequence[CandidateExplanation], setting: Setting
) -> SupplyLine:
    wording = setting.wording
    own = [offer.offer.tonnes for offer in ordered if offer.verdict.verdict == verdict.value]
    stated = [tonnes for tonnes in own if tonnes is not None]
    unstated = len(own) - len(stated)
    key = "tender.supply_unstated" if unstated else "tender.supply"
    tonnes = wording.tonnes(sum(stated))
    return SupplyLine(
        verdict=verdict.value,
        words=wording.word(f"verdict.{verdict.value}"),
        offers=len(own),
        tonnes=float(sum(stated)),
        unstated=unstated,
        tonnes_words=wording.word(key, tonnes=tonnes, unstated=unstated),
    )


def _need_words(need: float | None, supply: Sequence[SupplyLine], setting: Setting) -> str:
    wording = setting.wording
    eligible = wording.tonnes(
        next(line.tonnes for line in supply if line.verdict == Verdict.ELIGIBLE.value)
    )
    if need is None:
        return wording.word("tender.need_unstated", eligible=eligible)
    return wording.word("tender.need", need=wording.tonnes(need), eligible=eligible)
