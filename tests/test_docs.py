import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from offsetcheck.cli.app import app

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = sorted(
    {*REPOSITORY.glob("*.md"), *REPOSITORY.glob("[!.]*/*.md"), *REPOSITORY.glob("docs/*/*.md")}
)


def commands(group=app, words=("offsetcheck",)):
    """Yield every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*words, name))
        else:
            yield (*words, name), command


def blocks(page):
    """Return the lines of all shell blocks of a page, comments apart."""
    fenced = re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line.split(" #")[0].strip() for block in fenced for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("words", "command"), list(commands()), ids=str)
def test_every_command_is_described(words, command):
    """Every command has help, and a section of docs/cli.md that names each of its own options."""
    page = (REPOSITORY / "docs" / "cli.md").read_text("utf-8")
    assert command.help
    assert f"## {' '.join(words)}\n" in page
    named = [opt for p in command.params for opt in p.opts if opt.startswith("--")]
    assert [option for option in named if option not in page] == []


def test_readme_has_its_two_commands():
    """README sets up and shows a sample by one command, and passes the tests by a second."""
    targets = re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert blocks(REPOSITORY / "README.md")[:2] == ["make demo", "make test"]
    assert {"demo", "test"} <= set(targets)


def fenced(page, language):
    """Return the text of the first fenced block of a language."""
    block = re.search(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return block[1]


def test_readme_shows_a_rule_as_it_stands():
    """Each line of the rule that README shows stands in the file that it names, in this order."""
    page = (REPOSITORY / "README.md").read_text("utf-8")
    path = re.search(r"From `(rules/\S+\.yaml)`", page)[1]
    rest = iter((REPOSITORY / path).read_text("utf-8").splitlines())
    shown = fenced(page, "yaml").splitlines()
    assert len(shown) > 10
    assert [line for line in shown if line not in rest] == []


def test_readme_shows_a_report_as_it_is_printed(monkeypatch):
    """The report that README shows is what the command that it names prints."""
    monkeypatch.chdir(REPOSITORY)
    page = (REPOSITORY / "README.md").read_text("utf-8")
    words = shlex.split(re.search(r"`offsetcheck (explain [^`]+)` prints it", page)[1])
    assert fenced(page, "text") in CliRunner().invoke(app, words).stdout


def test_continuous_integration_runs_the_readme_command():
    """The script of a fresh machine calls README's test command."""
    assert "\nmake test\n" in (REPOSITORY / ".ci" / "run").read_text("utf-8")


SHOWN = [
    pytest.param(line, id=f"{page.name}: {line}")
    for page in (
        REPOSITORY / "README.md",
        REPOSITORY / "docs" / "cli.md",
        REPOSITORY / "docs" / "start.md",
    )
    for line in blocks(page)
    if "offsetcheck " in line
]


@pytest.mark.parametrize("line", SHOWN)
def test_shown_commands_are_understood(line):
    """Every command shown in README, docs/cli.md and docs/start.md names a command and options that exist."""
    words = shlex.split(line)[1:]
    command, context = app, click.Context(app)
    while isinstance(command, click.Group):
        command = command.get_command(context, words.pop(0))
        assert command is not None
    parsed, rest, _ = command.make_parser(click.Context(command)).parse_args(words)
    assert parsed or not words
    assert rest == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_links_lead_somewhere(page):
    """Every relative link of a page leads to a file that is there."""
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_the_worked_case_of_tonnes_comes_out_as_its_page_says(tmp_path):
    """The list on the page of comparable tonnes runs, and gives what its table says of both treatments."""
    text = (REPOSITORY / "docs" / "tonnes.md").read_text("utf-8")
    listed = re.search(r"^```\n(id,name.*?)^```", text, re.MULTILINE | re.DOTALL)[1]
    table = dict(re.findall(r"^\| ([^|]+?) \|[^|]*\| \**(\d+)\** \|$", text, re.MULTILINE))
    path, city = tmp_path / "offers.csv", tmp_path / "own" / "city.yaml"
    path.write_text(listed, encoding="utf-8")
    city.parent.mkdir()
    chosen = "\n".join(
        f"  shared.tonnes_{name}: {{value: {value}, source: {{standing: design}}}}"
        for name, value in (("confidence", 0.7), ("curve", "lashof"), ("horizon", 100))
    )
    city.write_text(f"id: own\nextends: turku\nname: {{en: Own}}\nparameters:\n{chosen}\n", "utf-8")
    words = ["tonnes", str(path), "--city", str(city.parent), "--as-of", "2026-11-27"]
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 0, ran.output
    buffer, time = re.search(
        r"By a buffer: ([\d.]+) t\s+By the time of storage: ([\d.]+) t", ran.output
    ).groups()
    assert round(float(buffer)) == int(table["buffer"])
    lashof = "or time of storage, Lashof over a hundred years"
    assert int(float(time)) == int(table[lashof])
