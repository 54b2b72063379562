"""How one file writes its numbers and days, decided once for all its columns by evidence.

What a single cell proves goes first: `7.984.006,0` is a number in one style alone. Then what adds
up: a total that its column has in one style alone, a period that does not end before it begins.
Last, what is usual: a comma does not part decimals where commas part cells, and a registry's
layout has a style of its own, unless semicolons part the cells and say that the list was saved
anew. What is left open is refused, with both readings and the option that decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from offsetcheck.intake.asked import Asked
from offsetcheck.intake.columns.sums import days_that_follow, styles_that_add_up
from offsetcheck.intake.files.sheet import Sheet, key_header
from offsetcheck.intake.normalise.amounts import digits_of
from offsetcheck.intake.normalise.dates import SAMPLES as DAY_SAMPLES
from offsetcheck.intake.normalise.dates import DateStyle, day_and_month
from offsetcheck.intake.normalise.numbers import SAMPLES as NUMBER_SAMPLES
from offsetcheck.intake.normalise.numbers import NumberStyle, is_ambiguous, is_typed, proof
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.intake.normalise.text import shown
from offsetcheck.intake.normalise.years import CALENDAR_YEAR
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.problem import Problem, Severity

NUMBERS = frozenset({FieldType.NUMBER, FieldType.INTEGER})
TWELVE = 12

Seen = tuple[str, int]
"""A text and the column that holds it."""

Style = TypeVar("Style", NumberStyle, DateStyle)


@dataclass(frozen=True, slots=True)
class Decided:
    """How a sheet is read: its styles, each with the reason in words, None where none is needed.

    `options` say on the command line what a person asked for.
    """

    styles: Styles
    numbers: str | None = None
    dates: str | None = None
    problems: Sequence[Problem] = ()
    options: Sequence[str] = ()


UNDECIDED = Decided(Styles())
"""Nothing is said of a sheet without numbers and days."""


@dataclass(frozen=True, slots=True)
class _Verdict(Generic[Style]):
    """A style, why, and what is wrong where cells contradict each other."""

    style: Style
    why: str | None = None
    problems: Sequence[Problem] = ()


@dataclass(slots=True)
class _Evidence(Generic[Style]):
    """The first cell that proves each style, and the first open one of each column.

    `commas`: an open one has a comma. `proving` are all texts that prove a style.
    """

    proofs: dict[Style, Seen]
    doubtful: dict[int, Seen]
    commas: bool = False
    proving: int = 0


def styles_of(
    sheet: Sheet, fields: Mapping[int, Field], asked: Asked, usual: Styles | None = None
) -> Decided:
    """Return how a sheet writes numbers and days; `fields` are those of its columns.

    `usual` is how the layout of the sheet writes them, None for a bid sheet. Columns whose cells
    contradict each other, and a layout's list that proves another style than was `asked`, are
    problems; a bid sheet is read as asked, and its cells that are not so are refused one by one.
    """
    slashed, dotted = _orders(sheet, fields)
    numbers = _numbers(sheet, fields, asked.numbers, usual)
    days = _days(sheet, fields, asked.dates, usual, slashed)
    styles = replace(sheet.styles, number=numbers.style, date=days.style)
    return Decided(
        replace(styles, dotted=_dotted(dotted)),
        numbers.why,
        days.why,
        [*numbers.problems, *days.problems],
        asked.options(),
    )


def _numbers(
    sheet: Sheet, fields: Mapping[int, Field], asked: NumberStyle | None, usual: Styles | None
) -> _Verdict[NumberStyle]:
    seen = _seen_numbers(sheet, fields)
    if asked is not None:
        return _as_asked(sheet, asked, seen.proofs if usual else {}, NUMBER_SAMPLES)
    grouped = seen.commas and sheet.styles.number is NumberStyle.GROUPED
    if len(seen.proofs) > 1 or (grouped and NumberStyle.COMMA in seen.proofs):
        return _contradicted(sheet, NumberStyle.UNKNOWN, seen)
    for style, cell in seen.proofs.items():
        why = f"{NUMBER_SAMPLES[style]}, by {_quoted(sheet, cell)}"
        return _Verdict(style, why, _by_one(sheet, why, seen) if usual is None else ())
    if not seen.doubtful:
        return _Verdict(_custom(sheet, usual or Styles()))
    if (found := styles_that_add_up(sheet, fields)) is not None:
        return _Verdict(found[0], f"{NUMBER_SAMPLES[found[0]]}, {found[1]}")
    return _by_custom(sheet, usual or Styles())


def _seen_numbers(sheet: Sheet, fields: Mapping[int, Field]) -> _Evidence[NumberStyle]:
    """Return what the cells of all columns of numbers prove; calendar years prove nothing."""
    found = _Evidence[NumberStyle]({}, {})
    for text, at in _distinct(sheet, [at for at, field in fields.items() if _is_number(field)]):
        if text.isdigit() or (sheet.styles.typed and is_typed(text)):
            continue
        digits = digits_of(text)
        if digits and (style := proof(digits)) is not None:
            found.proofs.setdefault(style, (text, at))
            found.proving += 1
        elif digits and is_ambiguous(digits):
            found.doubtful.setdefault(at, (text, at))
            found.commas = found.commas or "," in digits
    return found


def _is_number(field: Field) -> bool:
    return field.type in NUMBERS and field.unit != CALENDAR_YEAR


def _as_asked(
    sheet: Sheet, asked: Style, proofs: Mapping[Style, Seen], samples: Mapping[Style, str]
) -> _Verdict[Style]:
    """Return the style that a person asks for, unless every proof of a list is of the other one."""
    if asked in proofs or not proofs:
        return _Verdict(asked, f"{samples[asked]}, as was asked")
    [(style, cell)] = proofs.items()
    problem = Problem(
        f"the list is read as {samples[style]} and not as {samples[asked]}, as was asked: "
        f"it writes {_quoted(sheet, cell)}",
        sheet.place(_row(sheet, cell), cell[1]),
        None,
        Severity.WARNING,
    )
    return _Verdict(style, f"{samples[style]}, by {_quoted(sheet, cell)}", [problem])


def _contradicted(sheet: Sheet, unknown: Style, seen: _Evidence[Style]) -> _Verdict[Style]:
    problems = [_contradiction(sheet, cell, seen.proofs) for cell in seen.doubtful.values()]
    return _Verdict(unknown, _both(sheet, seen.proofs), problems)


def _by_one(sheet: Sheet, why: str, seen: _Evidence[Style]) -> list[Problem]:
    """Warn where one cell of one bidder decides what the cells of the others mean."""
    [(proof, at)] = seen.proofs.values()
    row = _row(sheet, (proof, at))
    others = [cell for cell in seen.doubtful.values() if _row(sheet, cell) != row]
    if seen.proving > 1 or not others:
        return []
    message = f"the file is read as {why}, and by no other cell; {shown(others[0][0])} is read so"
    hint = "look whether all rows write alike, or say it with --numbers or --dates"
    return [
        Problem(message, sheet.place(_row(sheet, others[0]), others[0][1]), hint, Severity.WARNING)
    ]


def _by_custom(sheet: Sheet, usual: Styles) -> _Verdict[NumberStyle]:
    """Return the style that is usual for such a file, with what makes it so."""
    style = _custom(sheet, usual)
    if style is NumberStyle.GROUPED:
        return _Verdict(style, "a comma groups thousands, since commas part the cells")
    if style is NumberStyle.UNKNOWN:
        return _Verdict(style)
    return _Verdict(style, f"{NUMBER_SAMPLES[style]}, as such lists write")


def _custom(sheet: Sheet, usual: Styles) -> NumberStyle:
    """Return what kind of file and layout say together; where they differ, nothing."""
    file = sheet.styles.number
    if usual.number is NumberStyle.UNKNOWN:
        return file
    saved_anew = sheet.styles.separator == ";" and usual.number is NumberStyle.DOT
    comma_in_commas = file is NumberStyle.GROUPED and usual.number is NumberStyle.COMMA
    if saved_anew or comma_in_commas or {file, usual.number} == set(NUMBER_SAMPLES):
        return NumberStyle.UNKNOWN
    return usual.number


def _days(
    sheet: Sheet,
    fields: Mapping[int, Field],
    asked: DateStyle | None,
    usual: Styles | None,
    seen: _Evidence[DateStyle],
) -> _Verdict[DateStyle]:
    if asked is not None:
        return _as_asked(sheet, asked, seen.proofs if usual else {}, DAY_SAMPLES)
    if len(seen.proofs) > 1:
        return _contradicted(sheet, DateStyle.UNKNOWN, seen)
    for style, cell in seen.proofs.items():
        why = f"{DAY_SAMPLES[style]}, by {_quoted(sheet, cell)}"
        return _Verdict(style, why, _by_one(sheet, why, seen) if usual is None else ())
    if seen.doubtful and (found := days_that_follow(sheet, fields)) is not None:
        return _Verdict(found[0], f"{DAY_SAMPLES[found[0]]}, {found[1]}")
    if usual is None or sheet.styles.separator == ";" or usual.date is DateStyle.UNKNOWN:
        return _Verdict(DateStyle.UNKNOWN)
    said = f"{DAY_SAMPLES[usual.date]}, as such lists write"
    return _Verdict(usual.date, said if seen.doubtful else None)


def _dotted(seen: _Evidence[DateStyle]) -> DateStyle:
    """Return which comes first in 3.4.2020: the day, unless a cell has a month above twelve."""
    if DateStyle.MONTH_FIRST not in seen.proofs:
        return DateStyle.DAY_FIRST
    return DateStyle.UNKNOWN if len(seen.proofs) > 1 else DateStyle.MONTH_FIRST


def _orders(
    sheet: Sheet, fields: Mapping[int, Field]
) -> tuple[_Evidence[DateStyle], _Evidence[DateStyle]]:
    """Return what the days of all columns prove: those with strokes, and those with dots."""
    slashed, dotted = _Evidence[DateStyle]({}, {}), _Evidence[DateStyle]({}, {})
    columns = [at for at, field in fields.items() if field.type is FieldType.DATE]
    for text, at in _distinct(sheet, columns):
        if (parts := day_and_month(text)) is None:
            continue
        first, second, _, with_dots = parts
        found = dotted if with_dots else slashed
        if first > TWELVE >= second:
            found.proofs.setdefault(DateStyle.DAY_FIRST, (text, at))
            found.proving += 1
        elif second > TWELVE >= first:
            found.proofs.setdefault(DateStyle.MONTH_FIRST, (text, at))
            found.proving += 1
        elif first != second and max(first, second) <= TWELVE:
            found.doubtful.setdefault(at, (text, at))
    return slashed, dotted


def _distinct(sheet: Sheet, columns: Sequence[int]) -> Iterator[Seen]:
    """Yield each text of some columns once; the cells of spoilt ones prove nothing."""
    for at in columns:
        spoilt = sheet.spoilt_in(at)
        cells: Iterable[str] = sheet.columns[at]
        if spoilt:
            cells = [text for row, text in enumerate(cells) if row not in spoilt]
        yield from ((text, at) for text in dict.fromkeys(cells) if text)


def _quoted(sheet: Sheet, cell: Seen) -> str:
    text, at = cell
    line = sheet.lines[_row(sheet, cell)]
    return f"{shown(text, 30)} in column “{key_header(sheet.headers[at])}”, line {line}"


def _row(sheet: Sheet, cell: Seen) -> int:
    text, at = cell
    return sheet.columns[at].index(text)


def _both(sheet: Sheet, proofs: Mapping[Style, Seen]) -> str:
    return "open: " + ", but ".join(_quoted(sheet, cell) for cell in proofs.values())


def _contradiction(sheet: Sheet, cell: Seen, proofs: Mapping[Style, Seen]) -> Problem:
    said = " and ".join(_quoted(sheet, seen) for seen in proofs.values())
    return Problem(
        f"{shown(cell[0])} can be read in two ways, and the file writes both: {said}",
        sheet.place(_row(sheet, cell), cell[1]),
        "write the whole file in one style, or say which counts with --numbers or --dates",
    )
