"""Retired lots judged twice: by the rules of the day of each retirement, and by today's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from offsetcheck.difference.day_offers import offer_line
from offsetcheck.difference.narrator import DriftNarrator
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.terms import AssessmentUnder, Terms, assess_under
from offsetcheck.difference.trace import trace
from offsetcheck.explain.audit import audit
from offsetcheck.explain.purchase import purchase_title
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.verdict_reasons import verdict_reasons
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.ground.canonical import content_hash
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explained import Audit
from offsetcheck.vocabulary.explanation import VerdictLine
from offsetcheck.vocabulary.lookback import (
    LookbackExplanation,
    LookbackLot,
    LookbackSide,
    LookbackTotal,
    LookbackYear,
)
from offsetcheck.vocabulary.shown import grade_range
from offsetcheck.vocabulary.table import CandidateTable

ORDER = (
    Verdict.NOT_ELIGIBLE,
    Verdict.UNDECIDED,
    Verdict.ELIGIBLE_WITH_CONDITIONS,
    Verdict.ELIGIBLE,
)


@dataclass(frozen=True, slots=True)
class Bought:
    """Lots that were retired: one row of the table each, with its day and its tonnes."""

    table: CandidateTable
    days: Sequence[date | None]
    tonnes: Sequence[float]


@dataclass(frozen=True, slots=True)
class Views:
    """Today's rules, and those of each day on which any were in force; all for one city.

    `now` has today's rules with a purchase of each year, `then` those of a day with a purchase of
    its own year: the year of the claim is that of the retirement on both sides. `today` is `now` of
    the present year, for what is not stated to have a day.
    """

    rulebook: Rulebook
    today: Setting
    now: Mapping[int, Setting]
    then: Mapping[date, Setting]
    list_words: str

    def now_of(self, day: date | None) -> Setting:
        """Return today's rules for units that were retired on a day."""
        return self.today if day is None else self.now[day.year]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One lot, judged on both sides."""

    row: int
    candidate: Candidate
    then: AssessmentUnder | None
    now: AssessmentUnder


def look_back(bought: Bought, views: Views, shown: int) -> LookbackExplanation:
    """Return what was bought, by verdict and year, and the first `shown` lots with their reasons.

    Facts are those known today on both sides: what differs is the rules, the values of the city and
    the tables that were in force.
    """
    teller = _Teller(views)
    seen = [_seen(bought, views, row) for row in range(len(bought.table))]
    lots = tuple(
        teller.lot(one, bought, explained=number < shown) for number, one in enumerate(seen)
    )
    speech = teller.speech
    return LookbackExplanation(
        language=views.today.wording.language,
        city=views.today.wording.city(),
        title=purchase_title(views.today),
        as_of=views.today.bound.as_of.isoformat(),
        list_words=views.list_words,
        basis_words=speech.say("lookback.basis"),
        lots=len(lots),
        tonnes=sum(bought.tonnes),
        totals=_totals(lots, speech),
        years=tuple(_years(lots, speech)),
        shown=lots,
        limit_words=speech.say("lookback.limit", shown=shown, lots=len(lots))
        if shown < len(lots)
        else "",
        audit=_audit(views, seen),
    )


def _seen(bought: Bought, views: Views, row: int) -> _Seen:
    candidate, day = bought.table.candidate(row), bought.days[row]
    then = views.then.get(day) if day else None
    return _Seen(
        row,
        candidate,
        assess_under(candidate, _terms(then)) if then else None,
        assess_under(candidate, _terms(views.now_of(day))),
    )


def _terms(side: Setting) -> Terms:
    return Terms(side.bound, side.purchase)


class _Teller:
    """Says of each lot what came out, and by what the two sides differ."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self.speech = Speech(views.today.wording)
        self._narrators: dict[date, DriftNarrator] = {}

    def lot(self, one: _Seen, bought: Bought, *, explained: bool) -> LookbackLot:
        """Return one lot in words."""
        day, tonnes = bought.days[one.row], bought.tonnes[one.row]
        name = one.candidate.value("name")
        year = one.candidate.value("vintage")
        then = self._views.then.get(day) if day else None
        return LookbackLot(
            id=one.candidate.id,
            name=shorten_and_encode(name) if isinstance(name, str) else one.candidate.id,
            vintage=str(year) if year is not None else self.speech.say("lookback.unknown"),
            retired_on=day.isoformat() if day else None,
            retired_words=self._retired(day),
            tonnes=tonnes,
            tonnes_words=f"{tonnes:,.0f} t",
            then=self._side(one.then, then, one, explained) if one.then and then else None,
            then_words="" if one.then else self._no_rules(day),
            now=self._side(one.now, self._views.now_of(day), one, explained),
            turned=self._turned(one, then) if explained and then else "",
        )

    def _retired(self, day: date | None) -> str:
        return self.speech.wording.day(day) if day else self.speech.say("lookback.unknown")

    def _no_rules(self, day: date | None) -> str:
        return self.speech.say("lookback.no_rules" if day else "lookback.no_day")

    def _side(
        self, side: AssessmentUnder, made: Setting, one: _Seen, explained: bool
    ) -> LookbackSide:
        verdict = side.result.verdict.value
        words = self.speech.say(f"verdict.{verdict}")
        line = VerdictLine(verdict=verdict, words=words, officer=None, officer_words=None)
        reasons: tuple[str, ...] = ()
        if explained:
            told = verdict_reasons(made, one.candidate, side.assessment)
            reasons = tuple(reason.text for reason in told)
        return LookbackSide(verdict=line, grade=grade_range(*side.result.grades), reasons=reasons)

    def _turned(self, one: _Seen, then: Setting) -> str:
        if one.then is None or one.then.result.verdict is one.now.result.verdict:
            return ""
        day = then.bound.as_of
        now = self._views.now_of(day)
        if day not in self._narrators:
            self._narrators[day] = DriftNarrator(self._views.rulebook, then, now)
        traced = trace(one.candidate, _terms(then), _terms(now))
        return offer_line(traced, self._narrators[day]).words


