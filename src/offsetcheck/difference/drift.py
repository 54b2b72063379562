"""A list on two days: which verdicts and grades changed, through which rule, and why."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from offsetcheck.difference.patterns import Change, Changes, Pattern, changes
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.rule_news import rule_news
from offsetcheck.difference.traced import Days, Traced, offer_line, title_of, trace
from offsetcheck.explain.audit import audit
from offsetcheck.explain.purchase import purchase_title
from offsetcheck.ground.canonical import content_hash
from offsetcheck.vocabulary.comparison import DriftCause, DriftExplanation, ShiftLine, TurnLine
from offsetcheck.vocabulary.explanation import Audit
from offsetcheck.vocabulary.table import CandidateTable

EXAMPLES = 3
SHIFTS_NAMED = 4
MOST_PATTERNS = 400


def drift(table: CandidateTable, days: Days, shown: int) -> DriftExplanation:
    """Return which offers changed between two days, the causes, and the first `shown` of them.

    Of a long list causes are worked out for one offer of each pattern of change, and counted for
    all offers of the pattern.
    """
    speech = Speech(days.after.wording)
    found = changes(table, days.before, days.after)
    traces, grounds = (
        {kind: trace(table.candidate(kind.rows[0]), days, speech) for kind in kinds[:MOST_PATTERNS]}
        for kinds in (found.patterns, found.grounds)
    )
    offers = [trace(table.candidate(row), days, speech) for row in _first(found, shown)]
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
        turns=_turns(found.changed, speech),
        causes=_causes(traces, lambda x: x.cause.topics, table, speech),
        on_other_grounds=sum(len(kind.rows) for kind in found.grounds),
        grounds=_causes(grounds, lambda x: x.grounds, table, speech),
        shown=tuple(offer_line(traced) for traced in offers),
        limit_words=_limits(found.changed, found.patterns, len(offers), speech),
        rules_words=tuple(rule_news(days.rulebook, days.before, days.after, speech)),
        audit=_audit(found, days),
    )


def _summary(changed: int, offers: int, speech: Speech) -> str:
    key = "drift.summary" if changed else "drift.unchanged"
    return speech.say(key, changed=f"{changed:,}", offers=f"{offers:,}")


def _audit(found: Changes, days: Days) -> Audit:
    """Return the audit of the later day; its hashes are of both rulebooks and of the changes."""
    hashes = [side.bound.hash for side in (days.before, days.after)]
    made = audit(days.after, (), content_hash(found.changed))
    return made.model_copy(update={"rulebook_hash": content_hash(hashes)})


def _first(found: Changes, shown: int) -> tuple[int, ...]:
    """Return the rows to show: one of each pattern, then other changed ones, then other grounds."""
    rows = [kind.rows[0] for kind in found.patterns]
    rows += [change.row for change in found.changed]
    rows += [kind.rows[0] for kind in found.grounds]
    return tuple(dict.fromkeys(rows))[:shown]


def _turns(changed: Sequence[Change], speech: Speech) -> tuple[TurnLine, ...]:
    counts = Counter(change.verdicts for change in changed)
    return tuple(_turn(*verdicts, count, speech) for verdicts, count in counts.most_common())


def _turn(before: str, after: str, count: int, speech: Speech) -> TurnLine:
    was, now = (speech.say(f"verdict.{verdict}") for verdict in (before, after))
    key = "drift.grade_only" if before == after else "drift.turn"
    words = speech.say(key, before=was, after=now)
    return TurnLine(before=before, after=after, words=words, offers=count)


def _causes(
    traces: dict[Pattern, Traced],
    topics: Callable[[Traced], tuple[str, ...]],
    table: CandidateTable,
    speech: Speech,
) -> tuple[DriftCause, ...]:
    """Return the rules through which offers changed, the one with most offers first."""
    rows: dict[str, list[int]] = {}
    said: dict[str, dict[ShiftLine, None]] = {}
    titles: dict[str, str] = {}
    for kind, traced in traces.items():
        for topic in topics(traced):
            rows.setdefault(topic, []).extend(kind.rows)
            said.setdefault(topic, {}).update(dict.fromkeys(traced.shifts[topic]))
            titles.setdefault(topic, title_of(topic, traced, speech))
    order = sorted(rows, key=lambda topic: (-len(rows[topic]), topic))
    return tuple(
        DriftCause(
            rule=topic,
            title=titles[topic],
            offers=len(rows[topic]),
            examples=tuple(table.ids[row] for row in rows[topic][:EXAMPLES]),
            shifts=_named(said[topic], speech),
        )
        for topic in order
    )


def _named(lines: Iterable[ShiftLine], speech: Speech) -> tuple[ShiftLine, ...]:
    """Return some of the things that were otherwise, and how many more there are."""
    every = tuple(lines)
    if len(every) <= SHIFTS_NAMED:
        return every
    more = speech.say("drift.and_more", count=len(every) - SHIFTS_NAMED)
    return (*every[:SHIFTS_NAMED], ShiftLine(kind="more", words=more))


def _limits(changed: Sequence[Change], kinds: Sequence[Pattern], shown: int, speech: Speech) -> str:
    said = []
    if len(kinds) < len(changed):
        said.append(speech.say("drift.limit_kinds", kinds=min(len(kinds), MOST_PATTERNS)))
    left = sum(len(kind.rows) for kind in kinds[MOST_PATTERNS:])
    if left:
        said.append(speech.say("drift.limit_left", count=left))
    if shown < len(changed):
        said.append(speech.say("drift.limit", shown=shown, changed=len(changed)))
    return " ".join(said)
