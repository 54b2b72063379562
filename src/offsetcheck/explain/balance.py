"""The balance of a city's year in words: its terms as stated and by the steps, sinks and offers."""

from collections.abc import Sequence

from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sinks import gate_lines, gate_rules, sink_line
from offsetcheck.explain.tonnes.bounds import TONNES, bounds_line
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.sinks.model import SinkRules
from offsetcheck.rulebook.tonnes.binding import BoundSteps
from offsetcheck.vocabulary.balance import Balance, OfferAccount, Terms
from offsetcheck.vocabulary.balance_explanation import (
    BalanceExplanation,
    BalanceOffer,
    BalanceTerm,
    BalanceTerms,
)
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.tonnes import Span
from offsetcheck.vocabulary.tonnes_explanation import BoundsLine

LESS, COMES_TO, FIRST = "−", "=", " "


def explain_balance(
    setting: Setting,
    steps: BoundSteps,
    balance: Balance,
    rules: SinkRules,
    *,
    offers: Sequence[Candidate],
    sinks_hash: str,
) -> BalanceExplanation:
    """Return a balance explained; `offers` are those of its accounts, in their order."""
    bound, wording = setting.bound, setting.wording
    statement, year = balance.statement, balance.statement.neutrality
    return BalanceExplanation(
        language=wording.language,
        title=wording.word("sinks.heading"),
        city=wording.city(),
        as_of=steps.as_of.isoformat(),
        remark=wording.word("sinks.remark"),
        note=statement.note,
        year=None if year is None else year.year,
        boundary=None if year is None else statement.boundaries[year.boundary].title,
        emissions_source=None if year is None else year.source,
        terms=tuple(_terms(one, balance, wording) for one in balance.terms),
        sinks=tuple(sink_line(one, statement, rules, steps, wording) for one in balance.sinks),
        offers=tuple(
            _offer(candidate, account, wording)
            for candidate, account in zip(offers, balance.offers, strict=True)
        ),
        gates=gate_rules(rules, wording),
        rulebook=bound.name,
        edition=bound.edition,
        rules_hash=bound.files_hash,
        input_hash=setting.origin.input_hash,
        sinks_hash=sinks_hash,
        reproduce=setting.origin.reproduce,
    )


def _offer(candidate: Candidate, account: OfferAccount, wording: Wording) -> BalanceOffer:
    offered = account.made.offered
    return BalanceOffer(
        id=candidate.id,
        name=str(candidate.fact("name").value or ""),
        verdict=account.verdict.value,
        verdict_words=wording.word(f"verdict.{account.verdict.value}"),
        offered=None if offered is None else bounds_line(offered, TONNES, wording),
        counted=bounds_line(account.counted, TONNES, wording),
        gates=gate_lines(account.findings, wording),
    )


def _terms(terms: Terms, balance: Balance, wording: Wording) -> BalanceTerms:
    chosen = terms.treatment is not None and terms.treatment is balance.chosen
    buyable = bounds_line(terms.buyable, TONNES, wording)
    return BalanceTerms(
        treatment=None if terms.treatment is None else terms.treatment.value,
        title=_title(terms, wording, "sinks.under_chosen" if chosen else "sinks.under"),
        chosen=chosen,
        lines=_lines(terms, wording),
        may_be_bought=buyable,
        may_be_bought_words=wording.word("sinks.may_be_bought", tonnes=buyable.words),
        outcome=terms.is_neutral.value,
        words=wording.word(f"sinks.ended.{terms.is_neutral.value}"),
    )


def _title(terms: Terms, wording: Wording, key: str) -> str:
    if terms.treatment is None:
        return wording.word("sinks.as_stated")
    title = wording.word(f"tonnes.treatment.{terms.treatment.value}")
    return wording.word(key, title=title)


def _lines(terms: Terms, wording: Wording) -> tuple[BalanceTerm, ...]:
    """Return emissions, less own sinks, come to a need; less offsets, to what remains."""
    rows = (
        ("emissions", FIRST, Span(terms.emissions, terms.emissions)),
        ("sinks", LESS, terms.sinks),
        ("need", COMES_TO, terms.need),
        ("own", LESS, terms.own),
        ("offers", LESS, terms.offers),
        ("remains", COMES_TO, terms.remains),
    )
    return tuple(
        BalanceTerm(
            term=term,
            sign=sign,
            words=wording.word(f"sinks.term.{term}"),
            tonnes=_signed(span, sign, wording),
        )
        for term, sign, span in rows
    )


def _signed(span: Span, sign: str, wording: Wording) -> BoundsLine:
    """Return tonnes in words; in brackets where they stand below zero behind a minus."""
    line = bounds_line(span, TONNES, wording)
    if sign != LESS or span.low >= 0:
        return line
    return line.model_copy(update={"words": f"({line.words})"})
