"""An offer as it stands beside the offer as it would be."""

from dataclasses import dataclass

from offsetcheck.difference.offer_sides import side_line, turned_rules
from offsetcheck.difference.phrases import Speech
from offsetcheck.explain.setting import Setting
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.explanation import CandidateExplanation, ChangedField
from offsetcheck.vocabulary.offer_change import SideLine, SupposedExplanation, TurnedRule
from offsetcheck.vocabulary.offer_snapshot import OfferSnapshot


@dataclass(frozen=True, slots=True)
class Supposed:
    """One statement as it is and as it is supposed to be; `field` may be one of the purchase."""

    field: str
    before: Fact
    after: Fact


def suppose(
    setting: Setting,
    supposed: tuple[Supposed, ...],
    before: CandidateExplanation,
    after: CandidateExplanation,
) -> SupposedExplanation:
    """Return what would be otherwise if some statements were others."""
    speech = Speech(setting.wording)
    offer = OfferSnapshot.of(before)
    sides = side_line(offer), side_line(OfferSnapshot.of(after))
    turned = turned_rules(offer, after, speech)
    return SupposedExplanation(
        language=setting.wording.language,
        city=before.city,
        title=before.title,
        id=before.offer.id,
        name=before.offer.name,
        summary=_summary(*sides, turned, speech),
        supposed=tuple(_changed(one, after.offer.currency, speech) for one in supposed),
        before=sides[0],
        after=sides[1],
        turned=turned,
        audit=after.audit,
    )


def _summary(
    before: SideLine, after: SideLine, turned: tuple[TurnedRule, ...], speech: Speech
) -> str:
    if before.verdict != after.verdict:
        key = "supposed.turned"
    elif before.grade != after.grade:
        key = "supposed.grade"
    elif turned:
        key = "supposed.rules"
    else:
        key = "supposed.nothing"
    return speech.say(
        key,
        before=before.verdict_words, after=after.verdict_words,
        grade_before=before.grade, grade_after=after.grade,
    )  # fmt: skip


def _changed(one: Supposed, currency: str | None, speech: Speech) -> ChangedField:
    wording = speech.wording
    was, now = (
        speech.say("offer.unstated")
        if fact.value is None
        else wording.value(one.field, fact.value, currency)
        for fact in (one.before, one.after)
    )
    return ChangedField(
        field=one.field,
        title=wording.title(one.field),
        before=was,
        after=now,
        grade=wording.grade(one.after.grade),
    )
