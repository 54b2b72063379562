"""One offer under several cities and standards: what comes out, and which rule makes it so."""

from collections.abc import Sequence

from offsetcheck.difference.city_differences import (
    asked_differently,
    differences,
    is_unasked,
    shared,
    unasked,
)
from offsetcheck.difference.exchange import FLOOR, TurningRules, grade_turned_by, verdict_turned_by
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.profile import Profile
from offsetcheck.explain.reason import cause_of
from offsetcheck.ground.canonical import content_hash
from offsetcheck.vocabulary.comparison import (
    CauseLine,
    ComparisonExplanation,
    ProfileLine,
)
from offsetcheck.vocabulary.explained import Audit
from offsetcheck.vocabulary.finding_explanation import FindingLine
from offsetcheck.vocabulary.shown import grade_range

NOT_PERMITTED = "not_permitted"
MAX_POINTS = 4


def compare_profiles(profiles: Sequence[Profile], purchase_words: str) -> ComparisonExplanation:
    """Return one offer under all profiles, set against the first of them, differences first.

    `purchase_words` says whose purchase was used for all. Raises ValueError without a profile.
    """
    if not profiles:
        raise ValueError("there is nothing to compare")
    first = profiles[0]
    speech = Speech(first.setting.wording)
    causes = {profile.id: verdict_turned_by(first.judged, profile.judged) for profile in profiles}
    offer = first.explained.offer
    title = speech.say("compare.title", offer=offer.name, count=len(profiles))
    lines = tuple(_profile(p, first, causes[p.id], speech) for p in profiles)
    found = differences(profiles, causes, speech)
    return ComparisonExplanation(
        language=first.explained.language,
        title=title,
        offer=offer,
        as_of=first.explained.audit.as_of,
        purchase_words=purchase_words,
        agreeing=_agreeing(lines, speech),
        profiles=lines,
        differences=tuple(line for line in found if not is_unasked(line)),
        not_asked=unasked(filter(is_unasked, found), speech),
        asked_differently=asked_differently(profiles, speech),
        same=shared(profiles, speech),
        audit=_audit(profiles),
    )


def _agreeing(lines: Sequence[ProfileLine], speech: Speech) -> str | None:
    """Return in one sentence which profiles come to what the first comes to."""
    first, *others = lines
    same = [line.name for line in others if line.agrees]
    if not same:
        return None
    return speech.say("compare.agree", first=first.name, list=", ".join(same))


def _what(own: Profile) -> tuple[str, ...]:
    return own.assessment.verdict.value, _grades(own), own.purchase.verdict.verdict


def _profile(own: Profile, first: Profile, turning: TurningRules, speech: Speech) -> ProfileLine:
    explained, city = own.explained, own.setting.bound.city
    return ProfileLine(
        id=own.id,
        name=own.name,
        kind=city.kind,
        kind_words=speech.say(f"compare.{city.kind}"),
        verdict=explained.verdict,
        grade=_grades(own),
        grade_words=explained.grade.words,
        floor=city.floor,
        claim=explained.claim.words,
        claim_short=_claim_short(own, speech),
        purchase=own.purchase.verdict,
        purchase_words=_purchase_words(own, speech),
        reason=explained.reasons[0].short if explained.reasons else "",
        why=" ".join(reason.text for reason in explained.reasons),
        causes=tuple(_cause_line(topic, own, first, speech) for topic in turning.topics),
        cause_words=_cause_words(own, first, turning, speech) + _bars(own, first, speech),
        agrees=_what(own) == _what(first),
        rulebook_hash=own.setting.bound.hash,
    )


def _grades(own: Profile) -> str:
    found = own.assessment
    return grade_range(found.grade_lower, found.grade_upper)


def _claim_short(own: Profile, speech: Speech) -> str:
    """Return what the city may say in a word or two."""
    claim = own.explained.claim.overall
    limit, worst = (speech.say(f"claim.{word}") for word in (claim.limit, claim.worst))
    if limit == worst:
        return limit
    return speech.say("compare.claim_open", limit=limit, worst=worst)