def _totals(lots: Sequence[LookbackLot], speech: Speech) -> tuple[LookbackTotal, ...]:
    """Return the verdicts that occur on either side, the worst first."""
    found = (_total(verdict, lots, speech) for verdict in ORDER)
    return tuple(total for total in found if total.lots_then or total.lots_now)


def _total(verdict: Verdict, lots: Sequence[LookbackLot], speech: Speech) -> LookbackTotal:
    then = [lot for lot in lots if lot.then and lot.then.verdict.verdict == verdict.value]
    now = [lot for lot in lots if lot.now.verdict.verdict == verdict.value]
    return LookbackTotal(
        verdict=verdict.value,
        words=speech.say(f"verdict.{verdict.value}"),
        lots_then=len(then),
        tonnes_then=sum(lot.tonnes for lot in then),
        lots_now=len(now),
        tonnes_now=sum(lot.tonnes for lot in now),
    )


def _years(lots: Sequence[LookbackLot], speech: Speech) -> Sequence[LookbackYear]:
    years = sorted({_year(lot) for lot in lots}, key=lambda year: (year is None, year))
    return [_of_year(year, [lot for lot in lots if _year(lot) == year], speech) for year in years]


def _year(lot: LookbackLot) -> int | None:
    return date.fromisoformat(lot.retired_on).year if lot.retired_on else None


def _of_year(year: int | None, lots: Sequence[LookbackLot], speech: Speech) -> LookbackYear:
    return LookbackYear(
        year=year,
        words=str(year) if year else speech.say("lookback.unknown"),
        lots=len(lots),
        tonnes=sum(lot.tonnes for lot in lots),
        totals=_totals(lots, speech),
    )


def _audit(views: Views, seen: Sequence[_Seen]) -> Audit:
    """Return today's audit; its hashes are of all rulebooks that decided, and of the verdicts."""
    sides = [views.today, *(views.then[day] for day in sorted(views.then))]
    made = audit(views.today, (), content_hash([_hashed(one) for one in seen]))
    hashes = [side.bound.hash for side in sides]
    return made.model_copy(update={"rulebook_hash": content_hash(hashes)})


def _hashed(one: _Seen) -> dict[str, object]:
    sides = [side.result for side in (one.then, one.now) if side is not None]
    return {
        "row": one.row,
        "verdicts": [side.verdict.value for side in sides],
        "grades": [side.grades for side in sides],
    }
