"""The installed rulebook and the sample tender of Turku, read once; `town` is importable."""

import sys
from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.tender.read import read_tender
from offsetcheck.rulebook.load import load_rulebook

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="package")
def rulebook():
    """Return the rulebook that travels with the package."""
    return load_rulebook(bundled("rules"))


@pytest.fixture(scope="package")
def tender(rulebook):
    """Return the sample tender of Turku."""
    return read_tender(bundled("samples") / "turku", rulebook.dictionary)
