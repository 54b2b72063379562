"""A tender that is written and judged on the spot, with the project's own rules."""

from collections.abc import Callable
from pathlib import Path

import pytest

import offsetcheck
from cheats.honest import DAY
from cheats.tender import Judged, judge_folder, write_tender
from offsetcheck.ground.bundled import bundled


@pytest.fixture(scope="session")
def rulebook() -> offsetcheck.Rulebook:
    """The rules that travel with the project."""
    return offsetcheck.open_rulebook(bundled("rules"))


@pytest.fixture
def sell(tmp_path: Path, rulebook: offsetcheck.Rulebook) -> Callable[..., Judged]:
    """Write a tender of some offers and judge it on a day."""

    def sell(*offers, day=DAY, registries=(), **tender) -> Judged:
        folder = write_tender(tmp_path / "tender", *offers, **tender)
        return judge_folder(folder, rulebook, day=day, registries=registries)

    return sell
