"""A tender since an earlier run: answers in, verdicts turned, and what it comes to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.difference.offer_sides import side_line, turned_rules
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.since_money import money_lines
from offsetcheck.explain.setting import Setting
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.offer_change import OfferSince, SideLine, SinceExplanation
from offsetcheck.vocabulary.offer_snapshot import OfferSnapshot, PurchaseSnapshot, RunSnapshot
from offsetcheck.vocabulary.tender_explanation import TenderExplanation

FEWEST_IN_COMMON = 3  # offers; what two have in common is said at each
OF_NOBODY = frozenset({Cause.NO_ROW, Cause.ID_NOT_RECOGNISED})
"""Why a table or a search says nothing of what is stated; nobody answers that."""


@dataclass(frozen=True, slots=True)
class Runs:
    """An earlier run and the one of now: each the tender, and its offers by id."""

    before: RunSnapshot
    offers_before: Mapping[str, OfferSnapshot]
    after: TenderExplanation
    offers_after: Mapping[str, CandidateExplanation]


def since(setting: Setting, runs: Runs) -> SinceExplanation:
    """Return what changed between two runs of a tender, offers in the order of now."""
    speech = Speech(setting.wording)
    now = {name: OfferSnapshot.of(one) for name, one in runs.offers_after.items()}
    both = [name for name in now if name in runs.offers_before]
    lines = [_offer(runs.offers_before[n], now[n], runs.offers_after[n], speech) for n in both]
    changed = tuple(line for line in lines if _is_other(line))
    common = _common(changed)
    added = tuple(name for name in now if name not in runs.offers_before)
    gone = tuple(name for name in runs.offers_before if name not in now)
    unchanged = tuple(line.id for line in lines if not _is_other(line))
    return SinceExplanation(
        language=setting.wording.language,
        city=runs.after.city,
        title=runs.after.title,
        before_day=runs.before.audit.as_of,
        after_day=runs.after.audit.as_of,
        summary=_summary(changed, added, gone, unchanged, speech),
        remarks=tuple(_remarks(runs, speech)),
        purchase_changes=tuple(_purchase(runs, speech)),
        added=tuple(_named(now[name]) for name in added),
        gone=tuple(_named(runs.offers_before[name]) for name in gone),
        common=common,
        offers=tuple(_without(line, common) for line in changed),
        unchanged=unchanged,
        money=money_lines(tuple(runs.offers_before.values()), tuple(now.values()), speech),
        audit=runs.after.audit,
    )


def _offer(
    before: OfferSnapshot, now: OfferSnapshot, after: CandidateExplanation, speech: Speech
) -> OfferSince:
    sides = side_line(before), side_line(now)
    open_now = {question.field for question in now.questions}
    open_then = {question.field for question in before.questions}
    values = _values(after)
    return OfferSince(
        id=after.offer.id,
        name=after.offer.name,
        before=sides[0],
        after=sides[1],
        turned=turned_rules(before, after, speech),
        answered=tuple(
            _answered(question.title, values.get(question.field), speech)
            for question in before.questions
            if question.field not in open_now and question.cause not in OF_NOBODY
        ),
        asked=tuple(
            question.question
            for question in now.questions
            if question.question and question.field not in open_then
        ),
        words=_words(*sides, speech),
    )


def _common(lines: Sequence[OfferSince]) -> tuple[str, ...]:
    """Return what came out otherwise in the same way for all of several offers."""
    if len(lines) < FEWEST_IN_COMMON:
        return ()
    told = [[rule.words for rule in line.turned] for line in lines]
    return tuple(words for words in told[0] if all(words in other for other in told))


def _without(line: OfferSince, common: Sequence[str]) -> OfferSince:
    turned = tuple(rule for rule in line.turned if rule.words not in common)
    return line.model_copy(update={"turned": turned})


def _is_other(line: OfferSince) -> bool:
    lists: Sequence[Sequence[object]] = (line.turned, line.answered, line.asked)
    was, now = line.before, line.after
    return was.verdict != now.verdict or any(lists) or _lot(was) != _lot(now)


def _values(after: CandidateExplanation) -> dict[str, str]:
    """Return what findings now rest on, by field."""
    return {line.field: line.value for found in after.findings for line in found.evidence}


def _answered(title: str, value: str | None, speech: Speech) -> str:
    if value is None:  # what waited for it needs it no more
        return speech.say("since.settled", title=title)
    return speech.say("since.answered", title=title, value=value)


def _words(before: SideLine, after: SideLine, speech: Speech) -> str:
    if before.verdict == after.verdict:
        said = speech.say("since.same", verdict=after.verdict_words)
    else:
        words = {"before": before.verdict_words, "after": after.verdict_words}
        said = speech.say("since.turned", **words)
    sentences = [f"{said}."]
    if before.grade != after.grade:
        sentences.append(speech.say("since.grade", before=before.grade, after=after.grade))
    if _lot(before) != _lot(after):
        sentences.append(speech.say("since.lot", before=_lot(before), after=_lot(after)))
    return " ".join(sentences)


def _lot(side: SideLine) -> str:
    return f"{side.tonnes_words}, {side.price_words}"


def _named(offer: OfferSnapshot) -> str:
    return f"{offer.offer.id}: {offer.offer.name} ({offer.verdict.words})"


def _summary(
    changed: Sequence[OfferSince],
    added: Sequence[str],
    gone: Sequence[str],
    unchanged: Sequence[str],
    speech: Speech,
) -> str:
    return speech.say(
        "since.summary",
        turned=sum(line.before.verdict != line.after.verdict for line in changed),
        answered=sum(len(line.answered) for line in changed),
        asked=sum(len(line.asked) for line in changed),
        added=len(added), gone=len(gone), unchanged=len(unchanged),
    )  # fmt: skip


def _remarks(runs: Runs, speech: Speech) -> Iterator[str]:
    """Yield what else is not as it was, so that nobody takes it for an answer of a bidder."""
    before, after = runs.before.audit, runs.after.audit
    if before.city != after.city:
        yield speech.say("since.city_changed", before=before.city, after=after.city)
    if before.rulebook_hash != after.rulebook_hash:
        yield speech.say("since.rules_changed")
    if before.as_of != after.as_of:
        yield speech.say("since.day_changed", before=before.as_of, after=after.as_of)
    if runs.before.language != runs.after.language:
        yield speech.say("since.language")


def _purchase(runs: Runs, speech: Speech) -> Iterator[str]:
    was = dict(runs.before.purchase.facts)
    now = PurchaseSnapshot.model_validate(runs.after.purchase.model_dump())
    old = runs.before.purchase.verdict
    if old.verdict != now.verdict.verdict:
        words = {"before": old.words, "after": now.verdict.words}
        yield speech.say("since.purchase_verdict", **words)
    nothing = speech.say("since.nothing_stated")
    stated = dict(now.facts)
    for title in dict.fromkeys([*stated, *was]):
        before, after = was.get(title, nothing), stated.get(title, nothing)
        if before != after and runs.before.language == runs.after.language:
            yield speech.say("since.purchase", title=title, before=before, after=after)
