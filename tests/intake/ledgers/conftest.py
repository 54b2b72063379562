"""Ledgers written by hand under the true headings, and files written on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from offsetcheck.intake.ledgers.model import Ledger
from offsetcheck.intake.registry.record import read_record
from offsetcheck.vocabulary.dictionary import Dictionary

FIXTURES = Path(__file__).parent / "fixtures"
REAL = Path(__file__).resolve().parents[3].parent / "shared" / "data"


@pytest.fixture
def ledger(own_dictionary: Dictionary) -> Callable[[str], Ledger]:
    """Read one of the ledgers that were written by hand, by the id of its layout."""

    def read(name: str) -> Ledger:
        [path] = FIXTURES.glob(f"{name}.*")
        found = read_record(path, own_dictionary)
        assert isinstance(found, Ledger)
        return found

    return read


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The real lists, where they are at hand."""
    if not REAL.is_dir():
        pytest.skip("the real project lists are not beside this checkout")
    return REAL
