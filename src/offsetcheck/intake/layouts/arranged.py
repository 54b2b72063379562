"""A sheet as its layout reads it: with what its further sheets say, and one row per project."""

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.joined_sheets import with_sheets
from offsetcheck.intake.layouts.layout import Layout
from offsetcheck.intake.layouts.one_row import one_row_per


def arranged(sheet: Sheet, layout: Layout) -> Sheet:
    """Return a sheet whose rows are projects, each with all that its file says of it."""
    return one_row_per(with_sheets(sheet, layout.with_sheets), layout.one_row_per)
