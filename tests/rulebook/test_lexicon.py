"""The files of lexicon/: what is wrong in them is told at its place, and nothing is silently deaf."""

import shutil

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.lexicon.load import lexicon_of
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.claim_kind import ClaimKind
from offsetcheck.vocabulary.problem import RulebookError


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(bundled("rules"), tmp_path / "rules")


def changed(folder, name, old, new):
    path = folder / "lexicon" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RulebookError) as caught:
        load_rulebook(folder)
    return [str(problem) for problem in caught.value.problems]


def test_every_language_has_words_of_every_kind():
    """No installed language is without words or examples of a kind of claim."""
    rulebook = load_rulebook(bundled("rules"))
    lexicon = lexicon_of(rulebook)
    assert set(lexicon.languages) >= {"en", "fi", "sv", "es", "nl"}
    for language in lexicon.languages.values():
        assert all(language.of(kind).patterns and language.of(kind).shown for kind in ClaimKind)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("fi.yaml", "language: fi", "language: sv", "this is the file of `fi`, not of `sv`"),
        ("en.yaml", "  net_zero:", "  net_zeroo:", "`net_zeroo` is not a kind of claim"),
        ("en.yaml", "carbon~neutral*, climate", "carbon~~neutral*, climate", "is no pattern of words"),
        ("en.yaml", "patterns: [net~zero,", "patterns: [carbon~neutral*, net~zero,", "already stands for neutrality"),
        ("en.yaml", "  kilotonne:", "  kilotone:", "`kilotone` is no unit"),
        ("en.yaml", '"1000": [', '"many": [', "a whole number is needed here"),
        ("laws.yaml", "  eu:", "  eux:", "there is no jurisdiction `eux`"),
        ("laws.yaml", "guide: eu-empco,", "guide: eu-empko,", "the guide `eu-empko` is not in sources.yaml"),
        ("laws.yaml", "about: [product]", "about: [products]", "`products` cannot stand here"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(folder, name, old, new, said):
    """A mistake in a file of words or laws is a located problem of the rulebook."""
    problems = changed(folder, name, old, new)
    assert any(said in problem and f"lexicon/{name}:" in problem for problem in problems)


def test_a_kind_without_words_is_told(folder):
    """A language that lacks a kind is a problem: what has no words is never found."""
    path = folder / "lexicon" / "nl.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("  retired:")], "utf-8")
    with pytest.raises(RulebookError, match="there are no words for"):
        load_rulebook(folder)


def test_a_folder_without_a_lexicon_takes_the_installed_one(folder):
    """A rule folder of before speaks with the installed words, and has no problem."""
    shutil.rmtree(folder / "lexicon")
    rulebook = load_rulebook(folder)
    assert lexicon_of(rulebook).hash == lexicon_of(load_rulebook(bundled("rules"))).hash


def test_another_word_is_another_hash(folder):
    """The hash of the lexicon follows its words, and the hash of verdicts does not."""
    path = folder / "lexicon" / "en.yaml"
    path.write_text(path.read_text("utf-8").replace("carbon~positiv*, ", ""), "utf-8")
    installed = load_rulebook(bundled("rules"))
    assert lexicon_of(load_rulebook(folder)).hash != lexicon_of(installed).hash
