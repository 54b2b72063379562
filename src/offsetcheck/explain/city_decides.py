"""What the city itself has yet to decide about a list of offers, and what each point would turn.

Each way to settle a point is tried by the engine, within a bounded number of tries: a list of
hundreds of offers is tried on its first ones, and says so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from offsetcheck.engine.assess import assess_changed, assess_purchase, assess_settled
from offsetcheck.engine.knowledge import PURCHASE
from offsetcheck.explain.finding import status_of
from offsetcheck.explain.proposals import turning_values
from offsetcheck.explain.screening import looked_for, search_is_missing
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import VALUES_NAMED
from offsetcheck.explain.whatif import new_value_words
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule
from offsetcheck.vocabulary.assessment import Assessment, PurchaseAssessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.city_explanation import CityPoint, PointKind, Turn, Way
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.finding import Effect, Finding, Outcome
from offsetcheck.vocabulary.finding_explanation import Status

MOST_TRIES = 400
MOST_VALUES = 6
OPEN = frozenset({Status.OPEN, Status.NEEDS_PERSON, Status.NOT_DEMONSTRATED})
SEARCH = "screening"
NAME_CHARACTERS = 48
IN_FULL = EvidenceGrade.E1  # the city's own statement counts under any rule

After = Callable[["_Offer"], Assessment]


@dataclass(frozen=True)
class _Offer:
    """One offer as it was judged, and how pages call it."""

    candidate: Candidate
    assessment: Assessment
    context: SentenceContext
    name: str

    @property
    def id(self) -> str:
        return self.candidate.id

    def open_findings(self) -> Iterator[tuple[Finding, BoundRule, Status]]:
        """Yield what waits for somebody."""
        for finding in self.assessment.findings:
            rule = self.context.setting.bound.rules[finding.rule]
            status = status_of(finding, rule)
            if status in OPEN and not rule.draft:
                yield finding, rule, status


@dataclass
class _Trial:
    """The offers on which points are tried, and how many tries are left."""

    setting: Setting
    offers: Sequence[_Offer]
    left: int

    def way(self, settled: str, concerned: Iterable[_Offer], after: After, rule: str = "") -> Way:
        """Return what one way to settle a point turns among the offers that it concerns."""
        words = self.setting.wording
        tried = islice(concerned, max(self.left, 0))
        turns = tuple(turn for offer in tried if (turn := self._turn(offer, after, rule)))
        return _way(settled, turns, words.word)

    def _turn(self, offer: _Offer, after: After, rule: str) -> Turn | None:
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

    def _found(self, offer: _Offer, rule: str) -> str:
        """Return an offer's name, with what was held against the value of a rule where there is."""
        finding = offer.context.findings.get(rule)
        leaves = finding.leaves if finding else ()
        held = (x for x in leaves if x.threshold is not None and len(x.fields) == 1)
        leaf = next(held, None)
        if leaf is None or leaf.value is None:
            return offer.name
        found = self.setting.wording.value(leaf.fields[0], leaf.value)
        return self.setting.wording.word("pages.turn_found", offer=offer.name, found=found)


def city_points(
    setting: Setting,
    purchase: PurchaseAssessment,
    judged: Iterable[tuple[Candidate, Assessment]],
) -> tuple[CityPoint, ...]:
    """Return what the city has yet to decide: values, facts, signatures, searches and rates."""
    offers = [_offer(setting, candidate, said) for candidate, said in judged]
    trial = _Trial(setting, offers, MOST_TRIES)
    found = (
        *_values(trial, purchase),
        *_facts(trial, purchase),
        *_reviews(trial),
        *_searches(trial),
        *_rates(trial),
    )
    return tuple(sorted(found, key=lambda point: -sum(len(way.turns) for way in point.ways)))


def _offer(setting: Setting, candidate: Candidate, assessment: Assessment) -> _Offer:
    name = candidate.value("name")
    said = shorten_and_encode(name) if isinstance(name, str) else candidate.id
    short = said if len(said) <= NAME_CHARACTERS else f"{said[: NAME_CHARACTERS - 1]}…"
    context = SentenceContext.of(setting, candidate, assessment.findings)
    return _Offer(candidate, assessment, context, short)


def _grade(assessment: Assessment) -> str:
    lower, upper = assessment.grade_lower, assessment.grade_upper
    return lower if lower == upper else f"{lower}–{upper}"


def _way(settled: str, turns: tuple[Turn, ...], word: Callable[..., str]) -> Way:
    said = "; ".join(turn.words for turn in turns)
    key = "pages.way_turns" if turns else "pages.way_nothing"
    return Way(settled=settled, turns=turns, words=word(key, way=settled, list=said))


def _values(trial: _Trial, purchase: PurchaseAssessment) -> Iterator[CityPoint]:
    """Yield the values of the policy that are not decided, of rules that apply to something."""
    bound = trial.setting.bound
    of_purchase = {f.rule for f in purchase.findings if f.outcome is not Outcome.NOT_APPLICABLE}
    for rule in bound.rules.values():
        concerned = [offer for offer in trial.offers if _applies(rule, offer)]
        if rule.draft or not (concerned or rule.id in of_purchase):
            continue
        for parameter in rule.parameters.values():
            if parameter.undecided or parameter.value is None:
                yield _value_point(trial, rule, parameter, concerned)


