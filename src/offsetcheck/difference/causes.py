"""Through which rules a list turned: one offer of each pattern traced, counted for all its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from offsetcheck.difference.patterns import Pattern, patterns, refused_otherwise
from offsetcheck.difference.trace import TracedOffer, trace
from offsetcheck.difference.turned import Turned
from offsetcheck.vocabulary.table import CandidateTable

MAX_PATTERNS = 400


@dataclass(frozen=True, slots=True)
class TracedPattern:
    """Rows that changed alike, and the first of them traced to its causes."""

    pattern: Pattern
    offer: TracedOffer


@dataclass(frozen=True, slots=True)
class TopicRows:
    """A rule or other topic, the rows (from 0) that turned through it, and their patterns."""

    topic: str
    rows: tuple[int, ...]
    traced: tuple[TracedPattern, ...]


@dataclass(frozen=True, slots=True)
class ListCauses:
    """Why a list turned: its patterns, and for each topic the rows that turned through it.

    `grounds` are the patterns of rows refused before and after but not by the same requirements.
    Topics are those of the first patterns alone (MAX_PATTERNS of each kind), most rows first.
    """

    patterns: tuple[Pattern, ...]
    topics: tuple[TopicRows, ...]
    grounds: tuple[Pattern, ...]
    ground_topics: tuple[TopicRows, ...]

    @property
    def rows_not_traced(self) -> int:
        """How many changed rows belong to patterns that were not traced."""
        return sum(len(pattern.rows) for pattern in self.patterns[MAX_PATTERNS:])


def list_causes(table: CandidateTable, found: Turned) -> ListCauses:
    """Return through which rules a list turned that was judged on two terms."""
    alike, grounds = patterns(found), refused_otherwise(found)
    return ListCauses(
        patterns=alike,
        topics=_by_topic(_traced(alike, table, found), lambda offer: offer.turning.topics),
        grounds=grounds,
        ground_topics=_by_topic(_traced(grounds, table, found), lambda offer: offer.grounds),
    )


def _traced(
    some: Sequence[Pattern], table: CandidateTable, found: Turned
) -> tuple[TracedPattern, ...]:
    return tuple(
        TracedPattern(pattern, trace(table.candidate(pattern.rows[0]), *found.terms))
        for pattern in some[:MAX_PATTERNS]
    )


def _by_topic(
    traced: Sequence[TracedPattern], topics: Callable[[TracedOffer], Sequence[str]]
) -> tuple[TopicRows, ...]:
    groups: dict[str, list[TracedPattern]] = {}
    for one in traced:
        for topic in topics(one.offer):
            groups.setdefault(topic, []).append(one)
    found = [
        TopicRows(topic, tuple(row for one in own for row in one.pattern.rows), tuple(own))
        for topic, own in groups.items()
    ]
    return tuple(sorted(found, key=lambda topic: (-len(topic.rows), topic.topic)))
