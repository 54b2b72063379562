"""Reference tables, their editions and what one turns, as lines for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from offsetcheck.cli.counted import counted

if TYPE_CHECKING:
    from offsetcheck.api.tables import CheckedEdition, EditionUpdate, ListedEdition, ListedTable
    from offsetcheck.difference.turned import Answer, ChangedRow, Turned

MAX_EXAMPLES = 5
MAX_KEY_CHARACTERS = 300


def listing_lines(table: "ListedTable") -> Iterator[str]:
    """Yield a table and its editions: published, in force from, stale after."""
    yield f"{table.name}: {table.title}" if table.title else table.name
    for edition in table.editions:
        yield f"  {edition.edition.file:32} {counted(edition.rows, 'row'):>11}  {_days(edition)}"


def _days(listed: "ListedEdition") -> str:
    edition, day = listed.edition, listed.stale_from
    stale = f"stale from {day.isoformat()}" if day else "does not age"
    serves = "  (in force, stale)" if listed.stale else "  (in force)"
    published, since = edition.published.isoformat(), edition.valid_from.isoformat()
    mark = serves if listed.serves else ""
    return f"published {published}  in force from {since}  {stale}{mark}"


def key_lines(checked: "CheckedEdition") -> Iterator[str]:
    """Yield how many keys are new, changed and gone since the last edition, and the first ones."""
    keys = checked.keys
    counts = {"new": keys.new, "changed": keys.changed, "gone": keys.gone}
    said = ", ".join(f"{len(some):,} {word}" for word, some in counts.items())
    yield f"against the edition of {checked.before.published.isoformat()}: {said}"
    for word, some in counts.items():
        if some:
            first = some[:MAX_EXAMPLES]
            shown = "; ".join(" ".join(part for part in key if part) for key in first)
            left = len(some) - MAX_EXAMPLES
            more = f"; and {left:,} more" if left > 0 else ""
            yield f"  {word}: {shown[:MAX_KEY_CHARACTERS]}{more}"


def update_lines(update: "EditionUpdate", offers: str) -> Iterator[str]:
    """Yield the file of an edition, what is new in it, and what it turns of the offers."""
    yield update.edition.file
    yield from key_lines(update.checked)
    yield from _turned_lines(update.turned, offers)


def _turned_lines(found: "Turned", offers: str) -> Iterator[str]:
    bound = found.terms[1].bound
    yield (
        f"{offers} for {bound.city.id} on {bound.as_of.isoformat()}: "
        f"{len(found.rows):,} candidates, {len(found.verdicts):,} change their verdict, "
        f"{len(found.grades):,} their grade alone"
    )
    for (before, after), count in found.counts.items():
        if before != after:
            yield f"  {before} -> {after}: {count:,}"
            rows = [row for row in found.verdicts if row.verdicts == (before, after)]
            yield from _examples(rows, found)
    if found.grades:
        yield "  grade alone"
        yield from _examples(found.grades, found)
    if found.rules:
        yield "rules that come out differently"
        counts = {rule: len(rows) for rule, rows in found.rules.items()}
        for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield f"  {bound.rules[rule].code or '':7} {rule:44} {count:,}"


def _examples(rows: Sequence["ChangedRow"], found: "Turned") -> Iterator[str]:
    for row in rows[:MAX_EXAMPLES]:
        grades = f"{_grade(row.before)} -> {_grade(row.after)}"
        yield f"    {row.id:16} {grades:14} by {', '.join(found.rules_of.get(row.row, ()))}"
    if len(rows) > MAX_EXAMPLES:
        yield f"    and {len(rows) - MAX_EXAMPLES:,} more"


def _grade(answer: "Answer") -> str:
    lower, upper = answer.grade_lower, answer.grade_upper
    return lower if lower == upper else f"{lower} to {upper}"
