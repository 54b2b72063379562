"""What has one cause is told once, at its place; what follows from it is counted."""

from dataclasses import replace
from pathlib import Path

import pytest

from offsetcheck.ground.walk import Walked
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.load import load_rulebook, read_rulebook
from offsetcheck.vocabulary.problem import RulebookError

RULES = Path(__file__).resolve().parents[2] / "rules"
BRACKET = "zzz: [one, two\nyyy: 1\n"
KINDS = (
    "sources.yaml",
    "guide.yaml",
    "decisions.yaml",
    "fields/candidate.yaml",
    "fields/purchase.yaml",
    "fields/documents.yaml",
    "fields/headings.yaml",
    "tables/tables.yaml",
    "permanence/storage_floor.yaml",
    "cities/turku.yaml",
    "jurisdictions/fi.yaml",
    "lexicon/en.yaml",
    "words/fi.yaml",
)


@pytest.fixture(scope="module")
def shipped():
    """The bytes of the shipped rules."""
    return gather(RULES)


def told(walked: Walked):
    """Return the problems of a folder, none where it loads."""
    try:
        read_rulebook(RULES, walked)
    except RulebookError as error:
        return error.problems
    return ()


@pytest.mark.parametrize("name", KINDS)
def test_an_unclosed_bracket_is_the_one_cause(shipped, name):
    """A file that is no YAML is told at the bracket; all that misses its names is counted."""
    if name not in shipped.files:
        pytest.fail(f"there is no {name} any more: name another file of its kind")
    text = shipped.files[name] + BRACKET.encode()
    problems = told(replace(shipped, files={**shipped.files, name: text}))
    lines = shipped.files[name].count(b"\n")
    assert [(p.place.file, p.place.line, p.check) for p in problems] == [
        (name, lines + 1, "yaml.syntax")
    ]


def test_a_name_that_stands_nowhere_is_told_once(folder):
    """A guide that many cite and nobody lists is one problem, and the other places are counted."""
    path = folder / "sources.yaml"
    path.write_text(path.read_text().replace("icvcm-af:", "icvcm-other:"))
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    [problem] = raised.value.problems
    assert problem.check == "name.unknown"
    assert problem.names == "guide icvcm-af"
    assert {one.names for one in problem.followers} == {problem.names}
    assert "name it" in str(problem) or "names it" in str(problem)


def test_a_field_that_does_not_parse_takes_its_readers_with_it(folder):
    """An entry of the dictionary that is wrong is told; rules that read it are counted."""
    path = folder / "fields" / "candidate.yaml"
    text = path.read_text()
    head = text[text.index("vintage:") :].splitlines()[1]
    path.write_text(text.replace(head, head.replace("type: ", "type: un"), 1))
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    first, *rest = raised.value.problems
    assert rest == []
    assert first.place.file == "fields/candidate.yaml"
    assert first.followers


def test_a_rule_that_is_gone_takes_its_parameters(shipped):
    """A file that was deleted is one cause, whether a city names the rule or a parameter of it."""
    name = "vintage/age.yaml"
    files = {path: content for path, content in shipped.files.items() if path != name}
    names = tuple(path for path in shipped.names if path != name)
    [problem] = told(replace(shipped, files=files, names=names))
    assert "vintage.age" in problem.message
    assert problem.followers


def test_a_line_that_is_lost_is_told_where_keys_meet(shipped):
    """Where the line of a field is deleted, its keys fall to the field above: that is told once."""
    name = "fields/candidate.yaml"
    text = shipped.files[name].replace(b"\nvintage:", b"", 1)
    [problem] = told(replace(shipped, files={**shipped.files, name: text}))
    assert (problem.place.file, problem.check) == (name, "yaml.key_twice")
