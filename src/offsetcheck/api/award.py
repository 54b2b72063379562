"""The order of the rooms for an award view: a tender -> the sets that its purchase allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.output import write_result
from offsetcheck.api.request import Request
from offsetcheck.engine.assess import assess
from offsetcheck.engine.award.award import award_of
from offsetcheck.engine.award.sets import SetKind
from offsetcheck.explain.award.explain import explain_award
from offsetcheck.intake.tender.award import unknown_offers
from offsetcheck.report.decision_draft import decision_draft
from offsetcheck.report.format import format_names
from offsetcheck.report.render import render
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.award import AwardExplanation, AwardSetLine
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.problem import Place, Problem, RequestError
from offsetcheck.vocabulary.reading import Reading

MOST_OFFERS = 1000


@dataclass(frozen=True, slots=True)
class AwardView:
    """An award view, the words that a page of it is written in, and what could not be read."""

    case: Case
    explained: AwardExplanation
    problems: tuple[Problem, ...]

    @property
    def words(self) -> Mapping[str, str]:
        """All words by key, as formats read them."""
        return self.case.setting.wording.words

    @property
    def readings(self) -> tuple[Reading, ...]:
        """How each list was read."""
        return self.case.readings


def award(request: Request, rulebook: Rulebook) -> AwardView:
    """Return the award view of a tender: each offer judged, and the sets within its limits.

    Raises RequestError for a list too long to be an award, InputError for what cannot be read.
    """
    return award_in(open_case(request, rulebook))


def award_in(case: Case) -> AwardView:
    """Return the award view of a case; raises RequestError for a list too long to be an award."""
    if len(case.table) > MOST_OFFERS:
        message = f"this list has {len(case.table):,} offers, and an award has at most "
        raise RequestError.whole(f"{message}{MOST_OFFERS:,}", "use `batch` to shorten it")
    judged = [(c, assess(c, case.bound, case.purchase)) for c in case.table.candidates()]
    return AwardView(case, _explained(case, judged), (*case.problems, *_strange(case)))


def award_explained(case: Case, judged: Sequence[JudgedOffer]) -> AwardExplanation:
    """Return the award view of offers that are judged already."""
    return _explained(case, [(one.candidate, one.assessment) for one in judged])


def _explained(case: Case, judged: Sequence[tuple[Candidate, Assessment]]) -> AwardExplanation:
    made = award_of(judged, case.bound, case.purchase)
    return explain_award(case.setting, case.purchase_explained, made)


def _strange(case: Case) -> list[Problem]:
    """Return the lots of the section `award:` that are of no offer."""
    found = unknown_offers(case.purchase.award, list(case.table.ids))
    return [
        Problem(f"no offer has the id `{name}`", lot.place or Place("purchase.yaml"), hint)
        for name, lot, hint in found
    ]


def award_formats() -> tuple[str, ...]:
    """Return the names of the formats that an award view is written in."""
    return format_names(AwardExplanation.model_fields["kind"].default)


def award_text(made: AwardView, form: str, templates: Path | None = None) -> str | bytes:
    """Return an award view in a format; raises RequestError for one that does not show it."""
    return render(made.explained, form, made.words, templates=templates or made.case.templates)


def chosen_set(made: AwardView, name: str, *, conditions: bool = False) -> AwardSetLine:
    """Return a set by its name, of the offers with those under conditions or without.

    Raises RequestError where there is none, or where the purchase bars an award.
    """
    explained = made.explained
    if explained.verdict.stamp:
        raise RequestError.about("draft", f"no offer can be awarded yet: {explained.verdict.stamp}")
    sets = explained.with_conditions or explained.sets if conditions else explained.sets
    found = next((one for one in sets if one.set == name), None)
    if found is None:
        known = ", ".join(one.set for one in sets) or "none"
        message = f"there is no set `{name}`; there are: {known}"
        hint = "the weighted set needs `weights:` in the section `award:` of the purchase"
        raise RequestError.about("set", message, hint if name == SetKind.WEIGHTED else None)
    return found


def draft_decision(
    made: AwardView,
    path: Path,
    name: str = SetKind.CHEAPEST.value,
    *,
    conditions: bool = False,
    replace: bool = False,
    command: str = "",
) -> None:
    """Write a draft of the award decision from a set into a file, whole or not at all.

    Raises RequestError where there is no such set, OutputError for a file that may not be written.
    """
    text = decision_draft(made.explained, chosen_set(made, name, conditions=conditions), made.words)
    write_result(path, text, replace=replace, command=command)
