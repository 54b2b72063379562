"""All layouts, and which of them a sheet has.

A layout is one file of this folder: a module that defines `LAYOUT`. It is found by its being there.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

from offsetcheck.ground.listing import module_names
from offsetcheck.intake import layouts
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.layout import Layout


def _defined() -> Iterator[Layout]:
    """Yield the layout of each module that defines one, in the order of the modules' names."""
    for name in module_names(layouts.__path__):
        if f"{layouts.__name__}.{name}" != __name__:
            layout = getattr(import_module(f"{layouts.__name__}.{name}"), "LAYOUT", None)
            if isinstance(layout, Layout):
                yield layout


LAYOUTS = tuple(_defined())


def layout_of(sheet: Sheet) -> Layout | None:
    """Return the layout whose needed headers all stand in the sheet, the strictest of them.

    Of two that need equally many the first by name is taken.
    """
    present = sheet.keys().keys()
    fitting = [layout for layout in LAYOUTS if layout.needs <= present]
    return max(fitting, key=lambda layout: len(layout.needs), default=None)


@lru_cache(maxsize=1)
def registry_headers() -> frozenset[str]:
    """Return every header that some layout knows, as compared."""
    return frozenset().union(*(layout.headers() for layout in LAYOUTS))
