"""What the city itself has yet to decide about a list of offers, and what each point would turn.

Each way to settle a point is tried by the engine, within a bounded number of tries: a list of
hundreds of offers is tried on its first ones, and says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from offsetcheck.engine.assess import assess_changed, assess_purchase
from offsetcheck.engine.knowledge import PURCHASE
from offsetcheck.explain.city_trial import (
    MOST_TRIES,
    OPEN,
    Trial,
    TriedOffer,
    both_ways,
    city_point,
    settle,
    tried_offer,
    way_of,
)
from offsetcheck.explain.city_values import value_ways
from offsetcheck.explain.finding import status_of
from offsetcheck.explain.proposals import turning_values
from offsetcheck.explain.screening import looked_for, search_is_missing
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import VALUES_NAMED
from offsetcheck.explain.whatif import new_value_words
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule
from offsetcheck.rulebook.rules.model import full_name
from offsetcheck.vocabulary.assessment import Assessment, PurchaseAssessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.city_explanation import CityPoint, PointKind, Turn, Way
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.finding import Effect, Outcome
from offsetcheck.vocabulary.finding_explanation import Status

MOST_VALUES = 6
VALUE_PART = 4  # single values of the policy take a fourth of as many tries again
SEARCH = "screening"
IN_FULL = EvidenceGrade.E1  # the city's own statement counts under any rule


def city_points(
    setting: Setting,
    purchase: PurchaseAssessment,
    judged: Iterable[tuple[Candidate, Assessment]],
) -> tuple[CityPoint, ...]:
    """Return what the city has yet to decide: values, facts, signatures, searches and rates."""
    offers = [tried_offer(setting, candidate, said) for candidate, said in judged]
    trial = Trial(setting, offers, MOST_TRIES)
    found = (
        *_values(trial, purchase),
        *_facts(trial, purchase),
        *_reviews(trial),
        *_searches(trial),
        *_rates(trial),
    )
    return tuple(sorted(found, key=lambda point: -sum(len(way.turns) for way in point.ways)))


def _values(trial: Trial, purchase: PurchaseAssessment) -> Iterator[CityPoint]:
    """Yield the values of the policy that are not decided, of rules that apply to something."""
    bound = trial.setting.bound
    of_purchase = {f.rule for f in purchase.findings if f.outcome is not Outcome.NOT_APPLICABLE}
    by_value = Trial(trial.setting, trial.offers, trial.left // VALUE_PART)
    for rule in bound.rules.values():
        concerned = [offer for offer in trial.offers if _applies(rule, offer)]
        if rule.draft or not (concerned or rule.id in of_purchase):
            continue
        for parameter in rule.parameters.values():
            if parameter.undecided or parameter.value is None:
                yield _value_point(trial, by_value, rule, parameter, concerned)


def _applies(rule: BoundRule, offer: TriedOffer) -> bool:
    finding = offer.context.findings.get(rule.id)
    return finding is not None and finding.outcome is not Outcome.NOT_APPLICABLE


def _value_point(
    trial: Trial,
    by_value: Trial,
    rule: BoundRule,
    parameter: BoundParameter,
    concerned: Sequence[TriedOffer],
) -> CityPoint:
    """Return a value as a point; `by_value` holds the tries that are left for single values."""
    wording = trial.setting.wording
    ways = (
        *both_ways(trial, rule, concerned, "pages.way_met", "pages.way_not_met"),
        *value_ways(by_value, rule, parameter, concerned),
    )
    value = wording.parameter(parameter, rule, at_most=VALUES_NAMED)
    name = wording.parameter_title(parameter, rule)
    key = "pages.decide_value_none" if value is None else "pages.decide_value"
    return city_point(
        trial if by_value.left > 0 else by_value,
        PointKind.VALUE,
        full_name(rule.id, parameter.name.lstrip("$")),
        rule=rule,
        title=name,
        words=wording.word(key, name=name, rule=wording.rule_title(rule), value=value),
        concerned=concerned,
        ways=ways,
    )


def _facts(trial: Trial, purchase: PurchaseAssessment) -> Iterator[CityPoint]:
    """Yield the facts of the purchase that something waits for."""
    waiting: dict[str, list[TriedOffer]] = {}
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
    trial: Trial,
    name: str,
    concerned: Sequence[TriedOffer],
    readers: Sequence[BoundRule],
    purchase: PurchaseAssessment,
) -> CityPoint:
    wording = trial.setting.wording
    known = wording.field(name)
    title = wording.title(name)
    question = wording.question(known)
    ways = [
        _fact_way(trial, name, value, concerned, purchase)
        for value in _alternatives(trial, name, concerned, readers)
    ]
    return city_point(
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
    trial: Trial, name: str, concerned: Sequence[TriedOffer], readers: Sequence[BoundRule]
) -> tuple[Value, ...]:
    """Return a few values of a fact on which the rules that wait for it turn."""
    known = trial.setting.wording.field(name)
    if known is None or trial.left <= 0:
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
    trial: Trial,
    name: str,
    value: Value,
    concerned: Sequence[TriedOffer],
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
    return way_of(settled, (*own, *way.turns), setting.wording.word)


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


def _reviews(trial: Trial) -> Iterator[CityPoint]:
    """Yield the requirements that a person of the city must judge and sign."""
    wording = trial.setting.wording
    waiting: dict[str, list[TriedOffer]] = {}
    for offer in trial.offers:
        for _, rule, status in offer.open_findings():
            if status is Status.NEEDS_PERSON and rule.effect is Effect.REVIEW:
                waiting.setdefault(rule.id, []).append(offer)
    for name, concerned in waiting.items():
        rule = trial.setting.bound.rules[name]
        title = wording.rule_title(rule)
        yield city_point(
            trial,
            PointKind.REVIEW,
            name,
            rule=rule,
            title=title,
            words=wording.word("pages.decide_review", rule=title),
            concerned=concerned,
            ways=both_ways(trial, rule, concerned, "pages.way_signed", "pages.way_refused"),
        )


def _searches(trial: Trial) -> Iterator[CityPoint]:
    """Yield the search for adverse events, where some offer has none that counts."""
    concerned = [o for o in trial.offers if search_is_missing(o.assessment, o.context)]
    if not concerned:
        return
    word = trial.setting.wording.word
    ways = (("pages.way_nothing_found", True), ("pages.way_found", False))
    yield city_point(
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
                lambda o, clear=clear: settle(o, _searched(o, is_clear=clear)),  # type: ignore[misc]
            )
            for key, clear in ways
        ),
    )


def _searched(offer: TriedOffer, *, is_clear: bool) -> dict[str, bool]:
    """Return what a search settles: all that is looked for, or the weightiest of it as found."""
    sought = looked_for(offer.assessment, offer.context.setting)
    if is_clear:
        return dict.fromkeys(sought, True)
    rules = offer.context.setting.bound.rules
    first = min(sought, key=lambda name: rules[name].effect is not Effect.GATE)
    return {first: False}


def _rates(trial: Trial) -> Iterator[CityPoint]:
    """Yield the currencies of offers for which the purchase states no rate."""
    setting = trial.setting
    own = setting.purchase.value("currency")
    waiting: dict[str, list[TriedOffer]] = {}
    for offer in trial.offers:
        currency = offer.context.offer.value("currency")
        if own and isinstance(currency, str) and currency not in (own, *setting.purchase.rates):
            waiting.setdefault(currency, []).append(offer)
    for currency, concerned in waiting.items():
        yield city_point(
            trial,
            PointKind.RATE,
            f"exchange_rates.{currency}",
            rule=None,
            title=setting.wording.word("pages.rate", currency=currency),
            words=setting.wording.word("pages.decide_rate", own=own, currency=currency),
            concerned=concerned,
            ways=(),
        )
