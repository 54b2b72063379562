"""The purchase in a browser: a form that writes only what was changed, and the file as text."""

import html
import re

import pytest

from offsetcheck.api.case import open_case, open_rulebook
from offsetcheck.api.purchase import purchase_fields, try_purchase
from offsetcheck.api.request import Request
from offsetcheck.api.web_page import escape_invisible
from offsetcheck.ground.bundled import bundled
from web.site import TODAY, site_of, text_of

OWN = "/t/turku/purchase"
HOSTILE = [
    "<script>alert(1)</script>",
    '"quoted": {a} # b',
    "../../etc/passwd",
    "=1+1",
    "ä’ \u202ex",
]


def _file(site, tender="turku"):
    return site.folder / tender / "purchase.yaml"


def _save(site, **changed):
    return site.send(OWN, {name.replace("__", "."): v for name, v in changed.items()}, at=OWN)


def _values(site):
    form = next(f for f in site.forms(OWN) if f.method == "post")
    return dict(form.fields)


def test_every_key_of_the_file_stands_in_the_form(site):
    """Each input field of the dictionary, the award's keys, rates, lists and the hash."""
    form = next(f for f in site.forms(OWN) if f.method == "post")
    own = {name for name, field in open_rulebook().dictionary.purchase.items() if field.is_input}
    award = {"award.lots", "award.max_share.seller", "award.offers.0.offer", "award.weights.price"}
    assert own | award | {"exchange_rates.0.rate", "registry", "rules_hash"} <= form.names


def test_saving_an_untouched_form_leaves_every_byte_as_it_is(site):
    """Opened and sent as it stands, a form changes nothing, whatever layout the file has."""
    before = _file(site).read_bytes()
    answer = _save(site)
    assert "Nothing was changed" in text_of(answer.text)
    assert _file(site).read_bytes() == before


def test_only_the_line_that_was_changed_is_another(site):
    """Comments, order and every other line of the file stay as somebody wrote them."""
    before = _file(site).read_text().splitlines()
    answer = _save(site, budget="175000")
    assert answer.status_code == 200
    after = _file(site).read_text().splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ("budget: 150000", "budget: 175000")
    ]
    assert _values(site)["budget"] == "175000"


def test_the_paper_behind_a_value_is_written_with_it(site):
    """A value with a document and a page stands as a mapping, and is read by the judgement."""
    _save(site, baseline_tonnes__document="inventory 2024.pdf", baseline_tonnes__page="7")
    line = "baseline_tonnes: {value: 1250000, document: inventory 2024.pdf, page: 7}"
    assert line in _file(site).read_text()
    assert _values(site)["baseline_tonnes.document"] == "inventory 2024.pdf"


def test_sections_are_begun_and_emptied_again(site):
    """Rates, lists and limits of the award are written below their key and taken away again."""
    before = _file(site).read_text()
    rate = {"currency": "USD", "rate": "0.92", "on": "2026-09-01", "source": "ECB"}
    stated = {"award__max_share__seller": "0.5", "award__lots": "whole"}
    stated |= {f"exchange_rates__0__{name}": said for name, said in rate.items()}
    _save(site, **stated)
    text = _file(site).read_text()
    assert text.startswith(before)
    assert "award:\n  lots: whole\n  max_share: {seller: 0.5}\n" in text
    assert "  USD: {rate: 0.92, on: 2026-09-01, source: ECB}\n" in text
    _save(site, **dict.fromkeys(stated, ""))
    assert _file(site).read_text() == before + "award:\nexchange_rates:\n"


def test_a_value_that_cannot_be_read_is_refused_at_its_field(site):
    """What the reader of the command line refuses is refused, and what was typed stays."""
    before = _file(site).read_bytes()
    answer = _save(site, deadline="3/4/2026", year="20 26 x", title="Kept")
    assert answer.status_code == 422
    for name in ("deadline", "year"):
        assert f'href="#{name}"' in answer.text
    assert 'value="3/4/2026"' in answer.text
    assert 'value="Kept"' in answer.text
    assert _file(site).read_bytes() == before


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_texts_are_texts(site, said):
    """Whatever stands in a title is read back as it was typed, and is never markup."""
    answer = _save(site, title=said)
    assert answer.status_code == 200
    case = open_case(Request(site.folder / "turku", None, TODAY), open_rulebook())
    assert case.purchase.title is not None
    assert "<script>alert" not in answer.text
    assert _values(site)["title"] == escape_invisible(said)
    assert _save(site).status_code == 200
    assert _save(site, title="Another").status_code == 200


def test_a_change_of_another_value_meanwhile_stays(site):
    """Two people who change different values both have their way."""
    form = next(f for f in site.forms(OWN) if f.method == "post")
    data = dict(form.fields) | {"budget": "1"}
    path = _file(site)
    path.write_text(path.read_text().replace("tonnes: 2000\n", "tonnes: 2500\n", 1))
    answer = site.browser.post(OWN, data=data)
    assert answer.status_code == 200
    assert "stays too" in text_of(answer.text)
    assert {"tonnes: 2500", "budget: 1"} <= set(path.read_text().splitlines())


def test_a_change_of_the_same_value_meanwhile_is_told_and_not_overwritten(site):
    """The second sees both values, and writes his only by saving once more."""
    form = next(f for f in site.forms(OWN) if f.method == "post")
    data = dict(form.fields) | {"budget": "1"}
    path = _file(site)
    path.write_text(path.read_text().replace("budget: 150000", "budget: 99"))
    answer = site.browser.post(OWN, data=data)
    assert answer.status_code == 409
    assert "“99”" in answer.text
    assert "budget: 99\n" in path.read_text()
    again = dict(_form_in(answer.text).fields)
    assert again["budget"] == "1"
    assert site.browser.post(OWN, data=again).status_code == 200
    assert "budget: 1\n" in path.read_text()


