"""What offers say beside their cells, confirmed and changed by an officer."""

from offsetcheck.api.case import open_rulebook, open_tender
from web.site import TODAY, text_of

AT = "/t/turku/answers"
NOTE = {"kind": "risk_report", "document": 'Risk <report> "2025"', "page": "12", "by": "A. Officer"}


def case_of(site):
    return open_tender(site.folder / "turku", open_rulebook(), as_of=TODAY)


def test_each_offer_has_its_line_and_its_answers(site):
    """The list leads to every offer, and the offer to each of its fields."""
    page = site.text(AT)
    for name in case_of(site).table.ids:
        assert f"{AT}/{name}" in page
    assert f"{AT}/VCS902/tonnes" in site.text(f"{AT}/VCS902")


def test_an_answer_stands_beside_its_cell(tmp_path, pool):
    """The cell's own text, its file, line and column stand beside the value; odd ones come first."""
    from web.site import site_of

    site = site_of(tmp_path, pool, "turku")
    (site.folder / "turku" / "evidence.yaml").unlink()
    (site.folder / "turku" / "offers.csv").write_text(
        "id,name,programme,vintage,tonnes,price,currency,buffer percent\n"
        "VCS902,One,VCS,2022,100,9,EUR,14 %\n", "utf-8",
    )  # fmt: skip
    page = text_of(site.text(f"{AT}/VCS902"))
    assert "14 %" in page
    assert "offers.csv · 2 · buffer percent" in page
    assert page.index("14 %") < page.index("offers.csv · 2 · name")


def test_a_value_is_confirmed_by_a_paper(site):
    """The note stands in evidence.yaml with its page; what stood there before is untouched."""
    path = site.folder / "turku" / "evidence.yaml"
    before = path.read_text("utf-8")
    at = f"{AT}/VCS902/tonnes"
    answer = site.send(at, {**NOTE, "do": "confirm", "kind": "registry_record"}, form="seen")
    assert answer.status_code == 200, text_of(answer.text)[:900]
    assert "Noted. The verdict was" in text_of(answer.text)
    after = path.read_text("utf-8")
    assert [line for line in before.splitlines() if line not in after] == []
    assert len(after.splitlines()) > len(before.splitlines())
    assert (
        case_of(site)
        .table.candidate(list(case_of(site).table.ids).index("VCS902"))
        .fact("tonnes")
        .grade.name
        == "E1"
    )


def test_another_value_is_tried_before_it_is_noted(site):
    """The verdict with a note stands beside the one without; nothing is written until it is noted."""
    path = site.folder / "turku" / "evidence.yaml"
    before = path.read_bytes()
    at = f"{AT}/VCS2250/monitoring_years"
    form = next(one for one in site.forms(at) if "seen" in one.names)
    filled = dict(form.fields) | NOTE | {"do": "state", "value": "60", "source": "the paper"}
    tried = site.browser.post(f"{at}/look", data=filled)
    assert "With this note" in text_of(tried.text)
    assert path.read_bytes() == before
    noted = site.browser.post(at, data=filled)
    assert noted.status_code == 200
    assert "It is now" in text_of(noted.text)
    assert path.read_bytes() != before
    found = case_of(site).table
    fact = found.candidate(list(found.ids).index("VCS2250")).fact("monitoring_years")
    assert 60 in {fact.value, *(other.value for other in fact.others)}


def test_what_lacks_is_told_at_its_field_and_what_was_typed_is_kept(site):
    """A form that lacks something is shown again with what it held."""
    answer = site.send(
        f"{AT}/VCS902/tonnes", {"do": "state", "value": "12,3,4", "by": ""}, form="seen"
    )
    assert answer.status_code == 422
    assert 'value="12,3,4"' in answer.text
    assert 'href="#kind"' in answer.text
    assert 'href="#by"' in answer.text


def test_a_value_that_cannot_be_read_is_refused_in_words(site):
    """What no reader takes for a value of the field is not written."""
    path = site.folder / "turku" / "evidence.yaml"
    before = path.read_bytes()
    filled = {**NOTE, "do": "state", "value": "<script>many", "source": "x"}
    answer = site.send(f"{AT}/VCS902/tonnes", filled, form="seen")
    assert answer.status_code == 422
    assert "<script>many" not in answer.text
    assert path.read_bytes() == before


def test_a_note_over_a_file_that_changed_meanwhile_is_refused(site):
    """What an editor wrote between form and note is not overwritten."""
    path = site.folder / "turku" / "evidence.yaml"
    at = f"{AT}/VCS902/tonnes"
    form = next(one for one in site.forms(at) if "seen" in one.names)
    path.write_text(path.read_text("utf-8") + "# by hand\n", "utf-8")
    filled = dict(form.fields) | NOTE | {"do": "confirm"}
    assert site.browser.post(at, data=filled).status_code == 409
    assert path.read_text("utf-8").endswith("# by hand\n")


def test_a_paper_of_the_folder_is_noted_with_its_hash(site):
    """A later change of the paper is told where the note stands."""
    papers = site.folder / "turku" / "evidence"
    papers.mkdir()
    (papers / "risk.pdf").write_bytes(b"%PDF-1.7 one")
    filled = {**NOTE, "do": "confirm", "paper": "risk.pdf", "document": ""}
    assert site.send(f"{AT}/VCS902/tonnes", filled, form="seen").status_code == 200
    assert "the paper is unchanged" in text_of(site.text("/t/turku/evidence"))
    (papers / "risk.pdf").write_bytes(b"%PDF-1.7 two")
    assert "the paper has changed since" in text_of(site.text("/t/turku/evidence"))


def test_names_that_nobody_gave_are_not_found(site):
    """An offer or a field that is not there is no page."""
    for path in (f"{AT}/none", f"{AT}/VCS902/none", f"{AT}/..%2F..", f"{AT}/VCS902/%3Cscript%3E"):
        assert site.get(path).status_code == 404, path


def test_a_tender_without_offers_says_so(empty_site):
    """The empty page leads to where offers are handed in."""
    folder = empty_site.folder / "new"
    folder.mkdir()
    (folder / "purchase.yaml").write_text("city: turku\nstage: screening\n", "utf-8")
    for page in ("answers", "evidence"):
        assert "/t/new/offers" in empty_site.text(f"/t/new/{page}")


def test_the_answers_are_there_in_finnish(site):
    """Titles of fields are in the language of the page."""
    assert '<html lang="fi">' in site.text(f"{AT}/VCS902?lang=fi")
