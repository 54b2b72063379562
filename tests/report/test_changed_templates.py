"""Templates that change while the program runs on: each report is made from what is there now."""

import pytest

from offsetcheck.report.environment import environment
from offsetcheck.report.formats import html as html_form
from offsetcheck.report.render import render
from offsetcheck.vocabulary.problem import InputError
from world import bound, explained, made_setting, offer

WORDS = made_setting().wording.words
OWN = '{{% extends "_base/candidate.{form}.jinja" %}}{{% block reasons %}}{text}{{% endblock %}}'
FORMS = ("html", "md")


def page(folder, form="html"):
    return render(explained(offer()), form, WORDS, templates=folder)


def sign(folder, text, form="html"):
    folder.mkdir(parents=True, exist_ok=True)
    own = OWN.format(form=form, text=text)
    (folder / f"candidate.{form}.jinja").write_text(own, encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_an_edited_template_is_seen_by_the_next_report(form, tmp_path):
    """A template of the same length, edited within one tick of the clock, is read anew."""
    sign(tmp_path, "signed by Ann", form)
    first = page(tmp_path, form)
    sign(tmp_path, "signed by Bob", form)
    second = page(tmp_path, form)
    assert ("signed by Ann" in first, "signed by Ann" in second) == (True, False)
    assert "signed by Bob" in second


@pytest.mark.parametrize("form", FORMS)
def test_two_folders_of_one_relative_name_are_two_folders(form, tmp_path, monkeypatch):
    """After a change of the working folder, `mine` is the `mine` of the new one."""
    for town in ("one", "two"):
        sign(tmp_path / town / "mine", f"signed in town {town}", form)
    said = {}
    for town in ("one", "two", "one"):
        monkeypatch.chdir(tmp_path / town)
        said[town] = page((tmp_path / town / "mine").relative_to(tmp_path / town), form)
        assert f"signed in town {town}" in said[town]


def test_a_template_that_comes_and_goes_is_seen(tmp_path):
    """A folder that had no template of a page gets one, loses it, and each report follows."""
    plain = page(tmp_path)
    sign(tmp_path, "signed by Ann")
    assert "signed by Ann" in page(tmp_path)
    (tmp_path / "candidate.html.jinja").unlink()
    assert page(tmp_path) == plain


def test_a_broken_template_that_is_mended_is_used(tmp_path):
    """A template that could not be read does not stay broken for the rest of the run."""
    (tmp_path / "candidate.html.jinja").write_text("{% if %}", encoding="utf-8")
    with pytest.raises(InputError):
        page(tmp_path)
    sign(tmp_path, "signed by Ann")
    assert "signed by Ann" in page(tmp_path)


def test_what_is_said_of_each_rule_follows_its_template(tmp_path):
    """The words about a rule, made once for many reports, are made anew from a changed macro."""
    folder = tmp_path / "_base"
    folder.mkdir()
    bundled = environment(None, autoescape=True).loader
    made = environment(None, autoescape=True)
    source = bundled.get_source(made, html_form.MACROS)[0]
    start = source.index("{% macro of_the_rule(")
    end = source.index("%}", start) + len("%}")
    said = {}
    for mark in ("first words", "other words"):
        changed = f"{source[:end]}<p>{mark}</p>{source[end:]}"
        (folder / "macros.html.jinja").write_text(changed, encoding="utf-8")
        text = page(tmp_path)
        said[mark] = [text.count(f"<p>{word}</p>") for word in ("first words", "other words")]
    shown = said["first words"][0]
    assert shown >= len(bound().candidate_rules) - 1  # a draft is shown in fewer words
    assert said == {"first words": [shown, 0], "other words": [0, shown]}


def test_more_rules_than_are_kept_are_all_said(monkeypatch):
    """Where the kept words of rules are dropped for want of room, no page lacks any of them."""
    whole = page(None)
    said = environment(None, autoescape=True).said
    for key in list(said)[:1]:
        del said[key]
    monkeypatch.setattr(html_form, "MAX_KEPT", 0)
    assert page(None) == whole
