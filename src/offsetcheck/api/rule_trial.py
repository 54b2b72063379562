"""One rule, some statements -> what comes out, for an author who wants to see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from offsetcheck.api.rules import rule_in_force
from offsetcheck.explain.rule_trial import explain_trial
from offsetcheck.intake.statements import read_statements
from offsetcheck.rulebook.binding.given import with_given
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.examples import example_fields
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.rule_trial import RuleTrial

TRIED, PURCHASE = "tried", "purchase."


@dataclass(frozen=True, slots=True)
class TriedRule:
    """What comes of a rule on some statements, with remarks on where the rule comes from."""

    explained: RuleTrial
    remarks: tuple[str, ...]


def try_rule(
    rulebook: Rulebook,
    rule: str,
    statements: Iterable[str],
    evidence: Iterable[str] = (),
    *,
    city: str | None = None,
    as_of: date,
    language: str = "en",
) -> TriedRule:
    """Return what a rule comes to for a city on a day, where some fields are as stated.

    Statements are written as `monitoring_years=39` or `purchase.year=2026`, evidence as
    `monitoring_years=E4`; what is not named stands on E1, and what is not stated is unknown. Raises
    RequestError for a rule, city, day, field or value that is not there.
    """
    shown = rule_in_force(rulebook, rule, city, as_of)
    fields = example_fields(shown.rule.subject, shown.bound.dictionary)
    facts = read_statements(statements, evidence, fields)
    own = {name: fact for name, fact in facts.items() if not name.startswith(PURCHASE)}
    bought = {
        name.removeprefix(PURCHASE): fact
        for name, fact in facts.items()
        if name.startswith(PURCHASE)
    }
    posed = with_given(shown.rule, frozenset(facts), {})
    made = explain_trial(
        shown.bound, posed, Candidate(TRIED, own), Purchase(facts=bought), language
    )
    return TriedRule(made, shown.remarks)
