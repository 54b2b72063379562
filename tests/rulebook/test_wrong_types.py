"""A value of the wrong kind is refused in our own words, whatever the key and whatever stands there."""

import re
from pathlib import Path

import pytest

from offsetcheck.rulebook.decisions.model import DecisionsFile
from offsetcheck.rulebook.files.folder import gather, read_files
from offsetcheck.rulebook.files.guide import GuideFile
from offsetcheck.rulebook.files.sources import GuideEntry
from offsetcheck.rulebook.lexicon.model import LawFile, LexiconFile
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rules.model import RuleFile
from offsetcheck.rulebook.tables.model import TableEntry
from offsetcheck.vocabulary.dictionary import DocumentKind, Field
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.headings import Headings

RULES = Path(__file__).resolve().parents[2] / "rules"
WRONG = (
    None,
    True,
    3,
    2.5,
    "zz",
    "",
    [],
    {},
    [[1]],
    [None],
    [{"zz": 1}],
    {"zz": {"zz": []}},
    {"": 1},
)
LEAKS = re.compile(
    r"[Ii]nput should|\bstr\b|\bdict\b|\bNone\b|\bTrue\b|\bFalse\b|\bint\b|\bfloat\b|\btuple\b|Error"
    r"|pydantic|Traceback|\bvalid\b|instance|(?<![`.A-Za-z])[A-Z][a-z]+[A-Z]\w+|<class|object at"
)
FILES = {
    "guide.yaml": GuideFile,
    "decisions.yaml": DecisionsFile,
    "fields/headings.yaml": Headings,
    "lexicon/en.yaml": LexiconFile,
    "lexicon/laws.yaml": LawFile,
    "cities/turku.yaml": CityFile,
    "jurisdictions/eu.yaml": Jurisdiction,
    "permanence/storage_floor.yaml": RuleFile,
    "additionality/carbon_revenue.yaml": RuleFile,
}
ENTRIES = {
    "sources.yaml": GuideEntry,
    "tables/tables.yaml": TableEntry,
    "fields/documents.yaml": DocumentKind,
    "fields/candidate.yaml": Field,
}
MOST_PATHS = 150


def documents():
    """Return the documents of the shipped rules."""
    return read_files(gather(RULES), Problems()).documents


def changed(data, path, value):
    """Return data with another value at a path."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(data, list):
        return [changed(v, rest, value) if i == key else v for i, v in enumerate(data)]
    return {k: changed(v, rest, value) if k == key else v for k, v in data.items()}


def messages(model, document, data, base=()):
    """Return what is said of a piece of a document with other data."""
    problems = Problems()
    build(model, data, document, problems, base)
    return [f"{p.message} {p.hint or ''}" for p in problems.sorted()]


def planted(model, document, base):
    """Yield each key with each wrong value, and what is said of it."""
    data = document.data
    for step in base:
        data = data[step]
    start = len(base)
    inside = [path[start:] for path in document.values if path[:start] == base and path != base]
    for path in inside[:MOST_PATHS]:
        for value in WRONG:
            yield path, value, messages(model, document, changed(data, path, value), base)


ALL = documents()
CASES = [(name, model, ()) for name, model in FILES.items() if name in ALL]
CASES += [
    (name, model, (entry,))
    for name, model in ENTRIES.items()
    if name in ALL
    for entry in list(ALL[name].data)[:6]
]


@pytest.mark.parametrize(("name", "model", "base"), CASES, ids=str)
def test_no_words_of_python_are_said_of_a_wrong_value(name, model, base):
    """Each key of each kind of file with each wrong kind of value: the words stay ours."""
    leaks = [
        (path, value, said)
        for path, value, all_said in planted(model, ALL[name], base)
        for said in all_said
        if LEAKS.search(re.sub(r"`[^`]*`|“[^”]*”", "", said))
    ]
    assert leaks == []


def test_a_message_does_not_ask_for_what_stands_there():
    """Yes or no may be written in small letters; what is refused is told otherwise."""
    document = ALL["permanence/storage_floor.yaml"]
    for word in ("Yes", "YES", "y", "on"):
        [said] = messages(RuleFile, document, changed(document.data, ("curable",), word))
        assert (
            said
            == f"yes or no is needed here, not `{word}` write it in small letters: `yes` or `no`"
        )
    assert messages(RuleFile, document, changed(document.data, ("curable",), "yes")) == []
