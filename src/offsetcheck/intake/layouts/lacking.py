"""What a list lacks of its layout: a column that it usually has, gone or under another name."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.layout import Layout, LayoutColumn, place_of, places
from offsetcheck.intake.layouts.recognise import look_alike, strangers
from offsetcheck.vocabulary.problem import Problem


def lacking_columns(sheet: Sheet, layout: Layout, fields: Collection[str]) -> list[Problem]:
    """Return one error per column that a list usually has and here has not.

    `fields` are those that are read at all. A heading of the list that looks like the missing one
    is named: it is not read in its place, because it may be another thing.
    """
    others = strangers(layout, sheet)
    return [
        _problem(sheet, layout, names, lost, look_alike(names, others))
        for names, lost in _missing(sheet, layout, fields)
    ]


def _missing(
    sheet: Sheet, layout: Layout, fields: Collection[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield the names of each missing column and the fields that are lost with it."""
    at = places(sheet)
    lost: dict[tuple[str, ...], list[str]] = {}
    for column in layout.columns:
        if column.usual and column.field in fields:
            for names in _lacking(column, at):
                lost.setdefault(names, []).append(column.field)
    yield from lost.items()


def _lacking(column: LayoutColumn, at: Mapping[str, int]) -> list[tuple[str, ...]]:
    return [names for names in column.groups() if place_of(at, names) is None]


def _problem(
    sheet: Sheet, layout: Layout, names: Sequence[str], lost: Sequence[str], alike: str | None
) -> Problem:
    usual = f"“{names[0]}”"
    unknown = f"{' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} not known"
    if alike is None:
        message = f"the list has no column {usual}, as {layout.title} has: {unknown}"
        hint = (
            f"export the list again, or map the column that states it to {usual} in `columns.yaml`"
        )
    else:
        message = f"the list has “{alike}” where {layout.title} has {usual}: {unknown}"
        hint = f"rename “{alike}” to {usual}, or map it in `columns.yaml`, if it means the same"
    return Problem(message, sheet.place(), hint)
