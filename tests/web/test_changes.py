"""What changed since a state of a tender that was kept."""

import pytest

from offsetcheck.api.request import Request
from offsetcheck.api.since import since
from offsetcheck.api.write import write
from web.judged import case_of, judged_of, rulebook, said, with_offer
from web.site import TODAY, text_of

CHANGES = "/t/turku/changes"


def kept_by(site, name="before"):
    answer = site.send(CHANGES, {"name": name})
    assert answer.status_code == 200
    return answer.text


def test_a_state_is_kept_and_listed(site):
    """Keeping leads back to the list, where the state stands and says so."""
    page = kept_by(site)
    assert "The state is kept as before." in page
    assert f'href="{CHANGES}?against=before"' in page


def test_what_changed_is_what_the_command_line_says(site, tmp_path):
    """Against a small state that was kept, `since` says what it says against a whole result."""
    write(case_of(site, "turku"), judged_of(site, "turku"), tmp_path / "out", formats=("json",))
    kept_by(site)
    path = site.folder / "turku" / "purchase.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("stage: clarification", "stage: final"), encoding="utf-8")
    with_offer(site, "turku", id="VCS9001", name="Added since", tonnes="10", price="4")
    request = Request(site.folder / "turku", None, TODAY)
    whole = since(request, rulebook(), tmp_path / "out").explained
    small = since(request, rulebook(), site.folder / "turku" / "kept" / "before").explained
    assert small == whole
    page = text_of(site.text(f"{CHANGES}?against=before"))
    assert whole.summary in page
    assert "Added since" in page
    for line in whole.offers:
        assert line.words in page


def test_a_kept_state_changes_no_judgement(site):
    """The folder of states is no part of the tender that is judged."""
    before = [one.explained.audit.result_hash for one in judged_of(site, "turku")]
    inputs = case_of(site, "turku").tender.input_hash
    kept_by(site)
    assert [one.explained.audit.result_hash for one in judged_of(site, "turku")] == before
    assert case_of(site, "turku").tender.input_hash == inputs


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "<b>", "x" * 65, "end."])
def test_a_name_that_is_none_is_told_and_kept_in_the_field(site, name):
    """No name leads out of the folder, and what was typed stays."""
    answer = site.send(CHANGES, {"name": name})
    assert answer.status_code == 422
    assert '<a href="#name">' in answer.text
    assert not (site.folder / "turku" / "kept").exists()


def test_a_name_is_given_once(site):
    """A second state of the same name does not take the place of the first."""
    kept_by(site)
    answer = site.send(CHANGES, {"name": "before"})
    assert answer.status_code == 422
    assert "kept already" in said(answer.text)


def test_a_free_name_is_proposed(site):
    """The day is the name that is proposed, with a number from the second on."""
    kept_by(site, TODAY.isoformat())
    assert f'value="{TODAY.isoformat()}_2"' in site.text(CHANGES)


def test_nothing_kept_says_what_to_do(site):
    """The first look says what keeping is for."""
    assert "No state of this tender is kept yet" in said(site.text(CHANGES))


def test_a_state_that_is_not_there_is_told(site):
    """Names are looked up in what is kept, and never used as paths."""
    for name in ("x", "../../turku", "%2e%2e"):
        page = site.get(CHANGES, params={"against": name})
        assert page.status_code == 404


def test_a_state_that_somebody_broke_is_told_with_its_file(site):
    """What is no result of a run any more is a page in words."""
    kept_by(site)
    (site.folder / "turku" / "kept" / "before" / "tender.json").write_text("{}", encoding="utf-8")
    assert "tender.json" in said(site.text(f"{CHANGES}?against=before", status=422))


def test_it_is_read_in_finnish(site):
    """What changed is told in the language that was chosen, though the state is of another."""
    kept_by(site)
    page = site.text(f"{CHANGES}?against=before&lang=fi")
    assert 'lang="fi"' in page
