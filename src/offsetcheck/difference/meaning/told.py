"""What is otherwise in a rulebook, in words: each change with its days and whom it reaches."""

from collections.abc import Sequence
from datetime import date

from offsetcheck.difference.meaning.compare import MeaningDifference
from offsetcheck.difference.meaning.model import Change, Topic
from offsetcheck.difference.meaning.past import is_past
from offsetcheck.difference.meaning.values_told import SaidValues
from offsetcheck.difference.phrases import Speech
from offsetcheck.vocabulary.rules_diff import MeaningGroup, MeaningLine

MOST_NAMED = 5


class MeaningNarrator:
    """Says what is otherwise between two rulebooks; `places` are those of the changes, in order."""

    def __init__(self, found: MeaningDifference, speech: Speech, places: Sequence[str]) -> None:
        self._found = found
        self._books = found.books
        self._speech = speech
        self._places = dict(zip(map(id, found.changes), places, strict=True))
        self._values = SaidValues(speech, found.books)

    def groups(self) -> tuple[MeaningGroup, ...]:
        """Return the changes by the part of the rulebook that they are in."""
        groups = (
            (topic, tuple(one for one in self._found.changes if one.topic is topic))
            for topic in Topic
        )
        return tuple(
            MeaningGroup(
                topic=topic.value,
                title=self._speech.say(f"rules_diff.topic.{topic.value}"),
                changes=tuple(map(self.line, own)),
            )
            for topic, own in groups
            if own
        )

    def line(self, change: Change) -> MeaningLine:
        """Return one change in words."""
        before, after = self._values.sides(change)
        period = change.period
        return MeaningLine(
            topic=change.topic.value,
            key=change.key,
            place=self._places[id(change)],
            rule=change.rule,
            layer=change.layer,
            title=self.title(change),
            what=self._values.what(change),
            words=self._words(change, before, after),
            before=before,
            after=after,
            since=period.since.isoformat() if period else None,
            until=period.until.isoformat() if period and period.until else None,
            when_words=self._when(change),
            reach=change.reach,
            reach_words=self._reach(change),
            covered=change.covered,
            readers=change.readers,
            readers_words=self._readers(change),
            decides=change.decides,
            past=is_past(change, self._books.day),
            noted=is_past(change, self._books.day) and change not in self._found.unnoted,
        )

    def title(self, change: Change) -> str:
        """Return of what a change is: its rule, else its city, table, field or file."""
        if change.rule is not None:
            return self._values.rule_title(change.rule)
        if change.layer is not None:
            return self._values.layer_name(change.layer)
        if change.topic is Topic.TABLE:
            return self._values.table_title(change.about[0].removeprefix("tables/"))
        if change.topic is Topic.TONNES:
            return self._values.step_title(change.about[0])
        return change.name or change.file

    def _words(self, change: Change, before: str | None, after: str | None) -> str:
        say = self._speech.say
        what = self._values.what(change)
        if before is None and after is None:
            return say("rules_diff.other", what=what)
        if before is None:
            return say("rules_diff.added", what=what, after=after)
        if after is None:
            return say("rules_diff.removed", what=what, before=before)
        return say("rules_diff.changed", what=what, before=before, after=after)

    def _when(self, change: Change) -> str:
        say, period = self._speech.say, change.period
        if not change.decides or period is None:
            return say("rules_diff.when.never")
        days = {"since": self._day(period.since)}
        if period.until is not None:
            return say("rules_diff.when.between", until=self._day(period.until), **days)
        past = period.since < self._books.day
        return say("rules_diff.when.past" if past else "rules_diff.when.ahead", **days)

    def _day(self, day: date) -> str:
        return self._speech.wording.day(day)

    def _reach(self, change: Change) -> str:
        say = self._speech.say
        if not change.decides:
            return ""
        covered = ""
        if change.covered:
            named = self._named(change.covered)
            covered = " " + say("rules_diff.reach.covered", cities=named)
        return self._reached(change.reach) + covered

    def _reached(self, reach: Sequence[str]) -> str:
        say = self._speech.say
        if not reach:
            return say("rules_diff.reach.nobody")
        if len(reach) == len(self._books.lasting):
            return say("rules_diff.reach.all", count=len(reach))
        return say("rules_diff.reach.some", cities=self._named(reach))

    def _readers(self, change: Change) -> str:
        """Return the rules that read a shared value, by title; empty for another change."""
        if not change.readers:
            return ""
        named = self._speech.joined([self._values.rule_title(rule) for rule in change.readers])
        return self._speech.say("rules_diff.read_by", rules=named)

    def _named(self, cities: Sequence[str]) -> str:
        """Return some cities by name, and how many more there are."""
        names = [self._values.layer_name(city) for city in cities[:MOST_NAMED]]
        listed = self._speech.joined(names)
        rest = len(cities) - MOST_NAMED
        return self._speech.say("list.more", list=listed, count=rest) if rest > 0 else listed


def texts_told(found: MeaningDifference, speech: Speech) -> tuple[str, ...]:
    """Return how much is otherwise in words alone."""
    texts, say = found.texts, speech.say
    said = [
        say(key, count=f"{sum(counts.values()):,}", languages=", ".join(sorted(counts)))
        for key, counts in (
            ("rules_diff.texts.reworded", texts.reworded),
            ("rules_diff.texts.added", texts.added),
            ("rules_diff.texts.removed", texts.removed),
        )
        if counts
    ]
    if texts.examples:
        said.append(say("rules_diff.texts.examples", count=f"{texts.examples:,}"))
    if texts.spellings:
        said.append(say("rules_diff.texts.spellings", count=f"{texts.spellings:,}"))
    return tuple(said)