def _applies(rule: BoundRule, offer: _Offer) -> bool:
    finding = offer.context.findings.get(rule.id)
    return finding is not None and finding.outcome is not Outcome.NOT_APPLICABLE


def _value_point(
    trial: _Trial, rule: BoundRule, parameter: BoundParameter, concerned: Sequence[_Offer]
) -> CityPoint:
    wording = trial.setting.wording
    value = wording.parameter(parameter, rule, at_most=VALUES_NAMED)
    name = wording.parameter_title(parameter, rule)
    key = "pages.decide_value_none" if value is None else "pages.decide_value"
    return _point(
        trial,
        PointKind.VALUE,
        f"{rule.id}.{parameter.name.lstrip('$')}",
        rule=rule,
        title=name,
        words=wording.word(key, name=name, rule=rule.title, value=value),
        concerned=concerned,
        ways=_both_ways(trial, rule, concerned, "pages.way_met", "pages.way_not_met"),
    )


def _both_ways(
    trial: _Trial, rule: BoundRule, concerned: Sequence[_Offer], met: str, not_met: str
) -> tuple[Way, ...]:
    """Return what turns where a requirement is met and where it is not; none for a scale."""
    if rule.is_scale or rule.subject is not Subject.CANDIDATE or not concerned:
        return ()
    word = trial.setting.wording.word
    return tuple(
        trial.way(
            word(key),
            (o for o in concerned if o.context.findings[rule.id].outcome is not already),
            lambda o, is_met=is_met: _settle(o, {rule.id: is_met}),  # type: ignore[misc]
            rule.id,
        )
        for key, is_met, already in ((met, True, Outcome.PASS), (not_met, False, Outcome.FAIL))
    )


def _settle(offer: _Offer, settled: Mapping[str, bool]) -> Assessment:
    bound = offer.context.setting.bound
    return assess_settled(offer.assessment, offer.candidate, bound, settled)


def _facts(trial: _Trial, purchase: PurchaseAssessment) -> Iterator[CityPoint]:
    """Yield the facts of the purchase that something waits for."""
    waiting: dict[str, list[_Offer]] = {}
    readers: dict[str, list[BoundRule]] = {}
    for offer in trial.offers:
        for finding, rule, _ in offer.open_findings():
            for name in dict.fromkeys(m.field for m in finding.missing):
                if name.startswith(PURCHASE):
                    waiting.setdefault(name, [])
                    waiting[name] += [] if offer in waiting[name][-1:] else [offer]
                    readers.setdefault(name, [])
                    readers[name] += [] if rule in readers[name] else [rule]
    for finding in purchase.findings:
        rule = trial.setting.bound.rules[finding.rule]
        if status_of(finding, rule) in OPEN:
            for missing in finding.missing:
                if missing.field.startswith(PURCHASE):
                    waiting.setdefault(missing.field, [])
                    readers.setdefault(missing.field, []).append(rule)
    for name, concerned in waiting.items():
        yield _fact_point(trial, name, concerned, readers[name], purchase)


def _fact_point(
    trial: _Trial,
    name: str,
    concerned: Sequence[_Offer],
    readers: Sequence[BoundRule],
    purchase: PurchaseAssessment,
) -> CityPoint:
    wording = trial.setting.wording
    known = wording.field(name)
    title = wording.title(name)
    question = wording.pick(known.question) if known and known.question else ""
    ways = [
        _fact_way(trial, name, value, concerned, purchase)
        for value in _alternatives(trial, name, concerned, readers)
    ]
    return _point(
        trial,
        PointKind.FACT,
        name,
        rule=None,
        title=title,
        words=wording.word("pages.decide_fact", question=question or title),
        concerned=concerned,
        ways=tuple(ways),
    )


def _alternatives(
    trial: _Trial, name: str, concerned: Sequence[_Offer], readers: Sequence[BoundRule]
) -> tuple[Value, ...]:
    """Return a few values of a fact on which the rules that wait for it turn."""
    known = trial.setting.wording.field(name)
    if known is None:
        return ()
    sample = concerned[0].context if concerned else _of_purchase(trial.setting)
    named = known.model_copy(update={"name": name})
    now = trial.setting.purchase.fact(name.removeprefix(PURCHASE))
    values = (
        value for rule in readers for value in turning_values(named, now, rule, sample.facts())
    )
    return tuple(islice(dict.fromkeys(values), MOST_VALUES))


def _of_purchase(setting: Setting) -> SentenceContext:
    return SentenceContext.of(setting, Candidate("purchase", setting.purchase.facts), ())


