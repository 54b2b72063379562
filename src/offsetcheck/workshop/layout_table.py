"""The table of the lists that are known, as docs/layouts.md shows it."""

from collections.abc import Iterator

from offsetcheck.intake.layouts.known import layouts
from offsetcheck.intake.layouts.layout import Layout

SEEN = {"read": "a file", "second_hand": "second hand", "general_knowledge": "hearsay"}


def layout_rows() -> Iterator[str]:
    """Yield a Markdown table of every layout: its id, what it is, what a row is, how it was seen.

    Lists of projects come first, then ledgers, each by id. RulebookError where a layout is wrong.
    """
    yield "| layout | list | a row is of | seen |"
    yield "|---|---|---|---|"
    yield from map(_row, sorted(layouts(), key=lambda layout: layout.holds != "projects"))


def _row(layout: Layout) -> str:
    seen = SEEN[layout.seen.standing]
    if layout.seen.day:
        seen = f"{seen}, {layout.seen.day}"
    title = layout.title.replace("|", "\\|")
    return f"| `{layout.id}` | {title} | {layout.holds} | {seen} |"
