"""Lines of YAML and Markdown in which a stranger's words can end no comment and no value."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from offsetcheck.vocabulary.start import StartWord

WIDTH = 98
MARK = "# "
INSET = "  "


def comment(text: str, indent: str = "", inset: str = "", more: str = "") -> list[str]:
    """Return a text as lines of a comment, all further in by `inset`, the later ones by `more`.

    A sign that ends a line or cannot be printed is a space: the rest would be no comment.
    """
    start = f"{indent}{MARK}{inset}"
    return textwrap.wrap(
        one_line(text),
        WIDTH,
        initial_indent=start,
        subsequent_indent=f"{start}{more}",
        break_long_words=False,
        break_on_hyphens=False,
    )


def one_line(text: str) -> str:
    """Return a text on one line, a space for every sign that cannot be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def commented(lines: Iterable[str], indent: str = "") -> list[str]:
    """Return lines of YAML as comments, from which a person takes the sign away."""
    return [f"{indent}{MARK}{line}".rstrip() for line in lines]


def quoted(text: str) -> str:
    """Return a text as a value of YAML, on one line."""
    return json.dumps(one_line(text), ensure_ascii=False)


def listed_words(words: Iterable[StartWord]) -> Iterator[str]:
    """Yield a comment line for each word of a list, with what it means."""
    for word in words:
        yield from comment(f"{word.id}: {word.title}", inset=INSET, more=INSET)


def paragraphs(words: Mapping[str, str], *keys: str, indent: str = "") -> list[str]:
    """Return the sentences of some keys as a comment, each on lines of its own."""
    return [line for key in keys for line in comment(words[key], indent)]


def text_of(lines: Iterable[str]) -> str:
    """Return lines as the text of a file."""
    return "".join(f"{line}\n" for line in lines)
