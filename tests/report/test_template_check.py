"""A city's own templates: what is told before they are used, and what ends them when they run."""

import pytest
from jinja2 import nodes

import offsetcheck
from offsetcheck.api.templates import check_own_templates, copy_templates
from offsetcheck.report.apart.limits import MAX_SECONDS
from offsetcheck.report.environment import environment
from offsetcheck.report.render import render
from offsetcheck.report.template_check.check import (
    base_templates,
    check_templates,
    check_tree,
    page_names,
)
from offsetcheck.report.template_check.head import head_of
from offsetcheck.report.template_check.inherited import inherited
from offsetcheck.report.template_check.listing import blocks_of
from offsetcheck.report.template_check.types import explanations
from offsetcheck.vocabulary.problem import InputError, OutputError, RequestError
from world import explained, made_setting, offers

WORDS = made_setting().wording.words
EXTENDS = '{% extends "_base/candidate.html.jinja" %}\n'


@pytest.fixture(scope="module")
def rulebook():
    return offsetcheck.open_rulebook()


@pytest.fixture
def own(tmp_path):
    """Return a function that writes a template of a candidate's page and returns its folder."""

    def write(text, name="candidate.html.jinja"):
        folder = tmp_path / "own"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.mark.parametrize("name", sorted(base_templates()))
def test_an_installed_template_keeps_what_its_first_lines_say(name, rulebook):
    """Each name and each key that a shipped template asks for is there; its blocks are those told."""
    base = base_templates()[name]
    made = environment(None, autoescape=True)
    tree = made.parse(base.source)
    assert list(check_tree(tree, base.head, made, rulebook.words["en"], name)) == []
    if name in page_names():
        assert base.head.report in explanations()
        frame = inherited(tree, lambda parent: made.parse(base_templates()[parent[6:]].source))
        own = {block.name for block in tree.find_all(nodes.Block)} - frame.blocks
        assert base.head.blocks == own


def test_the_first_lines_are_read_with_remarks_and_without():
    """Types stand in parentheses, `and` parts names, and a remark holds no name."""
    head = head_of(
        "{# A page.\n\nContext: report (CandidateExplanation, whole), words, looks and\n"
        "bars (a, b and c).\nBlocks: identity,\naudit.\n#}"
    )
    assert head.context == {"report", "words", "looks", "bars"}
    assert head.blocks == {"identity", "audit"}
    assert head.report == "CandidateExplanation"
    assert head.told == "A page."


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{% block signture %}x{% endblock %}", "no block `signture`", "signature"),
        ("{% block audit %}{{ reprot.title }}{% endblock %}", "called `reprot`", "report"),
        ("{% block audit %}{{ report.titel }}{% endblock %}", "has no `titel`", "title"),
        (
            "{% block audit %}{% for r in report.reasons %}{{ r.txt }}{% endfor %}{% endblock %}",
            "Reason has no `txt`",
            None,
        ),
        (
            "{% block audit %}{% set a = report.audit %}{{ a.rulebok }}{% endblock %}",
            "Audit has no `rulebok`",
            "rulebook",
        ),
        (
            "{% block audit %}{{ report.findings[0].evidnce }}{% endblock %}",
            "FindingLine has no `evidnce`",
            "evidence",
        ),
        (
            '{% block audit %}{{ words["report.acton"] }}{% endblock %}',
            "no words `report.acton`",
            "report.action",
        ),
        ("{% block audit %}", "cannot be read", None),
    ],
)
def test_a_slip_in_a_template_is_told_with_its_line(own, text, message, hint):
    """What Jinja would pass over in silence, or stumble on, is told before any page is made."""
    problems = check_templates(own(EXTENDS + text), WORDS)
    assert [problem for problem in problems if message in problem.message], problems
    found = next(problem for problem in problems if message in problem.message)
    assert found.place.line == 2
    assert hint is None or hint in (found.hint or "")


def test_a_file_that_no_page_is_made_from_is_told(own):
    """A mistyped name of a template would change nothing, and nobody would see why."""
    problems = check_templates(own(EXTENDS, "candidat.html.jinja"), WORDS)
    assert [problem.hint for problem in problems] == ["did you mean `candidate.html.jinja`?"]


