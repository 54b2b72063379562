"""What may be bought as a whole: concentration, removals, and other rules on the portfolio."""

from collections.abc import Iterable

from offsetcheck.engine.assess import assess_portfolio
from offsetcheck.engine.portfolio import portfolio_facts
from offsetcheck.explain.finding import finding_line, sort_key
from offsetcheck.explain.reading import Reading
from offsetcheck.explain.setting import Setting
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explanation import FindingLine


def explain_portfolio(
    setting: Setting, judged: Iterable[tuple[Candidate, Assessment]]
) -> tuple[FindingLine, ...]:
    """Return the findings on all candidates that may be bought, taken together."""
    facts = portfolio_facts(judged)
    reading = Reading(setting, Candidate("portfolio", facts))
    findings = assess_portfolio(facts, setting.bound, setting.purchase)
    rules = setting.bound.rules
    lines = (finding_line(f, rules[f.rule], reading, frozenset()) for f in findings)
    return tuple(sorted(lines, key=sort_key))
