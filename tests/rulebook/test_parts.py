"""What is kept of single files gives what reading all of them anew gives, to the letter."""

import json
import shutil
from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.expression import read_before
from offsetcheck.rulebook.files import remembered as memory
from offsetcheck.rulebook.files.parts import kept_parts
from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.problem import RulebookError

BROKEN = {
    "a key that stands twice": ("permanence/durability.yaml", "id: x\n"),
    "no YAML": ("fields/candidate.yaml", "a: [\n"),
    "a condition of nothing": ("cities/turku.yaml", "nothing: 1\n"),
    "an unknown key": ("quantification/baseline.yaml", "wrong: 1\n"),
    "a comment": ("quantification/baseline.yaml", "# seen\n"),
    "a word of nothing": ("words/fi.yaml", "nothing_at_all: Ei mitään\n"),
}


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("OFFSETCHECK_CACHE", raising=False)
    return tmp_path / "cache" / "offsetcheck"


@pytest.fixture
def folder(tmp_path):
    """A copy of the rules that a test may change."""
    return Path(shutil.copytree(bundled("rules"), tmp_path / "rules"))


def as_a_new_process():
    """Forget what this process has read."""
    memory.remembered.cache_clear()
    memory._sound.clear()
    read_before._known.clear()


def told(folder):
    """Return all that is found in a folder."""
    try:
        return check(load_rulebook(folder))
    except RulebookError as error:
        return list(error.problems)


@pytest.mark.parametrize("change", BROKEN, ids=str)
def test_after_a_change_the_same_is_found_as_without_anything_kept(change, cache, folder):
    """Problems, their places and their order are those of a folder that is read anew."""
    as_a_new_process()
    with kept_parts(folder):
        told(folder)
    path, text = BROKEN[change]
    place = folder / path
    place.write_text(place.read_text("utf-8") + text, "utf-8")
    as_a_new_process()
    anew = told(folder)
    as_a_new_process()
    with kept_parts(folder):
        assert told(folder) == anew
    assert len(list(cache.glob("*.parts"))) == 1


def test_after_a_change_only_the_changed_file_and_those_asked_for_are_composed(
    cache, folder, monkeypatch
):
    """A folder of hundreds of files does not pay for a change of one."""
    as_a_new_process()
    with kept_parts(folder):
        told(folder)
    place = folder / "quantification/baseline.yaml"
    place.write_text(place.read_text("utf-8") + "# seen\n", "utf-8")
    as_a_new_process()
    read = []

    def counted(text, file):
        read.append(file)
        return compose(text, file)

    monkeypatch.setattr("offsetcheck.vocabulary.forms.compose.compose", counted)
    with kept_parts(folder):
        load_rulebook(folder)
    assert read.count("quantification/baseline.yaml") == 1
    assert len(read) < len(list(folder.rglob("*.yaml"))) / 10


def test_a_document_that_is_placed_later_is_the_document_that_was_composed(cache, folder):
    """Data, places, brackets and styles are the same."""
    as_a_new_process()
    with kept_parts(folder):
        told(folder)
    as_a_new_process()
    with kept_parts(folder):
        known = load_rulebook(folder).documents
    for file, document in known.items():
        text = (folder / file).read_text("utf-8")
        whole = compose(text, file)
        assert (document.data, document.text, document.flow) == (whole.data, whole.text, whole.flow)
        assert dict(document.values) == dict(whole.values)
        assert dict(document.keys) == dict(whole.keys)
        assert dict(document.styles) == dict(whole.styles)


def test_an_expression_is_read_again_where_a_name_in_it_became_another(cache, folder):
    """A field that became a text no longer stands beside a number."""
    as_a_new_process()
    with kept_parts(folder):
        told(folder)
    place = folder / "fields/candidate.yaml"
    text = place.read_text("utf-8")
    start = text.index("\nvintage:")
    place.write_text(text[:start] + text[start:].replace("type: integer", "type: text", 1), "utf-8")
    as_a_new_process()
    anew = told(folder)
    as_a_new_process()
    with kept_parts(folder):
        assert told(folder) == anew


@pytest.mark.parametrize("content", [b"", b"[]", b'{"documents": [[1]]}', b"\xff", b"{" * 9999])
def test_what_was_not_kept_by_this_code_is_not_used(content, cache, folder, monkeypatch):
    """A file of another form is as none."""
    monkeypatch.setattr("offsetcheck.rulebook.files.parts.recall", lambda *_: content)
    as_a_new_process()
    with kept_parts(folder):
        assert told(folder) == told(bundled("rules"))


def test_kept_parts_are_plain_data(cache, folder):
    """JSON is all that is written."""
    as_a_new_process()
    with kept_parts(folder):
        told(folder)
    (kept,) = cache.glob("*.parts")
    _, _, content = kept.read_bytes().partition(b"\n")
    assert set(json.loads(content)) == {"documents", "expressions"}