def test_a_copy_of_a_block_is_sound_and_changes_nothing(rulebook, tmp_path):
    """A template as it is copied makes the same page as the installed one."""
    (path,) = copy_templates(
        ["candidate.html.jinja"], tmp_path / "own", blocks=["signature", "reasons", "findings"]
    )
    assert check_own_templates(path.parent, rulebook).problems == ()
    page = explained(offers()["undecided"])
    assert render(page, "html", WORDS, templates=path.parent) == render(page, "html", WORDS)


@pytest.mark.parametrize("name", page_names())
def test_each_block_of_each_page_can_be_copied(name, tmp_path):
    """A copy of every block of a page is read without a fault."""
    copy_templates([name], tmp_path / "own", blocks=blocks_of(name))
    assert check_templates(tmp_path / "own", WORDS) == []


def test_what_is_not_there_cannot_be_copied(tmp_path):
    """A mistyped template or block is answered with the nearest, and nothing is written."""
    with pytest.raises(RequestError, match="candidate"):
        copy_templates(["candidte.html.jinja"], tmp_path / "own")
    with pytest.raises(RequestError, match="signature"):
        copy_templates(["candidate.html.jinja"], tmp_path / "own", blocks=["signatur"])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_not_written_over(tmp_path):
    """Templates that somebody changed are never replaced by a copy."""
    (tmp_path / "candidate.html.jinja").write_text("our own", encoding="utf-8")
    with pytest.raises(OutputError):
        copy_templates(["candidate.html.jinja"], tmp_path)
    assert (tmp_path / "candidate.html.jinja").read_text(encoding="utf-8") == "our own"


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        ("{{ 9 ** (9 ** 9) }}", "too large numbers"),
        ("{{ 'x' * 10000000000 }}", "too large numbers"),
        (
            "{% set a = 'x' * 9999 %}{% set b = a * 9999 %}{% set c = b * 9999 %}{{ c }}",
            "memory",
        ),
        ("{% for i in range(9) %}{{ ('x' * 9999) * 999 }}{% endfor %}", "too large a page"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            f"{MAX_SECONDS} seconds",
        ),
        ("{{ ''.__class__.__mro__ }}", "may not do that"),
        ("{{ report.__class__ }}", ""),
        ('{% include "/etc/passwd" %}', ""),
        ('{% include "../../../../etc/passwd" %}', ""),
        ("{{ cycler.__init__.__globals__ }}", "may not do that"),
        ("{{ lipsum(n=10 ** 9) }}", ""),
    ],
)
def test_a_hostile_template_ends_its_page_and_nothing_else(own, attack, said):
    """Time, memory, output and reach of a template are bounded; the next page is made as ever."""
    page = explained(offers()["eligible"])
    folder = own(f"{EXTENDS}{{% block audit %}}{attack}{{% endblock %}}")
    with pytest.raises(InputError) as caught:
        render(page, "html", WORDS, templates=folder)
    assert said in str(caught.value)
    sound = own(f"{EXTENDS}{{% block audit %}}sound{{% endblock %}}")
    assert "sound" in render(page, "html", WORDS, templates=sound)


def test_a_copy_comes_beside_what_a_folder_holds(tmp_path):
    """A folder with other files takes a template; one that is there already keeps all away."""
    (tmp_path / "README.md").write_text("ours")
    copy_templates(["candidate.html.jinja"], tmp_path)
    with pytest.raises(OutputError):
        copy_templates(["tender.html.jinja", "candidate.html.jinja"], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "candidate.html.jinja"]


def test_a_template_that_leads_out_of_its_folder_ends_the_page(own, tmp_path):
    """A link out of the folder is refused: the installed page would else stand in without a word."""
    outside = tmp_path / "outside.jinja"
    outside.write_text(EXTENDS, encoding="utf-8")
    folder = own(EXTENDS)
    (folder / "candidate.html.jinja").unlink()
    (folder / "candidate.html.jinja").symlink_to(outside)
    with pytest.raises(InputError, match="leads out of its folder"):
        render(explained(offers()["eligible"]), "html", WORDS, templates=folder)