def _form_in(page):
    from web.site import forms_in

    return next(one for one in forms_in(page) if "was" in one.names or "seen" in one.names)


def test_what_a_form_comes_to_is_shown_and_not_written(site):
    """The check tells the verdict of the purchase as typed; the file is as it was."""
    before = _file(site).read_bytes()
    ready = site.text(OWN)
    assert "The purchase is ready" in ready
    form = next(f for f in site.forms(OWN) if f.method == "post")
    data = dict(form.fields) | {"separate_reduction_target": "false"}
    answer = site.browser.post(f"{OWN}/check", data=data)
    assert answer.status_code == 200
    part = re.search(r'id="preview".*?</section>', answer.text, re.DOTALL).group()
    assert "Name the reduction target." in part
    assert _file(site).read_bytes() == before


def test_the_verdict_is_that_of_the_command_line(site):
    """What the page says of the purchase is what judging the folder says."""
    case = open_case(Request(site.folder / "turku", None, TODAY), open_rulebook())
    assert case.purchase_explained.verdict.words in site.text(OWN)


def test_rows_without_a_name_and_names_twice_are_told(site):
    """No row of a table is lost in silence."""
    twice = {f"exchange_rates__{n}__currency": "USD" for n in range(2)}
    rates = {f"exchange_rates__{n}__rate": f"0.{n + 1}" for n in range(2)}
    assert _save(site, **twice, **rates).status_code == 422
    assert _save(site, exchange_rates__0__rate="0.9").status_code == 422
    assert "exchange_rates" not in _file(site).read_text()


# As text


def _text_form(site):
    return next(f for f in site.forms(f"{OWN}?as=text") if "text" in f.names)


def test_the_text_is_saved_as_typed(site):
    """Comments and order of the text are the officer's."""
    made = _file(site).read_text() + "# a note\nlimit_exchange_rate: 1.5\n"
    data = dict(_text_form(site).fields) | {"text": made.replace("\n", "\r\n")}
    assert site.browser.post(f"{OWN}/text", data=data).status_code == 200
    assert _file(site).read_text() == made


def test_a_text_that_is_no_yaml_is_refused_and_kept_in_the_form(site):
    """Its line is told; the file is as it was."""
    before = _file(site).read_bytes()
    data = dict(_text_form(site).fields) | {"text": "title: [a\nb: &x 1"}
    answer = site.browser.post(f"{OWN}/text", data=data)
    assert answer.status_code == 422
    assert "title: [a" in answer.text
    assert _file(site).read_bytes() == before


def test_a_text_over_a_changed_file_is_not_saved(site):
    """The file as it is now stands beside what was typed."""
    data = dict(_text_form(site).fields) | {"text": "city: turku\ntitle: Mine\n"}
    _file(site).write_text("city: turku\ntitle: Theirs\n")
    answer = site.browser.post(f"{OWN}/text", data=data)
    assert answer.status_code == 409
    assert "title: Theirs" in answer.text
    assert _file(site).read_text() == "city: turku\ntitle: Theirs\n"
    assert (
        site.browser.post(f"{OWN}/text", data=dict(_form_in(answer.text).fields)).status_code == 200
    )
    assert "Mine" in _file(site).read_text()


@pytest.mark.parametrize(
    "text", ["", "[]", "- a\n- b\n", "title: *x\n", "a: b: c", "\tx", "title: !!python/x 1\n"]
)
def test_a_file_that_cannot_be_read_is_shown_as_text(site, text):
    """Where no form can be made of a file, its text stands there with its problems."""
    _file(site).write_text(text)
    page = site.text(OWN)
    assert 'name="text"' in page
    assert "purchase.yaml" in page


def test_a_city_of_its_own_can_be_chosen(tmp_path, pool):
    """The folder of a city's own within the tender and beside it is among the cities."""
    site = site_of(tmp_path, pool, "alder_bay")
    (tmp_path / "port").mkdir()
    (tmp_path / "port" / "city.yaml").write_bytes(
        (bundled("samples") / "alder_bay" / "city" / "city.yaml").read_bytes()
    )
    page = site.text("/t/alder_bay/purchase")
    assert 'value="./city" selected' in page
    assert 'value="../port"' in page


def test_an_unknown_city_is_told(site):
    """The nearest city is named; the form of its values stays usable."""
    path = _file(site)
    path.write_text(path.read_text().replace("city: turku", "city: turkku"))
    page = site.text(OWN)
    assert "turkku" in page
    assert "city is not known" in page


@pytest.mark.parametrize("language", ["fi", "sv", "nl", "es"])
def test_fields_speak_the_visitors_language(site, language):
    """Titles and choices of fields are those of the dictionary in that language."""
    rulebook = open_rulebook()
    made = try_purchase(bundled("samples") / "turku", b"city: turku", rulebook, as_of=TODAY)
    start = purchase_fields(
        site.folder / "turku", made.purchase, rulebook, as_of=TODAY, language=language
    )
    page = text_of(site.text(f"{OWN}?lang={language}"))
    titles = [one.title for one in (*start.itself, *start.asked, *start.spare)]
    assert "Title of the purchase" not in titles
    assert [one for one in titles if html.escape(one, quote=False) not in page] == []


def test_a_link_out_of_the_folder_is_not_followed(site, tmp_path_factory):
    """A purchase that is a link to another place is refused, and its text is not shown."""
    secret = tmp_path_factory.mktemp("other") / "secret.yaml"
    secret.write_text("title: Secret\n")
    _file(site).unlink()
    _file(site).symlink_to(secret)
    assert "Secret" not in site.get(OWN).text