def _fact_way(
    trial: _Trial,
    name: str,
    value: Value,
    concerned: Sequence[_Offer],
    before: PurchaseAssessment,
) -> Way:
    setting = trial.setting
    changed = {name: Fact(value=value, grade=IN_FULL)}
    settled = setting.wording.word(
        "pages.way_value", value=new_value_words(name, value, setting.wording)
    )
    way = trial.way(
        settled,
        concerned,
        lambda o: assess_changed(
            o.assessment, o.candidate, changed, setting.bound, setting.purchase
        ),
    )
    own = _purchase_turn(setting, name, changed[name], before)
    return _way(settled, (*own, *way.turns), setting.wording.word)


def _purchase_turn(
    setting: Setting, name: str, fact: Fact, before: PurchaseAssessment
) -> tuple[Turn, ...]:
    facts = {**setting.purchase.facts, name.removeprefix(PURCHASE): fact}
    then = assess_purchase(replace(setting.purchase, facts=facts), setting.bound)
    if then.verdict is before.verdict:
        return ()
    word = setting.wording.word
    words = word(
        "pages.turn_verdict",
        offer=word("pages.the_purchase"),
        after=word(f"verdict.{then.verdict.value}"),
        before=word(f"verdict.{before.verdict.value}"),
    )
    return (Turn(offer=None, verdict=then.verdict.value, grade=None, words=words),)


def _reviews(trial: _Trial) -> Iterator[CityPoint]:
    """Yield the requirements that a person of the city must judge and sign."""
    waiting: dict[str, list[_Offer]] = {}
    for offer in trial.offers:
        for _, rule, status in offer.open_findings():
            if status is Status.NEEDS_PERSON and rule.effect is Effect.REVIEW:
                waiting.setdefault(rule.id, []).append(offer)
    for name, concerned in waiting.items():
        rule = trial.setting.bound.rules[name]
        yield _point(
            trial,
            PointKind.REVIEW,
            name,
            rule=rule,
            title=rule.title,
            words=trial.setting.wording.word("pages.decide_review", rule=rule.title),
            concerned=concerned,
            ways=_both_ways(trial, rule, concerned, "pages.way_signed", "pages.way_refused"),
        )


def _searches(trial: _Trial) -> Iterator[CityPoint]:
    """Yield the search for adverse events, where some offer has none that counts."""
    concerned = [o for o in trial.offers if search_is_missing(o.assessment, o.context)]
    if not concerned:
        return
    word = trial.setting.wording.word
    ways = (("pages.way_nothing_found", True), ("pages.way_found", False))
    yield _point(
        trial,
        PointKind.SEARCH,
        SEARCH,
        rule=None,
        title=word("pages.search"),
        words=word("pages.decide_search"),
        concerned=concerned,
        ways=tuple(
            trial.way(
                word(key),
                concerned,
                lambda o, clear=clear: _settle(o, _searched(o, is_clear=clear)),  # type: ignore[misc]
            )
            for key, clear in ways
        ),
    )


def _searched(offer: _Offer, *, is_clear: bool) -> dict[str, bool]:
    """Return what a search settles: all that is looked for, or the weightiest of it as found."""
    sought = looked_for(offer.assessment, offer.context.setting)
    if is_clear:
        return dict.fromkeys(sought, True)
    rules = offer.context.setting.bound.rules
    first = min(sought, key=lambda name: rules[name].effect is not Effect.GATE)
    return {first: False}


def _rates(trial: _Trial) -> Iterator[CityPoint]:
    """Yield the currencies of offers for which the purchase states no rate."""
    setting = trial.setting
    own = setting.purchase.value("currency")
    waiting: dict[str, list[_Offer]] = {}
    for offer in trial.offers:
        currency = offer.context.offer.value("currency")
        if own and isinstance(currency, str) and currency not in (own, *setting.purchase.rates):
            waiting.setdefault(currency, []).append(offer)
    for currency, concerned in waiting.items():
        yield _point(
            trial,
            PointKind.RATE,
            f"exchange_rates.{currency}",
            rule=None,
            title=setting.wording.word("pages.rate", currency=currency),
            words=setting.wording.word("pages.decide_rate", own=own, currency=currency),
            concerned=concerned,
            ways=(),
        )


def _point(
    trial: _Trial,
    kind: PointKind,
    name: str,
    *,
    rule: BoundRule | None,
    title: str,
    words: str,
    concerned: Sequence[_Offer],
    ways: tuple[Way, ...],
) -> CityPoint:
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


def _concerns(trial: _Trial, concerned: Sequence[_Offer]) -> str:
    word = trial.setting.wording.word
    if not concerned:
        return word("pages.concerns_purchase")
    if len(concerned) == len(trial.offers) > 1:
        return word("pages.concerns_all")
    named = "; ".join(offer.name for offer in concerned[:MOST_VALUES])
    rest = len(concerned) - MOST_VALUES
    listed = word("list.more", list=named, count=rest) if rest > 0 else named
    return word("pages.concerns", list=listed)


def _effect(trial: _Trial, ways: Sequence[Way]) -> str:
    word = trial.setting.wording.word
    if not ways:
        return word("pages.turns_unknown")
    some = word("pages.tried_some") if trial.left <= 0 else ""
    if not any(way.turns for way in ways):
        return f"{word('pages.turns_nothing')} {some}".rstrip()
    return some
