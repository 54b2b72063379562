"""One side of a difference: the terms on which offers are judged, and one offer judged on them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from offsetcheck.engine.assess import assess
from offsetcheck.engine.knowledge import Facts
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.vocabulary.assessment import Assessment, Claim, Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.finding import Finding, Outcome
from offsetcheck.vocabulary.purchase import Purchase


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms offers are judged: a rulebook bound to a city and a day, and a purchase.

    Two cities, days, editions of a table or rulebooks are two of these, on the same offers.
    """

    bound: BoundRulebook
    purchase: Purchase

    @property
    def day(self) -> date:
        """The day whose rules, values and knowledge apply."""
        return self.bound.as_of


@dataclass(frozen=True, slots=True)
class Result:
    """What another rule, value or fact can turn: verdict, grade bounds (lower, upper), claim."""

    verdict: Verdict
    grades: tuple[str, str]
    claim: Claim


@dataclass(frozen=True)
class AssessmentUnder:
    """One candidate's assessment with the terms that it was made under."""

    terms: Terms
    candidate: Candidate
    assessment: Assessment

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """The findings by rule."""
        return {finding.rule: finding for finding in self.assessment.findings}

    @property
    def result(self) -> Result:
        """What the assessment says."""
        found = self.assessment
        return Result(found.verdict, (found.grade_lower, found.grade_upper), found.claim)

    @property
    def facts(self) -> Facts:
        """The facts as known on the day of the terms, every evidence grade counting."""
        days = self.terms.bound.screening_days
        return Facts(self.candidate, self.terms.purchase, self.terms.day, screening_days=days)

    def rule(self, name: str) -> BoundRule | None:
        """Return a rule by its id, None where it is not in force under the terms."""
        return self.terms.bound.rules.get(name)

    def applies(self, rule: str) -> bool:
        """Whether a rule is in force under the terms and applies or may apply to the candidate."""
        found = self.findings.get(rule)
        return found is not None and found.outcome is not Outcome.NOT_APPLICABLE


def assess_under(candidate: Candidate, terms: Terms) -> AssessmentUnder:
    """Return a candidate judged on terms."""
    return AssessmentUnder(terms, candidate, assess(candidate, terms.bound, terms.purchase))
