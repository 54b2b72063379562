"""One file read again says what reading the whole folder says of it."""

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.files.causes import causes_first
from offsetcheck.rulebook.files.folder import gather, read_files
from offsetcheck.rulebook.load import load_rulebook, read_as_it_is
from offsetcheck.rulebook.rereading import Rereading
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.problems import Problems

FOLDER = bundled("rules")
EDITS = [
    ("permanence/storage_floor.yaml", "requires: monitoring_years", "requires: monitoring_yearz"),
    ("permanence/storage_floor.yaml", "effect: cap", "effect: capp"),
    ("permanence/storage_floor.yaml", "at_least: E2", "at_least: E9"),
    ("permanence/storage_floor.yaml", "guide: icvcm-af", "guide: icvcm-ax"),
    ("permanence/storage_floor.yaml", "monitoring_years: 40", "monitoring_yeers: 40"),
    ("permanence/storage_floor.yaml", "expect: pass", "expect: passs"),
    ("permanence/storage_floor.yaml", "code: PER-02", "kode: PER-02"),
    ("permanence/storage_floor.yaml", "effective: {", "effective: [{"),
    ("cities/turku.yaml", "residual.share.cap:", "residual.share.capp:"),
    ("cities/turku.yaml", "scope: community", "scope: comunity"),
    ("cities/turku.yaml", "country = 'FI'", "country = 'FI' AND no_field"),
    ("cities/turku.yaml", "jurisdictions: [eu, fi]", "jurisdictions: [eu, fj]"),
    ("jurisdictions/fi.yaml", "id: fi", "id: fx"),
    ("parameters/reversible_storage.yaml", "tighter: more", "tighter: moore"),
    ("guide.yaml", "name:", "nane:"),
    ("decisions.yaml", "effect: gate", "effect: gates"),
    ("sources.yaml", "title:", "titel:"),
    ("fields/candidate.yaml", "type: text", "type: textt"),
    ("fields/candidate.yaml", "table: storage_durability", "table: storage_durabilty"),
    ("words/fi/fields.yaml", "field:", "field:\n  wrong: 7"),
    ("lexicon/fi.yaml", "language: fi", "langauge: fi"),
    ("scenarios/forest.yaml", "verdict: ", "verdikt: "),
]


@pytest.fixture(scope="module")
def last():
    return load_rulebook(FOLDER)


@pytest.fixture(scope="module")
def walked():
    return gather(FOLDER)


def of_file(problems, path):
    return [(p.message, p.place, p.hint, p.check) for p in problems if p.place.file == path]


@pytest.mark.parametrize(("path", "right", "wrong"), EDITS)
def test_one_file_says_what_the_folder_says_of_it(last, walked, path, right, wrong):
    """The problems of a changed file are the same, alone and with the whole folder."""
    text = (FOLDER / path).read_text("utf-8")
    assert right in text
    text = text.replace(right, wrong, 1)
    alone = Rereading(last).problems(path, compose(text, path))

    def reader(known, name):
        return compose(text if name == path else known, name)

    problems = Problems("file.unsound")
    files = read_files(walked, problems, reader)
    read_as_it_is(FOLDER, files, problems)
    whole = causes_first(problems.sorted(), files.documents.values())
    assert of_file(alone, path) == of_file(whole, path)
    assert alone


def test_sound_files_have_no_problems(last):
    """Nothing is told of any shipped file read again."""
    again = Rereading(last)
    assert [again.problems(path, one) for path, one in last.documents.items()] == [()] * len(
        last.documents
    )
