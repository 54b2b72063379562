"""How files were read in lines: what each was taken for, and what became of rows and columns."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.report.lines import part, shortened, wrapped
from offsetcheck.report.saying import quoted
from offsetcheck.vocabulary.reading_explanation import ReadingLine


def readings(files: Sequence[ReadingLine], words: Mapping[str, str]) -> Iterator[str]:
    """Yield a section that tells of each file in a few lines; nothing where there is none."""
    if files:
        lines = (line for file in files for line in _lines(file, words))
        yield from part(words["reading.title"], lines)


def _lines(file: ReadingLine, words: Mapping[str, str]) -> Iterator[str]:
    at = f", {words['reading.header']} {file.header_line}" if file.header_line else ""
    sheet = f", {words['reading.sheet']} {quoted(file.sheet, words)}" if file.sheet else ""
    taken = f"{words['reading.taken_for']} {file.layout_words} ({file.why})"
    yield from wrapped(shortened(f"{file.file}: {taken}{sheet}{at}"), "  ")
    for said in _pairs(file, words):
        yield from wrapped(shortened(said), "    ")


def _pairs(file: ReadingLine, words: Mapping[str, str]) -> Iterator[str]:
    sheets = [f"{quoted(sheet.name, words)} {sheet.state_words}" for sheet in file.sheets]
    unused = (f"{quoted(x.header, words)} ({x.cells_words})" for x in file.unused)
    said: tuple[tuple[str, object], ...] = (
        ("reading.counts_as", file.counts_as),
        ("reading.rows", file.rows_words),
        ("reading.refused", file.refused and file.refused_words),
        ("reading.lost", file.lost and file.lost_words),
        ("reading.aside", file.aside_words),
        ("reading.sheets", sheets[1:] and ", ".join(sheets)),
        ("reading.numbers", file.numbers),
        ("reading.dates", file.dates),
        ("reading.options", file.options),
        ("reading.columns", file.columns_words),
        ("reading.unused", ", ".join(unused)),
    )
    for key, value in said:
        if value:
            yield f"{words[key]}: {value}"
