"""What changed in the rules themselves between two days, whatever the offers."""

from collections.abc import Iterator
from datetime import date

from offsetcheck.difference.phrases import Speech
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import source_line
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.model import KNOWN_FROM, UNTIL, Row

MAX_VALUES = 5


def rule_news(rulebook: Rulebook, before: Setting, after: Setting, speech: Speech) -> Iterator[str]:
    """Yield in words the rules that began or ended, values that changed, and tables that grew."""
    old, new = before.bound.rules, after.bound.rules
    for name in dict.fromkeys([*old, *new]):
        if name in old and name in new:
            yield from _values(old[name], new[name], after, speech)
        else:
            yield _turned(rulebook, name, new.get(name) or old[name], name in new, speech)
    for name in rulebook.tables:
        yield from _table(rulebook, name, before, after, speech)


def _turned(rulebook: Rulebook, name: str, rule: BoundRule, began: object, speech: Speech) -> str:
    effective = rulebook.rules[name].file.effective
    key, day = ("news.began", effective.since) if began else ("news.ended", effective.until)
    return speech.say(
        key,
        title=speech.wording.rule_title(rule).rstrip("."),
        day=speech.wording.day(day or date.max),
    )


def _values(old: BoundRule, new: BoundRule, after: Setting, speech: Speech) -> Iterator[str]:
    wording = after.wording
    for name, parameter in new.parameters.items():
        if name in old.parameters and old.parameters[name].value != parameter.value:
            source = source_line(parameter.source, wording) if parameter.source else None
            values = (
                wording.parameter(rule.parameters[name], rule, at_most=MAX_VALUES)
                for rule in (old, new)
            )
            was, now = (value or speech.say("compare.unset") for value in values)
            yield speech.say(
                "news.value",
                title=wording.rule_title(new).rstrip("."),
                name=wording.parameter_title(parameter, new),
                before=was,
                after=now,
                day=wording.day(parameter.since) if parameter.since else "–",
                source=f"{source.words} [{source.standing_words}]" if source else "–",
            )


def _table(
    rulebook: Rulebook, name: str, before: Setting, after: Setting, speech: Speech
) -> Iterator[str]:
    entry = rulebook.tables[name].entry
    title = speech.wording.pick(entry.title, f"table.{name}") if entry.title else name
    editions = [side.bound.tables.get(name) for side in (before, after)]
    if editions[0] != editions[1]:
        was, now = (edition or speech.say("compare.unset") for edition in editions)
        yield speech.say("shift.edition", table=title, before=was, after=now)
    edition = entry.on(after.bound.as_of)
    if edition is None:
        return
    if edition.is_stale(after.bound.as_of):
        yield speech.say("shift.stale", table=title)
    rows = rulebook.tables[name].files[f"tables/{edition.file}"].rows
    days = before.bound.as_of, after.bound.as_of
    began = sum(_began(row, *days) for row in rows)
    ended = sum(_ended(row, *days) for row in rows)
    if began or ended:
        yield speech.say("news.rows", table=title, began=began, ended=ended)


def _began(row: Row, first: date, last: date) -> bool:
    since = row.cells.get(KNOWN_FROM)
    return bool(since) and first < date.fromisoformat(str(since)) <= last


def _ended(row: Row, first: date, last: date) -> bool:
    until = row.cells.get(UNTIL)
    return bool(until) and first <= date.fromisoformat(str(until)) < last
