"""Mistakes planted one by one into the shipped rules: each is told once, at its place."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from offsetcheck.ground.walk import Walked
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.lint import check, checks
from offsetcheck.rulebook.load import read_rulebook
from offsetcheck.vocabulary.problem import Problem, RulebookError

RULES = Path(__file__).parents[2] / "rules"
FOLDER = Path(__file__).parent / "planted"
READ = (".yaml", ".csv")
COPY, REST = "copy_of", "from"


def planted() -> list[Mapping[str, object]]:
    """Return every mistake of the files beside, in their order."""
    return [
        one for file in sorted(FOLDER.glob("*.yaml")) for one in yaml.safe_load(file.read_text())
    ]


@cache
def sound() -> Walked:
    return gather(RULES)


def with_mistake(mistake: Mapping[str, str]) -> Walked:
    """Return the shipped rules with one edit, one file more or one file less."""
    walked, file = sound(), mistake["file"]
    files, names = dict(walked.files), [name for name in walked.names if name != file]
    if mistake.get("gone"):
        del files[file]
        return replace(walked, files=files, names=tuple(names))
    if file.endswith(READ):
        files[file] = _edited(mistake)
    return replace(walked, files=files, names=(*names, file))


def _edited(mistake: Mapping[str, str]) -> bytes:
    walked, file = sound(), mistake["file"]
    if COPY in mistake:
        return walked.files[mistake[COPY]]
    if file not in walked.files:
        return mistake["new"].encode()
    text = walked.files[file].decode()
    old = text[text.index(mistake[REST]) :] if REST in mistake else mistake["old"]
    assert old in text
    return text.replace(old, mistake["new"], 1).encode()


def found(walked: Walked) -> list[Problem]:
    try:
        return check(read_rulebook(RULES, walked))
    except RulebookError as error:
        return list(error.problems)


def test_the_shipped_rules_are_without_a_problem():
    """Of the rules as they are shipped nothing is told: what is told below is the mistake."""
    assert found(sound()) == []


@pytest.mark.parametrize("mistake", planted(), ids=lambda mistake: mistake["name"])
def test_each_planted_mistake_is_told_once_at_its_place(mistake):
    """One problem is told, of the kind, in the file, at the line and with the next step."""
    [problem] = found(with_mistake(mistake))
    place = (problem.check, problem.place.file, problem.place.line)
    assert place == (mistake["check"], mistake.get("at", mistake["file"]), mistake["line"])
    assert mistake["step"] in (problem.hint or "")


def test_many_kinds_of_mistakes_are_planted():
    """There are at least 165 with names of their own, and most checks find one of them."""
    mistakes = planted()
    names = {mistake["name"] for mistake in mistakes}
    assert len(names) == len(mistakes) >= 165
    told = {mistake["check"] for mistake in mistakes}
    ids = {one.id for one in checks()}
    assert len(told & ids) > len(ids) / 2
