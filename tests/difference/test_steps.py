"""What is otherwise in steps of comparable tonnes between two rulebooks is told, and no more."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from offsetcheck.difference.meaning.compare import MeaningDifference, compare_meaning
from offsetcheck.difference.meaning.model import Books, Topic
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.load import read_rulebook
from offsetcheck.rulebook.rulebook import Rulebook

RULES = Path(__file__).parents[2] / "rules"
LEAKAGE, UNCERTAINTY = "tonnes/leakage.yaml", "tonnes/uncertainty.yaml"
TOOL14 = 'clause: "deductions by steps of uncertainty", standing: known'

CHANGES = [
    (LEAKAGE, "value: 1 - share", "value: 1 - 2 * share", ("factor",)),
    (LEAKAGE, "- unit_less_leakage", "- NOT unit_less_leakage", ("inputs", "taken_off")),
    (LEAKAGE, "range: [0, 1]", "range: [0, 0.5]", ("inputs", "share")),
    (LEAKAGE, "{from: 2021-01-01}", "{from: 2027-01-01}", ("effective",)),
    ("tonnes/buffer.yaml", "[buffer]\neff", "[buffer, none]\neff", ("treatments",)),
    (UNCERTAINTY, "multiple: 0.4307", "multiple: 0.43", ("choices", "shared.tonnes_confidence")),
    (UNCERTAINTY, "0.75 * half_width", "0.8 * half_width", ("parts", "taken")),
]


@cache
def shipped() -> Rulebook:
    return read_rulebook(RULES, gather(RULES))


def compared(file: str, old: str, new: str) -> MeaningDifference:
    """Return what the shipped rules mean otherwise once a text of a file is another."""
    walked = gather(RULES)
    text = walked.files[file].decode()
    assert old in text
    files = dict(walked.files) | {file: text.replace(old, new, 1).encode()}
    after = read_rulebook(RULES, replace(walked, files=files))
    return compare_meaning(Books(shipped(), after, date(2026, 11, 27)))


@pytest.mark.parametrize(("file", "old", "new", "at"), CHANGES)
def test_a_step_that_reckons_otherwise_is_told_at_its_place(file, old, new, at):
    """One change of the step is told, where it stands, on which no verdict rests."""
    [change] = compared(file, old, new).changes
    assert (change.topic, change.file, change.steps) == (Topic.TONNES, file, at)
    assert change.before != change.after
    assert not change.decides


def test_another_layout_of_a_formula_is_no_change():
    """Where an expression breaks, and what a comment says, does not count."""
    assert not compared(LEAKAGE, "value: 1 - share", "value: 1   -  share  # the rest").changes


def test_another_standing_of_what_a_step_cites_is_told():
    """A citation of a step that was read since is told among the sources."""
    [change] = compared(UNCERTAINTY, TOOL14, TOOL14.replace("known", "read")).changes
    assert (change.topic, change.key, change.before) == (Topic.SOURCE, "standing", "known")


def test_a_step_that_is_gone_is_told():
    """A step that the newer rules lack is told by its name, in the file that had it."""
    kept = {name: step for name, step in shipped().steps.items() if name != "tonnes.leakage"}
    after = replace(shipped(), steps=kept)
    [change] = compare_meaning(Books(shipped(), after, date(2026, 11, 27))).changes
    assert (change.key, change.before, change.after) == ("step", "tonnes.leakage", None)
