"""Languages as data: what is missing and stale, templates, and what reports do with the gaps."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.languages import accept, languages, write_template
from offsetcheck.api.rules import check_rules
from offsetcheck.explain.wording import Wording
from offsetcheck.report.render import render
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.files.compiled import load_compiled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import OutputError, RequestError

RULES = Path(__file__).resolve().parents[2] / "rules"
DAY = date(2026, 9, 30)
RULE = "vintage.age"
TITLE = f"rule.{RULE}.title"
FAILS = f"rule.{RULE}.fails"


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the shipped rules with a language that translates two texts."""
    made = tmp_path / "rules"
    shutil.copytree(RULES, made)
    words = made / "words" / "qq"
    words.mkdir()
    (made / "words" / "qq.yaml").write_text("locale: fi\nreviewed: {by: null, on: null}\n")
    (words / "rules.yaml").write_text(
        "rule:\n  vintage.age.title: Kelpo\n"
        '  vintage.age.fails: "Ikä {vintage_age}, enintään {$max_age}."\n'
    )
    return made


def state(folder, language="qq"):
    (found,) = languages(folder, language).states
    return found


def wording(folder, language="qq"):
    return Wording(bind(load_rulebook(folder), "turku", DAY), language)


def test_a_language_lists_what_it_lacks(folder):
    """Each English text without a translation is missing, and none that has one."""
    found = state(folder)
    assert TITLE not in found.missing
    assert f"rule.{RULE}.requires" in found.missing
    assert "verdict.eligible" in found.missing
    assert len(found.missing) < found.texts
    assert not found.whole


def test_a_translation_is_stale_until_accepted_and_once_its_english_changes(folder):
    """What nobody accepted is stale; after acceptance only what changed since."""
    assert set(state(folder).stale) == {TITLE, FAILS}
    accept("qq", folder, command="test")
    assert state(folder).stale == ()
    rule = folder / "vintage" / "age.yaml"
    rule.write_text(
        rule.read_text("utf-8").replace("title: The vintage is not too old", "title: Fresh")
    )
    assert state(folder).stale == (TITLE,)


def test_a_stale_translation_is_used_meanwhile(folder):
    """A changed English does not take its translation away from a folder's own readers."""
    rule = folder / "vintage" / "age.yaml"
    rule.write_text(
        rule.read_text("utf-8").replace("title: The vintage is not too old", "title: Fresh")
    )
    made = wording(folder)
    assert made.rule_title(made.bound.rules[RULE]) == "Kelpo"


def test_a_missing_text_stands_in_english(folder):
    """A rule whose sentences are translated in part says which language is not its own."""
    made = wording(folder)
    says, translated = made.says(made.bound.rules[RULE])
    assert says.fails == "Ikä {vintage_age}, enintään {$max_age}."
    assert says.requires == "The vintage is at most {$max_age} old."
    assert not translated


def test_a_rule_files_own_text_wins(folder):
    """A title that the rule file of a field gives in a language goes before that of words."""
    made = wording(folder, "fi")
    assert made.dimension("vintage") == "Vuosikerta"


def test_a_translation_that_names_other_gaps_is_told_and_not_used(folder):
    """A sentence that would leave out a limit is a located problem, and English stands in."""
    path = folder / "words" / "qq" / "rules.yaml"
    path.write_text(
        'rule:\n  vintage.age.fails: "Liian vanha {vintage_age}."\n  no.such.title: x\n'
    )
    found = {str(problem.place): problem.message for problem in check_rules(folder).problems}
    assert (
        found["words/qq/rules.yaml:2:22"] == "the English names {$max_age}, and this text does not"
    )
    assert found["words/qq/rules.yaml:3:3"] == "there is no English text `rule.no.such.title`"
    made = wording(folder)
    assert made.fails(made.bound.rules[RULE]).startswith("The vintage is")


def test_a_template_translates_to_a_whole_language(folder, tmp_path):
    """Files of a template, put in place and accepted, leave nothing missing and nothing wrong."""
    written = write_template("qq", tmp_path / "new", folder, replace=False, command="test")
    assert "rules_vintage.yaml" in written
    for name in written:
        shutil.copy(tmp_path / "new" / name, folder / "words" / "qq" / name)
    accept("qq", folder, command="test")
    found = state(folder)
    assert (found.whole, found.stale) == (True, ())
    assert not [p for p in check_rules(folder).problems if p.place.file.startswith("words/")]


def test_a_template_is_written_into_no_folder_that_holds_something(folder, tmp_path):
    """Nothing of a translator is overwritten."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("begun")
    with pytest.raises(OutputError):
        write_template("qq", tmp_path / "mine", folder, replace=False, command="test")


def test_there_is_nothing_to_accept_for_a_language_that_is_not_there(folder):
    """A language without words is answered with those that there are."""
    with pytest.raises(RequestError, match="there are no words in `zz`"):
        accept("zz", folder, command="test")


def test_a_foreign_rule_keeps_its_own_english(folder, tmp_path):
    """A translation made from the shipped rule does not speak for a changed rule elsewhere."""
    own = tmp_path / "own"
    shutil.copytree(RULES, own, ignore=shutil.ignore_patterns("words"))
    rule = own / "vintage" / "age.yaml"
    rule.write_text(
        rule.read_text("utf-8").replace("title: The vintage is not too old", "title: Fresh")
    )
    made = wording(own, "fi")
    assert made.rule_title(made.bound.rules[RULE]) == "Fresh"


def test_a_kept_rulebook_knows_its_languages(folder, monkeypatch, tmp_path):
    """What comes from the cache has the words of each language, as those read from files."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    read, kept = load_compiled(folder), load_compiled(folder)
    assert {name: dict(kept.words[name]) for name in kept.words} == {
        name: dict(read.words[name]) for name in read.words
    }


def test_a_page_says_once_that_nobody_reviewed_its_language(folder):
    """A report in a translation that no native speaker has reviewed says so; English does not."""
    from offsetcheck.explain.rulebook import explain_city

    said = {}
    for language in ("qq", "en"):
        made = wording(folder, language)
        page = render(explain_city(made), "text", made.words)
        said[language] = page.count("has not been reviewed by a native speaker")
    assert said == {"qq": 1, "en": 0}
