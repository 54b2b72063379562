"""Parts of the pages that are made from a rulebook: wrapped prose, and cells of a table."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

WIDTH = 118


def prose(text: str, indent: str = "") -> list[str]:
    """Return the lines of a paragraph; the second and later ones begin with `indent`."""
    return textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def command(words: str) -> list[str]:
    """Return a shell command as an indented block."""
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent="    ",
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def cell(text: str) -> str:
    """Return a text that cannot break out of a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a Markdown table; the texts of its cells are already safe for one (see `cell`)."""
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(row)} |"
