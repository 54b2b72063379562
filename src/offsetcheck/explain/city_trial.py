"""A point that the city has to settle, tried both ways on each offer that it concerns."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from offsetcheck.engine.assess import assess_settled
from offsetcheck.explain.finding import status_of
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.city_explanation import CityPoint, PointKind, Turn, Way
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.finding import Finding, Outcome
from offsetcheck.vocabulary.finding_explanation import Status
from offsetcheck.vocabulary.shown import grade_range

MOST_TRIES = 400
MOST_NAMED = 6
OPEN = frozenset({Status.OPEN, Status.NEEDS_PERSON, Status.NOT_DEMONSTRATED})
NAME_CHARACTERS = 48

After = Callable[["TriedOffer"], Assessment]


@dataclass(frozen=True)
class TriedOffer:
    """One offer as it was judged, and how pages call it."""

    candidate: Candidate
    assessment: Assessment
    context: SentenceContext
    name: str

    @property
    def id(self) -> str:
        """The id of the offer."""
        return self.candidate.id

    def open_findings(self) -> Iterator[tuple[Finding, BoundRule, Status]]:
        """Yield what waits for somebody."""
        for finding in self.assessment.findings:
            rule = self.context.setting.bound.rules[finding.rule]
            status = status_of(finding, rule)
            if status in OPEN and not rule.draft:
                yield finding, rule, status


@dataclass
class Trial:
    """The offers on which points are tried, and how many tries are left."""

    setting: Setting
    offers: Sequence[TriedOffer]
    left: int

    def way(
        self, settled: str, concerned: Iterable[TriedOffer], after: After, rule: str = ""
    ) -> Way:
        """Return what one way to settle a point turns among the offers that it concerns."""
        words = self.setting.wording
        tried = islice(concerned, max(self.left, 0))
        turns = tuple(turn for offer in tried if (turn := self._turn(offer, after, rule)))
        return way_of(settled, turns, words.word)

    def _turn(self, offer: TriedOffer, after: After, rule: str) -> Turn | None:
        self.left -= 1
        before, then = offer.assessment, after(offer)
        if then.verdict is before.verdict and _grade(then) == _grade(before):
            return None
        word = self.setting.wording.word
        verdicts = {
            "before": word(f"verdict.{before.verdict.value}"),
            "after": word(f"verdict.{then.verdict.value}"),
        }
        grades = {"grade": _grade(then), "grade_before": _grade(before)}
        name = self._found(offer, rule)
        if then.verdict is before.verdict:
            words = word("pages.turn_grade", offer=name, after=_grade(then), before=_grade(before))
        elif _grade(then) == _grade(before):
            words = word("pages.turn_verdict", offer=name, **verdicts)
        else:
            words = word("pages.turn_both", offer=name, **verdicts, **grades)
        return Turn(offer=offer.id, verdict=then.verdict.value, grade=_grade(then), words=words)

    def _found(self, offer: TriedOffer, rule: str) -> str:
        """Return an offer's name, with what was held against the value of a rule where there is."""
        finding = offer.context.findings.get(rule)
        leaves = finding.leaves if finding else ()
        held = (x for x in leaves if x.threshold is not None and len(x.fields) == 1)
        leaf = next(held, None)
        if leaf is None or leaf.value is None:
            return offer.name
        found = self.setting.wording.value(leaf.fields[0], leaf.value)
        return self.setting.wording.word("pages.turn_found", offer=offer.name, found=found)


def tried_offer(setting: Setting, candidate: Candidate, assessment: Assessment) -> TriedOffer:
    """Return an offer as it was judged, by the name that pages call it."""
    name = candidate.value("name")
    said = shorten_and_encode(name) if isinstance(name, str) else candidate.id
    short = said if len(said) <= NAME_CHARACTERS else f"{said[: NAME_CHARACTERS - 1]}…"
    context = SentenceContext.of(setting, candidate, assessment.findings)
    return TriedOffer(candidate, assessment, context, short)


def _grade(assessment: Assessment) -> str:
    lower, upper = assessment.grade_lower, assessment.grade_upper
    return grade_range(lower, upper)


def way_of(settled: str, turns: tuple[Turn, ...], word: Callable[..., str]) -> Way:
    """Return one way to settle a point with all that it turns, in words."""
    said = "; ".join(turn.words for turn in turns)
    key = "pages.way_turns" if turns else "pages.way_nothing"
    return Way(settled=settled, turns=turns, words=word(key, way=settled, list=said))


def both_ways(
    trial: Trial, rule: BoundRule, concerned: Sequence[TriedOffer], met: str, not_met: str
) -> tuple[Way, ...]:
    """Return what turns where a requirement is met and where it is not; none for a scale."""
    untried = trial.left <= 0 or not concerned
    if untried or rule.is_scale or rule.subject is not Subject.CANDIDATE:
        return ()
    word = trial.setting.wording.word
    return tuple(
        trial.way(
            word(key),
            (o for o in concerned if o.context.findings[rule.id].outcome is not already),
            lambda o, is_met=is_met: settle(o, {rule.id: is_met}),  # type: ignore[misc]
            rule.id,
        )
        for key, is_met, already in ((met, True, Outcome.PASS), (not_met, False, Outcome.FAIL))
    )


def settle(offer: TriedOffer, settled: Mapping[str, bool]) -> Assessment:
    """Return what the engine says of an offer once rules are settled: met or not met."""
    bound = offer.context.setting.bound
    return assess_settled(offer.assessment, offer.candidate, bound, settled)


def city_point(
    trial: Trial,
    kind: PointKind,
    name: str,
    *,
    rule: BoundRule | None,
    title: str,
    words: str,
    concerned: Sequence[TriedOffer],
    ways: tuple[Way, ...],
) -> CityPoint:
    """Return a point in words, with what it concerns and what it turns."""
    return CityPoint(
        kind=kind,
        name=name,
        rule=rule.id if rule else None,
        title=title,
        words=words,
        offers=tuple(offer.id for offer in concerned),
        concerns=_concerns(trial, concerned),
        ways=ways,
        effect=_effect(trial, ways),
    )


def _concerns(trial: Trial, concerned: Sequence[TriedOffer]) -> str:
    word = trial.setting.wording.word
    if not concerned:
        return word("pages.concerns_purchase")
    if len(concerned) == len(trial.offers) > 1:
        return word("pages.concerns_all")
    named = "; ".join(offer.name for offer in concerned[:MOST_NAMED])
    rest = len(concerned) - MOST_NAMED
    listed = word("list.more", list=named, count=rest) if rest > 0 else named
    return word("pages.concerns", list=listed)


def _effect(trial: Trial, ways: Sequence[Way]) -> str:
    word = trial.setting.wording.word
    some = word("pages.tried_some") if trial.left <= 0 else ""
    if not ways:
        return some or word("pages.turns_unknown")
    if not any(way.turns for way in ways):
        return f"{word('pages.turns_nothing')} {some}".rstrip()
    return some
