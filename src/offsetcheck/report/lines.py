"""Plain text in lines of one width, as a terminal shows it."""

import textwrap
from collections.abc import Iterable, Iterator

WIDTH = 100
MAX_SENTENCE = 300  # characters; a long list is read in the page


def wrapped(text: str, indent: str = "", further: str = "   ") -> list[str]:
    """Return a text in lines within the width, each further one indented by so much more."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def shortened(text: str, longest: int = MAX_SENTENCE) -> str:
    """Return a text in at most so many characters, cut between words."""
    return textwrap.shorten(text, longest, placeholder=" …")


def section(title: str, texts: Iterable[str | None], indent: str = "  ") -> Iterator[str]:
    """Yield an empty line, a title and the texts below it; nothing where all texts are empty."""
    shown = [text for text in texts if text]
    if shown:
        yield ""
        yield title
        for text in shown:
            yield from wrapped(text, indent)


def numbered(title: str, texts: Iterable[str]) -> Iterator[str]:
    """Yield a section whose texts are numbered from 1."""
    yield from section(title, (f"{number}. {text}" for number, text in enumerate(texts, 1)))


def part(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield an empty line, a title, and lines as they are."""
    yield ""
    yield title
    yield from lines
