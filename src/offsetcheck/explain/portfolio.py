"""What may be bought as a whole: concentration, removals, and other rules on the portfolio."""

from collections.abc import Iterable, Sequence

from offsetcheck.engine.portfolio import Portfolio, portfolio_of
from offsetcheck.explain.finding import finding_line, sort_key
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.finding import Finding, Outcome
from offsetcheck.vocabulary.finding_explanation import FindingLine

OFFERS_NAMED = 12


def explain_portfolio(
    setting: Setting, judged: Iterable[tuple[Candidate, Assessment]]
) -> tuple[FindingLine, ...]:
    """Return the findings on all candidates that may be bought, taken together."""
    portfolio = portfolio_of(judged, setting.bound, setting.purchase)
    findings = portfolio.findings()
    context = SentenceContext.of(setting, Candidate("portfolio", {}), findings)
    lines = (_line(finding, portfolio, context) for finding in findings)
    return tuple(sorted(lines, key=sort_key))


def _line(finding: Finding, portfolio: Portfolio, context: SentenceContext) -> FindingLine:
    """Return a finding in words, with the offers that a sum is made of and those that it lacks."""
    rule = context.setting.bound.rules[finding.rule]
    line = finding_line(finding, rule, context, frozenset())
    lacking = portfolio.waits_for(finding) if finding.missing else ()
    bought = [candidate.id for candidate, _ in portfolio.judged]
    applies = finding.outcome is not Outcome.NOT_APPLICABLE
    noted = {"portfolio.over": bought if applies else (), "portfolio.waits_for": lacking}
    notes = (_note(key, offers, context) for key, offers in noted.items() if offers)
    return line.model_copy(update={"notes": (*line.notes, *notes)})


def _note(key: str, offers: Sequence[str], context: SentenceContext) -> str:
    """Return a sentence with offers named, as many as a reader takes in."""
    named = ", ".join(map(shorten_and_encode, offers[:OFFERS_NAMED]))
    rest = len(offers) - OFFERS_NAMED
    return context.wording.word(key, list=f"{named} (+{rest})" if rest > 0 else named)
