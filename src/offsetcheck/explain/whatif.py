"""The smallest change that turns a verdict, in words, or why there is none."""

from collections.abc import Mapping

from offsetcheck.explain.mending import Mending
from offsetcheck.explain.proposals import Proposal
from offsetcheck.explain.screening import search_is_missing
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.turning import (
    MAX_ALTERNATIVES,
    MAX_BLOCKERS,
    TurningChange,
    blocking_rules,
    smallest_changes,
)
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Fact, Value
from offsetcheck.vocabulary.explanation import ChangedField, SmallestChange, WhatIf


def what_if(context: SentenceContext, assessment: Assessment, case: Mending) -> WhatIf:
    """Return the smallest change in words, others that are enough, or why there is none."""
    if case.for_good:
        return WhatIf(smallest=None, alternatives=(), words=context.wording.word("whatif.for_good"))
    if assessment.verdict is Verdict.ELIGIBLE:
        return WhatIf(smallest=None, alternatives=(), words=context.wording.word("whatif.best"))
    changes = smallest_changes(context, assessment)
    wording = context.wording
    if not changes:
        return WhatIf(smallest=None, alternatives=(), words=_none_words(context, assessment))
    shown = [_in_words(change, context) for change in changes[: 1 + MAX_ALTERNATIVES]]
    words = f"{wording.word('whatif.better')}. {shown[0].words}"
    return WhatIf(smallest=shown[0], alternatives=tuple(shown[1:]), words=words)


def smallest_change_of(
    setting: Setting, candidate: Candidate, assessment: Assessment
) -> Mapping[str, Fact]:
    """Return the facts of the smallest change that `what_if` puts into words; none where none is.

    Whoever asks knows from the explanation that there is one: the search is made again.
    """
    context = SentenceContext.of(setting, candidate, assessment.findings)
    changes = smallest_changes(context, assessment)
    return {p.field: p.fact for p in changes[0].proposals} if changes else {}


def _none_words(context: SentenceContext, assessment: Assessment) -> str:
    blockers = blocking_rules(assessment, context.setting.bound)
    if not blockers and _waits_for_search(assessment, context):
        return context.wording.word("whatif.search")
    scheme, city = context.setting.bound.scheme, context.setting.bound.city
    if blockers and assessment.integrity.lower < scheme.cut(city.floor):
        return context.wording.word("whatif.blockers_and_grade", count=len(blockers))
    if len(blockers) > MAX_BLOCKERS:
        return context.wording.counted("whatif.blockers", len(blockers))
    return context.wording.word("whatif.none")


def _waits_for_search(assessment: Assessment, context: SentenceContext) -> bool:
    """Whether nothing but the search for adverse events keeps the verdict from being better."""
    bound = context.setting.bound
    reached = assessment.integrity.lower >= bound.scheme.cut(bound.city.floor)
    return reached and search_is_missing(assessment, context)


def _in_words(change: TurningChange, context: SentenceContext) -> SmallestChange:
    fields = tuple(_changed_field(p, context) for p in change.proposals)
    said = "; ".join(
        _field_words(p, f, context) for p, f in zip(change.proposals, fields, strict=True)
    )
    verdict = context.wording.word(f"verdict.{change.verdict.value}")
    words = context.wording.word("whatif.change", list=said, verdict=verdict)
    return SmallestChange(fields=fields, verdict=change.verdict.value, words=words)


def _changed_field(proposal: Proposal, context: SentenceContext) -> ChangedField:
    return ChangedField(
        field=proposal.field,
        title=context.wording.title(proposal.field),
        before=_before(proposal, context),
        after=after_words(proposal, context),
        grade=context.wording.grade(proposal.fact.grade),
    )


def _before(proposal: Proposal, context: SentenceContext) -> str:
    value = proposal.before.value
    if proposal.before.possible:
        return context.wording.possible(proposal.field, proposal.before.possible)
    if value is None:
        return context.wording.word("offer.unstated")
    return context.value_words(proposal.field, value)


def after_words(proposal: Proposal, context: SentenceContext) -> str:
    """Return the new value in words, empty where there is none."""
    value = proposal.fact.value
    return "" if value is None else new_value_words(proposal.field, value, context.wording)


def new_value_words(name: str, value: Value, wording: Wording) -> str:
    """Return a new value of a field; a double next to a round number reads "just above" it."""
    field = wording.field(name)
    if field and field.type is FieldType.NUMBER and isinstance(value, float):
        rounded = round(value, 9)
        if rounded != value and abs(rounded - value) < 1e-6:  # noqa: PLR2004 - the next double
            key = "whatif.just_above" if value > rounded else "whatif.just_below"
            return wording.word(key, value=wording.value(name, rounded))
    return wording.value(name, value)


def _field_words(proposal: Proposal, field: ChangedField, context: SentenceContext) -> str:
    before = proposal.before
    key = "whatif.field"
    if before.value is None:
        key = "whatif.field_stated"
    elif before.value == proposal.fact.value:
        key = "whatif.field_confirmed"
    return context.wording.word(
        key,
        title=field.title,
        after=field.after,
        before=field.before,
        grade=field.grade,
        before_grade=context.wording.grade(before.grade),
    )
