"""What changed in a rule: its values by day, and the entries of the changelog that name it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.rulebook_explanation import DatedValue
from offsetcheck.vocabulary.site_explanation import HistoryLine
from offsetcheck.workshop.site.scope import Scope

HEADING, ENTRY = re.compile(r"##\s+(.+)"), re.compile(r"[-*]\s+(.*)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the changelog: the edition under which it stands, and its Markdown."""

    edition: str
    text: str


def entries(changelog: str) -> tuple[Entry, ...]:
    """Return the entries of a changelog in its order: list items under headings of editions."""
    found: list[Entry] = []
    edition = ""
    lines: list[str] = []
    for line in (*changelog.splitlines(), "## end"):
        begins = ENTRY.fullmatch(line) or HEADING.fullmatch(line)
        if begins and lines:
            found.append(Entry(edition, " ".join(lines)))
            lines = []
        if heading := HEADING.fullmatch(line):
            edition = heading[1].strip()
        elif entry := ENTRY.fullmatch(line):
            lines = [entry[1].strip()]
        elif lines and line.strip():
            lines.append(line.strip())
    return tuple(found)


def history_lines(
    scope: Scope, rule: BoundRule, values: Sequence[DatedValue], changelog: Sequence[Entry]
) -> tuple[HistoryLine, ...]:
    """Return the dated changes of a rule, the latest first, then entries of the changelog."""
    dated = sorted(_dated(scope, rule, values), key=lambda line: (line.when, line.words))
    named = f"`{rule.id}`"
    told = tuple(
        HistoryLine(when="", when_words=entry.edition, words=entry.text, markdown=True)
        for entry in changelog
        if named in entry.text
    )
    return (*reversed(dated), *told)


def _dated(scope: Scope, rule: BoundRule, values: Sequence[DatedValue]) -> Iterator[HistoryLine]:
    effective = scope.rulebook.rules[rule.id].file.effective
    yield _line(scope, effective.since, scope.wording.word("site.history.begins"))
    if effective.until is not None:
        yield _line(scope, effective.until, scope.wording.word("site.history.ends"))
    for value in values:
        if value.since is not None and value.since != effective.since.isoformat():
            words = scope.wording.word(
                "site.history.value",
                who=value.setter_title, name=value.name, value=value.value,
            )  # fmt: skip
            yield _line(scope, date.fromisoformat(value.since), words)


def _line(scope: Scope, day: date, words: str) -> HistoryLine:
    return HistoryLine(when=day.isoformat(), when_words=scope.wording.day(day), words=words)
