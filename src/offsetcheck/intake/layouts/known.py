"""All layouts, and which of them a sheet has."""

from functools import lru_cache

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.acr import ACR
from offsetcheck.intake.layouts.art import ART
from offsetcheck.intake.layouts.car import CAR
from offsetcheck.intake.layouts.gold_standard import GOLD_STANDARD
from offsetcheck.intake.layouts.layout import Layout
from offsetcheck.intake.layouts.offsetsdb import OFFSETSDB
from offsetcheck.intake.layouts.verra_new import VERRA_NEW
from offsetcheck.intake.layouts.verra_old import VERRA_OLD
from offsetcheck.intake.layouts.vrod import VROD

LAYOUTS = (VERRA_OLD, VERRA_NEW, GOLD_STANDARD, ACR, CAR, ART, VROD, OFFSETSDB)


def layout_of(sheet: Sheet) -> Layout | None:
    """Return the layout whose needed headers all stand in the sheet, the strictest of them."""
    present = sheet.keys().keys()
    fitting = [layout for layout in LAYOUTS if layout.needs <= present]
    return max(fitting, key=lambda layout: len(layout.needs), default=None)


@lru_cache(maxsize=1)
def registry_headers() -> frozenset[str]:
    """Return every header that some layout knows, as compared."""
    return frozenset().union(*(layout.headers() for layout in LAYOUTS))
