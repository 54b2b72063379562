"""The dictionary of the tests' own world, the project's own one, and files written on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.offers import read_offers
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.table import CandidateTable
from world import DICTIONARY

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.fixture(scope="session")
def dictionary() -> Dictionary:
    """The dictionary of the tests' own world."""
    return DICTIONARY


@pytest.fixture(scope="session")
def own_dictionary() -> Dictionary:
    """The dictionary that travels with the project."""
    return load_rulebook(bundled("rules")).dictionary


@pytest.fixture(scope="session")
def real() -> Path:
    if not REAL.is_dir():
        pytest.skip("the real project lists are not beside this checkout")
    return REAL


@pytest.fixture
def read(tmp_path: Path, dictionary: Dictionary) -> Callable[..., CandidateTable]:
    """Write a file of the given name and content and read it as offers."""

    def read_file(content: str | bytes, name: str = "offers.csv") -> CandidateTable:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read_offers(path, dictionary)

    return read_file
