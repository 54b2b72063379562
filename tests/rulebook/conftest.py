"""The rulebook that docs/rules.md shows, as a folder."""

import re
from pathlib import Path

import pytest

from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import Rulebook

DOCS = Path(__file__).parents[2] / "docs" / "rules.md"
EXAMPLE = re.compile(
    r"^`([\w/]+\.(?:yaml|csv))`\n\n```(?:yaml|csv)\n(.*?)^```$", re.DOTALL | re.MULTILINE
)


def documented_files() -> dict[str, str]:
    return dict(EXAMPLE.findall(DOCS.read_text()))


def write_files(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def files() -> dict[str, str]:
    return documented_files()


@pytest.fixture
def folder(tmp_path: Path, files: dict[str, str]) -> Path:
    return write_files(tmp_path / "rules", files)


@pytest.fixture
def rulebook(folder: Path) -> Rulebook:
    return load_rulebook(folder)
