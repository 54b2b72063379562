"""Values, sources and changes in one line each, as every plain format writes them."""

from collections.abc import Mapping

from offsetcheck.vocabulary.explained import ChangeLine, ParameterLine, SourceLine


def value_words(line: ParameterLine, words: Mapping[str, str]) -> str:
    """Return a parameter's title and value, who set it since when, and on which source."""
    undecided = words["cause.city_undecided"]
    parts = [f"{line.name}: {undecided if line.value is None else line.value}"]
    parts.append(line.set_by)
    parts += [source_words(line.source)] if line.source else []
    parts += [undecided] if line.undecided else []
    return " · ".join(parts)


def source_words(line: SourceLine) -> str:
    """Return a source with its standing."""
    return f"{line.words} [{line.standing_words}]"


def guide_words(line: SourceLine | None) -> str:
    """Return a cited guide with its standing, for the end of a sentence; nothing of our own."""
    return f" [{source_words(line)}]" if line is not None and line.guide is not None else ""


def change_words(line: ChangeLine) -> str:
    """Return who changed what, and the reason."""
    return line.words
