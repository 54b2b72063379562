"""One offer judged and explained under one city or standard: a column of a comparison."""

from dataclasses import dataclass
from functools import cached_property

from offsetcheck.difference.terms import AssessmentUnder, Terms
from offsetcheck.explain.setting import Setting
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explanation import CandidateExplanation, PurchaseExplanation
from offsetcheck.vocabulary.finding_explanation import FindingLine


@dataclass(frozen=True)
class Profile:
    """One offer judged and explained under one city or standard."""

    setting: Setting
    candidate: Candidate
    assessment: Assessment
    explained: CandidateExplanation
    purchase: PurchaseExplanation

    @property
    def id(self) -> str:
        """The id of the city or standard."""
        return self.setting.bound.city.id

    @property
    def name(self) -> str:
        """Its name in the language of the report."""
        return self.setting.wording.city()

    @property
    def judged(self) -> AssessmentUnder:
        """The assessment with the terms that it was made under."""
        terms = Terms(self.setting.bound, self.setting.purchase)
        return AssessmentUnder(terms, self.candidate, self.assessment)

    def line(self, rule: str) -> FindingLine | None:
        """Return the finding of a rule on the offer or the purchase, None where it is not asked."""
        return self._lines.get(rule)

    @cached_property
    def _lines(self) -> dict[str, FindingLine]:
        lines = (*self.explained.findings, *self.purchase.findings)
        return {line.rule: line for line in lines}
