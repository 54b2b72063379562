"""What a city may say: never more than its verdicts, in its own languages, with nothing invented."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.case import open_rulebook
from offsetcheck.api.claim import claim, lint
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.problem import RequestError

DAY = date(2026, 9, 30)
SAMPLES = bundled("samples")
ALL = {"turku": ["fi", "sv", "en"], "bogota": ["es", "en"], "melbourne": ["en"]}


@pytest.fixture(scope="module")
def rulebook():
    return open_rulebook()


def said_of(rulebook, path, *offers, language="en"):
    return claim(Request(Path(path), None, DAY, language=language), rulebook, offers).explained


def tender(tmp_path, sample, **changed):
    """Return a copy of a sample whose purchase states other values."""
    folder = tmp_path / sample
    shutil.copytree(SAMPLES / sample, folder)
    lines = (folder / "purchase.yaml").read_text("utf-8").splitlines()
    kept = [line for line in lines if line.partition(":")[0] not in changed]
    added = [f"{key}: {value}" for key, value in changed.items() if value is not None]
    (folder / "purchase.yaml").write_text("\n".join([*kept, *added]) + "\n", "utf-8")
    return folder


def english(statement):
    return next(one.text for one in statement.paragraphs if one.language == "en")


def ruling(statement, kind):
    return next(one for one in statement.rulings if one.kind == kind)


def test_turku_contributes_with_tonnes_kinds_and_open_retirement(rulebook):
    """The contribution of Turku names tonnes, removal and reduction apart, and no retirement."""
    said = said_of(rulebook, SAMPLES / "turku")
    assert (said.may, said.allowed, said.draft) == ("yes", "contribution", False)
    text = english(said)
    assert "890 t CO₂e of carbon credits from 3 projects" in text
    assert "90 t CO₂e were taken out of the air, and 800 t CO₂e are emissions" in text
    assert "at least 200 years" in text
    assert "a contribution and no offset" in text
    assert "Iceland, Switzerland" in text
    assert "France" not in text.partition("own climate targets")[2]
    assert text.count("[to be filled in after retirement]") == 2
    assert "illustrative block" not in text
    assert [one.filled for one in said.to_name[-2:]] == [False, False]


def test_bogota_says_that_a_forest_is_not_permanent(rulebook):
    """The contribution of Bogotá says of its forest that the storage is not permanent."""
    said = said_of(rulebook, SAMPLES / "bogota")
    assert said.allowed == "contribution"
    assert "8,000 t CO₂e are stored in a way that is not permanent" in english(said)
    assert ruling(said, "permanence").allowed is False
    spanish = next(one.text for one in said.paragraphs if one.language == "es")
    assert "13.000 t CO₂e" in spanish
    assert "no es una compensación" in spanish


def test_melbourne_may_not_say_neutral_with_what_is_left(rulebook):
    """Melbourne wants to be neutral; the eligible offers cover too little, and one is limited."""
    said = said_of(rulebook, SAMPLES / "melbourne")
    assert (said.wanted, said.may, said.allowed) == ("neutral", "less", "contribution")
    assert any("6,097 t CO₂e, but 15,000 t CO₂e of emissions remain" in why for why in said.why)
    assert any("West Arnhem" in why for why in said.why)
    assert "neutral for" not in english(said)


def test_one_offer_that_offsets_is_an_offset_of_so_many_tonnes(rulebook):
    """An offer that allows an offset and covers a part is an offset of that part, and no more."""
    said = said_of(rulebook, SAMPLES / "melbourne", "VCS2464")
    assert (said.may, said.allowed) == ("less", "offset")
    assert english(said).startswith("City of Melbourne offsets 97 t CO₂e of its emissions of 2026")
    assert ruling(said, "offset").allowed is True
    assert ruling(said, "neutrality").allowed is False
    assert ruling(said, "whole").allowed is False


def test_all_that_remains_covered_may_be_called_neutral(rulebook, tmp_path):
    """Where the offers cover all that remains and each allows an offset, neutral may be said."""
    folder = tender(tmp_path, "melbourne", residual_tonnes=97, tonnes=97)
    said = said_of(rulebook, folder, "VCS2464")
    assert (said.may, said.allowed) == ("yes", "neutral")
    assert "97 t CO₂e of emissions that remained from the operations" in english(said)
    assert "climate neutral for 2026" in english(said)
    assert ruling(said, "net_zero").allowed is False


def test_a_tonne_short_is_not_neutral(rulebook, tmp_path):
    """One tonne more of remaining emissions than credits, and the word is gone."""
    said = said_of(rulebook, tender(tmp_path, "melbourne", residual_tonnes=98), "VCS2464")
    assert said.allowed == "offset"


def test_without_a_stated_rest_nobody_is_neutral(rulebook, tmp_path):
    """A purchase that does not say what remains cannot be called neutral."""
    said = said_of(rulebook, tender(tmp_path, "melbourne", residual_tonnes=None), "VCS2464")
    assert said.allowed != "neutral"
    assert "climate neutral for" not in " ".join(one.text for one in said.paragraphs)


def test_of_a_refused_offer_nothing_is_said(rulebook):
    """No paragraph is written for an offer that may not be bought, and the reason is told."""
    said = said_of(rulebook, SAMPLES / "turku", "VCS902")
    assert (said.may, said.allowed, said.paragraphs) == ("no", "none", ())
    assert [one.id for one in said.left_out] == ["VCS902"]
    assert "KARIBA" in said.why[0]
    assert all(one.allowed is not True for one in said.rulings)


def test_one_refused_offer_among_others_leaves_no_words(rulebook):
    """A refused offer among good ones leaves no paragraph for all together."""
    said = said_of(rulebook, SAMPLES / "turku", "ACR1129", "VCS902")
    assert said.paragraphs == ()


def test_of_an_open_offer_the_paragraph_is_a_draft(rulebook):
    """The paragraph of an offer that is not decided is marked as a draft that names it."""
    said = said_of(rulebook, SAMPLES / "turku", "VCS2250")
    assert said.draft
    assert "VCS2250" in said.draft_words
    assert "Draft" in said.draft_words


def test_with_conditions_is_a_draft_too(rulebook):
    """An offer under conditions is no base for words in print before these are met."""
    assert said_of(rulebook, SAMPLES / "turku", "PURO100008").draft


def test_an_unknown_offer_is_answered_with_the_nearest(rulebook):
    """An id that is not there is refused with the one that is near."""
    with pytest.raises(RequestError, match="ACR1128"):
        said_of(rulebook, SAMPLES / "turku", "ACR1128")


def test_a_product_in_finland_is_asked_whether_the_act_is_in_force(rulebook, tmp_path):
    """A neutral product claim in Finland leaves a contribution where the act is in force."""
    words = {"claim": "neutral", "claim_channel": "product", "residual_tonnes": 30}
    said = said_of(rulebook, tender(tmp_path, "turku", **words, empco_in_force="true"), "ACR1129")
    assert said.allowed == "contribution"
    product = ruling(said, "product_claim")
    assert product.allowed is False
    assert product.source.guide


def test_the_law_is_told_with_its_standing_or_that_none_is_known(rulebook):
    """European law stands with how it was seen; of Colombian law on claims nothing is known."""
    turku = said_of(rulebook, SAMPLES / "turku")
    known = [law for law in turku.laws if law.source is not None]
    assert {law.source.guide for law in known} >= {"eu-empco", "fi-empco-draft"}
    assert all(law.source.standing for law in known)
    assert [law.source for law in said_of(rulebook, SAMPLES / "bogota").laws] == [None] * 3


def test_before_its_day_a_law_is_said_not_to_apply_yet(rulebook):
    """On a day before the directive applies its sentence says from when it does."""
    request = Request(SAMPLES / "turku", None, date(2026, 9, 26))
    laws = claim(request, rulebook).explained.laws
    assert any("does from 27 September 2026" in law.words for law in laws)


def test_a_bare_list_bears_a_contribution_at_most(rulebook, tmp_path):
    """Without a purchase no claim was judged: no word of an offset is allowed."""
    path = tmp_path / "list.csv"
    shutil.copy(SAMPLES / "turku" / "offers.csv", path)
    said = claim(Request(path, "turku", DAY), rulebook, ("ACR1129",)).explained
    assert said.allowed in {"contribution", "none"}
    assert ruling(said, "offset").allowed is not True


@pytest.mark.parametrize("sample", ALL)
def test_the_paragraph_stands_in_the_languages_of_the_city(rulebook, sample):
    """Each language of a city has its own paragraph, without a gap of words."""
    said = said_of(rulebook, SAMPLES / sample)
    assert [one.language for one in said.paragraphs] == ALL[sample]
    assert all(one.text and "{" not in one.text for one in said.paragraphs)


CASES = [(sample, ()) for sample in ALL] + [("melbourne", ("VCS2464",)), ("turku", ("PURO-ORCA",))]


@pytest.mark.parametrize(("sample", "offers"), CASES)
def test_the_paragraph_holds_against_itself(rulebook, sample, offers):
    """What is written to be published passes when it is held against the same offers."""
    path = SAMPLES / sample
    for one in said_of(rulebook, path, *offers).paragraphs:
        held = lint(Request(path, None, DAY), rulebook, one.text, "own", offers).explained
        assert [(x.text, x.hits) for x in held.sentences if x.said != "ok"] == []
        assert held.missing == ()


def test_a_neutral_paragraph_holds_against_itself(rulebook, tmp_path):
    """The words that call the operations neutral pass where they are allowed, and only there."""
    path = tender(tmp_path, "melbourne", residual_tonnes=97, tonnes=97)
    text = english(said_of(rulebook, path, "VCS2464"))
    request = Request(path, None, DAY)
    held = lint(request, rulebook, text, "own", ("VCS2464",)).explained
    assert [one.text for one in held.sentences if one.said != "ok"] == []
    other = lint(Request(SAMPLES / "melbourne", None, DAY), rulebook, text, "own").explained
    assert "not_allowed" in {one.said for one in other.sentences}


def test_where_nothing_may_be_bought_each_ruling_says_so_and_lists_nothing(rulebook, tmp_path):
    """Without an offer no ruling speaks of 0 tonnes or ends in an empty list."""
    folder = tender(tmp_path, "turku", stage="clarification")
    (folder / "evidence.yaml").unlink()
    (folder / "screening.yaml").unlink()
    said = said_of(rulebook, folder)
    assert said.lots == ()
    for kind in ("removal", "permanence"):
        assert ruling(said, kind).allowed is False
        assert ruling(said, kind).reason == "No offer is chosen, and none may be bought as it is."
