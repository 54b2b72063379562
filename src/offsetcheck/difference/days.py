"""A list on two days: which verdicts and grades changed, through which rule, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offsetcheck.difference.causes import MAX_PATTERNS, ListCauses, TopicRows, list_causes
from offsetcheck.difference.day_offers import offer_line, title_of
from offsetcheck.difference.narrator import DriftNarrator
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.rule_news import rule_news
from offsetcheck.difference.terms import Terms
from offsetcheck.difference.trace import trace
from offsetcheck.difference.turned import Turned, VerdictChange, turned
from offsetcheck.explain.audit import audit
from offsetcheck.explain.purchase import purchase_title
from offsetcheck.explain.setting import Setting
from offsetcheck.ground.canonical import content_hash
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.comparison import DriftCause, DriftExplanation, ShiftLine, TurnLine
from offsetcheck.vocabulary.explained import Audit
from offsetcheck.vocabulary.table import CandidateTable

MAX_EXAMPLES = 3
MAX_SHIFTS = 4


@dataclass(frozen=True, slots=True)
class Days:
    """One city on two days under one rulebook, and in words whose purchase was used."""

    rulebook: Rulebook
    before: Setting
    after: Setting
    purchase_words: str

    @property
    def terms(self) -> tuple[Terms, Terms]:
        """The terms of the earlier and of the later day."""
        return (
            Terms(self.before.bound, self.before.purchase),
            Terms(self.after.bound, self.after.purchase),
        )


def drift(table: CandidateTable, days: Days, shown: int) -> DriftExplanation:
    """Return which offers changed between two days, the causes, and the first `shown` of them.

    Of a long list causes are worked out for one offer of each pattern of change, and counted for
    all offers of the pattern.
    """
    narrator = DriftNarrator(days.rulebook, days.before, days.after)
    speech, terms = narrator.speech, days.terms
    found = turned(table, *terms)
    causes = list_causes(table, found)
    offers = [trace(table.candidate(row), *terms) for row in _first(found, causes, shown)]
    return DriftExplanation(
        language=days.after.wording.language,
        city=days.after.wording.city(),
        title=purchase_title(days.after),
        since=days.before.bound.as_of.isoformat(),
        until=days.after.bound.as_of.isoformat(),
        purchase_words=days.purchase_words,
        summary=_summary(len(found.changed), len(table), speech),
        offers=len(table),
        changed=len(found.changed),
        turns=tuple(_turn(change, count, speech) for change, count in found.counts.items()),
        causes=tuple(_cause(topic, table, narrator) for topic in causes.topics),
        on_other_grounds=sum(len(pattern.rows) for pattern in causes.grounds),
        grounds=tuple(_cause(topic, table, narrator) for topic in causes.ground_topics),
        shown=tuple(offer_line(offer, narrator) for offer in offers),
        limit_words=_limits(len(found.changed), causes, len(offers), speech),
        rules_words=tuple(rule_news(days.rulebook, days.before, days.after, speech)),
        audit=_audit(found, days),
    )


def _summary(changed: int, offers: int, speech: Speech) -> str:
    key = "drift.summary" if changed else "drift.unchanged"
    return speech.say(key, changed=f"{changed:,}", offers=f"{offers:,}")


def _audit(found: Turned, days: Days) -> Audit:
    """Return the audit of the later day; its hashes are of both rulebooks and of the changes."""
    hashes = [side.bound.hash for side in (days.before, days.after)]
    made = audit(days.after, (), content_hash([*_hashed(found)]))
    return made.model_copy(update={"rulebook_hash": content_hash(hashes)})


def _hashed(found: Turned) -> Iterable[dict[str, object]]:
    for row in (*found.verdicts, *found.grades):
        grades = [(side.grade_lower, side.grade_upper) for side in (row.before, row.after)]
        yield {"row": row.row, "verdicts": row.verdicts, "grades": grades}


def _first(found: Turned, causes: ListCauses, shown: int) -> tuple[int, ...]:
    """Return the rows to show: one of each pattern, then other changed ones, then other grounds."""
    rows = [pattern.rows[0] for pattern in causes.patterns]
    rows += [row.row for row in (*found.verdicts, *found.grades)]
    rows += [pattern.rows[0] for pattern in causes.grounds]
    return tuple(dict.fromkeys(rows))[:shown]


def _turn(change: VerdictChange, count: int, speech: Speech) -> TurnLine:
    before, after = change
    was, now = (speech.say(f"verdict.{verdict}") for verdict in change)
    key = "drift.grade_only" if before == after else "drift.turn"
    words = speech.say(key, before=was, after=now)
    return TurnLine(before=before, after=after, words=words, offers=count)


def _cause(found: TopicRows, table: CandidateTable, narrator: DriftNarrator) -> DriftCause:
    lines = dict.fromkeys(
        line for one in found.traced for line in narrator.lines(found.topic, one.offer)
    )
    return DriftCause(
        rule=found.topic,
        title=title_of(found.topic, found.traced[0].offer, narrator.speech),
        offers=len(found.rows),
        examples=tuple(table.ids[row] for row in found.rows[:MAX_EXAMPLES]),
        shifts=_named(tuple(lines), narrator.speech),
    )


def _named(lines: Sequence[ShiftLine], speech: Speech) -> tuple[ShiftLine, ...]:
    """Return some of the things that were otherwise, and how many more there are."""
    if len(lines) <= MAX_SHIFTS:
        return tuple(lines)
    more = speech.say("drift.and_more", count=len(lines) - MAX_SHIFTS)
    return (*lines[:MAX_SHIFTS], ShiftLine(kind="more", words=more))


def _limits(changed: int, causes: ListCauses, shown: int, speech: Speech) -> str:
    said = []
    kinds, left = len(causes.patterns), causes.rows_not_traced
    if kinds < changed:
        said.append(speech.say("drift.limit_kinds", kinds=min(kinds, MAX_PATTERNS)))
    if left:
        said.append(speech.say("drift.limit_left", count=left))
    if shown < changed:
        said.append(speech.say("drift.limit", shown=shown, changed=changed))
    return " ".join(said)
