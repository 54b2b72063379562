"""Names and cells from strangers, and templates from strangers."""

import json

import polars as pl
import pytest

from offsetcheck.report.cleaning import footer_text, markdown_text, shorten_and_escape
from offsetcheck.report.render import render
from offsetcheck.report.tables.csv import guarded
from offsetcheck.vocabulary.problem import InputError
from world import explained, made_setting, offer, offers, tender_explained

WORDS = made_setting().wording.words
ATTACKS = [
    '<script>alert("x")</script>',
    '"><img src=x onerror=alert(1)>',
    "</style><script>1</script>",
    "{{ 7 * 7 }}{% raw %}",
    "[a](javascript:alert(1))",
    "a | b\n\n# heading",
    "`=1+1`",
    "\u202egnp.exe",
    "\x00\x1b[31m",
    "\ud800 lone",
    "https://evil.example/x",
    "&lt;b&gt;",
    "x" * 100_000,
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_name_becomes_markup(attack):
    """A project's name is shown as text, whatever it holds, in the page of the offer and the list."""
    candidate = offer(name=attack, seller=attack, country=attack)
    for text in (
        render(explained(candidate), "html", WORDS),
        render(tender_explained({"one": candidate}), "html", WORDS),
    ):
        assert "<script" not in text
        assert "<img" not in text
        assert "49" not in text.split("</style>")[1].split("<main>")[0]
        assert not set(text) & {"\u202e", "\x00", "\x1b", "\ud800"}
        assert len(text) < 200_000


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_name_becomes_markdown(attack):
    """In Markdown a name keeps its signs, escaped, and stays on its line."""
    text = render(tender_explained({"one": offer(name=attack)}), "md", WORDS)
    assert "<script" not in text
    assert "<img" not in text
    assert "[a](" not in text
    assert "\n# heading" not in text
    table = [line for line in text.splitlines() if "VCS1)" in line]
    assert table
    assert all(line.replace(r"\|", "").count("|") == 8 for line in table)


@pytest.mark.parametrize("attack", [a for a in ATTACKS if "\ud800" not in a and len(a) < 2000])
def test_json_holds_the_name_as_it_came(attack):
    """JSON is data: the name is there unchanged."""
    data = json.loads(render(explained(offer(name=attack)), "json", WORDS))
    assert data["offer"]["name"] == attack


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text):
    """A text that a spreadsheet would run is led by an apostrophe."""
    assert guarded(pl.DataFrame({"name": [text]}))["name"][0].startswith(("'", "�"))


def test_unseen_signs_are_shown_by_their_code():
    """A sign that turns the direction of text shows as its code; other scripts stay as they are."""
    assert shorten_and_escape("a\u202eb") == "a[U+202E]b"
    assert shorten_and_escape("Åbo 图尔库") == "Åbo 图尔库"
    assert shorten_and_escape("emoji 🌳") == "emoji 🌳"


def test_the_footer_cannot_leave_its_css_string():
    """Only letters, digits and plain signs reach the running footer."""
    assert footer_text('a"; } body { x: url(//e) } \\') == "a  body  x: url(//e)  "


def test_markdown_signs_are_escaped():
    """Signs that Markdown reads are escaped, and a text keeps to one line."""
    assert markdown_text("a*b_c`d|e\n#f") == r"a\*b\_c\`d\|e \#f"


def test_a_city_overrides_one_block(tmp_path):
    """A city's template changes one block; all else is the bundled page."""
    own = '{% extends "_base/candidate.html.jinja" %}{% block signature %}<p>Åbo stad</p>{% endblock %}'
    (tmp_path / "candidate.html.jinja").write_text(own, encoding="utf-8")
    text = render(explained(offer()), "html", WORDS, templates=tmp_path)
    plain = render(explained(offer()), "html", WORDS)
    assert "<p>Åbo stad</p>" in text
    assert "Name, date, signature" not in text
    assert text.split("<p>Åbo stad</p>")[1][-500:] == plain[-500:]


@pytest.mark.parametrize(
    "attack",
    [
        "{{ report.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ report.items.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ report.update({}) }}",
        "{{ report.findings.append(1) }}",
        "{{ '%s'.__mod__ }}",
        "{{ '{0.__class__}'.format(report) }}",
        "{% for i in range(10 ** 9) %}x{% endfor %}",
        "{% for i in range(90000) %}{% for j in range(90000) %}xxxxxxxxxx{% endfor %}{% endfor %}",
        "{% for i in range(90000) %}{% for j in range(90000) %}{{ range(3) }}{% endfor %}{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% include '../../pyproject.toml' %}",
        "{% include 'outside' %}",
        "{% include 'large' %}",
        "{% import 'os' as os %}",
        "{{ nothing }}",
        "{{ 1 / 0 }}",
        "{{ report.findings[999].title }}",
        "{% block x %}",
        "{{ undefined_function() }}",
        "{{ 'a' + 1 }}",
        "{% include 'candidate.html.jinja' %}",
    ],
)
def test_a_template_from_outside_reaches_nothing(tmp_path, attack):
    """A stranger's template reads no attribute of Python, no file, runs not for ever, and fails tidily."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "secret").write_text("secret")
    (folder / "outside").symlink_to(tmp_path / "secret")
    (folder / "large").write_text("x" * 300_000)
    (folder / "candidate.html.jinja").write_text(attack)
    with pytest.raises(InputError) as refused:
        render(explained(offer()), "html", WORDS, templates=folder)
    assert refused.value.problems


def test_the_hostile_offer_is_judged_like_any_other():
    """An attack in a name changes no verdict."""
    plain = offer(permit_until=None)
    hostile = offers()["hostile"]
    assert explained(hostile).verdict.verdict == explained(plain).verdict.verdict


def test_an_endless_name_is_cut_and_half_a_sign_replaced():
    """JSON too tells of an endless name how much was cut, and can be written as UTF-8."""
    endless = json.loads(render(explained(offer(name="x" * 100_000)), "json", WORDS))
    assert endless["offer"]["name"].endswith("… (+98000)")
    half = render(explained(offer(name="\ud800 lone")), "json", WORDS)
    assert json.loads(half.encode())["offer"]["name"] == "? lone"