def _purchase_words(own: Profile, speech: Speech) -> str:
    """Return the purchase's verdict, and of a city that does not offset what that means."""
    words = own.purchase.verdict.words
    if own.setting.bound.city.offsetting == NOT_PERMITTED:
        return f"{words}. {speech.say('compare.not_permitted', city=own.name)}"
    return words


def _cause_line(topic: str, own: Profile, first: Profile, speech: Speech) -> CauseLine:
    if topic == FLOOR:
        title = speech.say("compare.floor")
        there, here = (side.setting.bound.city.floor for side in (first, own))
        words = speech.say("compare.point", title=title, words=f"{here}; {first.name}: {there}")
        return CauseLine(rule=None, title=title, words=words)
    here_line, there_line = own.line(topic), first.line(topic)
    known = here_line or there_line
    title = known.title.rstrip(".") if known else topic
    words = f"{_said(here_line, speech)}; {first.name}: {_said(there_line, speech)}"
    # What is wrong says more than the title, which states what should be.
    wrong = next((x for x in (here_line, there_line) if x and x.fails), None)
    cause = cause_of(wrong) if wrong else title
    return CauseLine(
        rule=topic, title=title, words=speech.say("compare.point", title=cause, words=words)
    )


def _said(line: FindingLine | None, speech: Speech) -> str:
    """Return what came out of a rule, or that it is not asked."""
    if line is None:
        return speech.say("compare.absent")
    status = line.status_words
    return f"{status[:1].lower()}{status[1:]}, {line.effect_words}"


def _cause_words(own: Profile, first: Profile, turning: TurningRules, speech: Speech) -> str:
    verdict = own.explained.verdict.words
    if own is first:
        why = " ".join(reason.text for reason in own.explained.reasons)
        return speech.say("compare.first", city=own.name, verdict=verdict, why=why)
    if not turning.topics:
        return _same_verdict(own, first, speech)
    key = "one" if len(turning.topics) == 1 else "any" if turning.alone else "all"
    return speech.say(
        f"compare.{key}",
        city=own.name,
        verdict=verdict,
        first=first.name,
        other=first.explained.verdict.words,
        points=_points(own, first, turning, speech),
    )


def _bars(own: Profile, first: Profile, speech: Speech) -> str:
    """Return why the purchase itself fares otherwise, or nothing where it does not."""
    verdict = own.purchase.verdict
    if verdict.verdict == first.purchase.verdict.verdict:
        return ""
    reasons = " ".join(reason.text for reason in own.purchase.reasons)
    return speech.say("compare.purchase", purchase=verdict.words, reasons=reasons)


def _same_verdict(own: Profile, first: Profile, speech: Speech) -> str:
    turning = grade_turned_by(first.judged, own.judged)
    if not turning.topics:
        return speech.say("compare.no_difference", city=own.name, first=first.name)
    return speech.say(
        "compare.grade",
        city=own.name,
        first=first.name,
        grade=_grades(own),
        other=_grades(first),
        points=_points(own, first, turning, speech),
    )


def _points(own: Profile, first: Profile, turning: TurningRules, speech: Speech) -> str:
    points = [_cause_line(t, own, first, speech).words for t in turning.topics[:MAX_POINTS]]
    if len(turning.topics) > MAX_POINTS:
        points.append(speech.say("drift.and_more", count=len(turning.topics) - MAX_POINTS))
    return speech.joined(points)


def _audit(profiles: Sequence[Profile]) -> Audit:
    """Return the audit of the first profile with the hashes of all in place of its own."""
    every = [profile.explained.audit for profile in profiles]
    return every[0].model_copy(
        update={
            "rulebook_hash": content_hash([audit.rulebook_hash for audit in every]),
            "result_hash": content_hash([audit.result_hash for audit in every]),
            "city": " ".join(audit.city for audit in every),
            "city_words": "; ".join(audit.city_words for audit in every),
            "rules_applied": 0,
            "rules_not_applicable": 0,
            "jurisdictions": (),
            "jurisdictions_words": (),
            "left_out": (),
            "changed": (),
        }
    )
