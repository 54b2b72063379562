"""Every command that takes a rule folder refuses what is strange in it, and never waits for it."""

import json
import os
import shutil
import socket
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import click
import openpyxl
import pytest

import offsetcheck
from forms import cell_of
from offsetcheck.api.clarification import ClarificationOptions, make_clarification
from offsetcheck.api.questionnaire import make_form
from offsetcheck.api.request import Request
from offsetcheck.cli import app as command_line
from offsetcheck.cli.exits import Exit

REPOSITORY = Path(__file__).resolve().parents[2]
TURKU = str(REPOSITORY / "samples" / "turku")
LEDGER = str(REPOSITORY / "tests" / "intake" / "ledgers" / "fixtures" / "acr_retirements.csv")
ON = ("--as-of", "2026-09-30")
NEW = ("new.csv", "--table", "icvcm_decisions")
DAYS = ("--published", "2027-01-01", "--valid-from", "2027-01-01")
COMMANDS = {
    "assess": ("assess", TURKU, *ON, "--format", "json", "-o", "out", "--force", "--rules"),
    "batch": ("batch", TURKU, *ON, "--city", "turku", "-o", "lists", "--force", "--rules"),
    "explain": ("explain", TURKU, "ACR1129", *ON, "--rules"),
    "compare": ("compare", TURKU, "ACR1129", *ON, "--rules"),
    "drift": ("drift", TURKU, "--from", "2026-06-30", "--to", "2026-09-30", "--rules"),
    "lookback": ("lookback", LEDGER, "--city", "palo_alto", *ON, "--rules"),
    "columns": ("columns", TURKU, "-o", "columns.yaml", "--force", "--rules"),
    "cities list": ("cities", "list", "--rules"),
    "cities show": ("cities", "show", "turku", *ON, "--rules"),
    "rules check": ("rules", "check"),
    "rules test": ("rules", "test"),
    "rules list": ("rules", "list", "--rules"),
    "rules show": ("rules", "show", "vintage.age", *ON, "--rules"),
    "rules sources": ("rules", "sources", *ON, "--rules"),
    "rules validity": ("rules", "validity", "--on", TURKU, "--city", "turku", *ON, "--rules"),
    "award": ("award", TURKU, *ON, "--rules"),
    "claim show": ("claim", "show", TURKU, *ON, "--rules"),
    "claim lint": ("claim", "lint", TURKU, "text.txt", *ON, "--rules"),
    "cities check": ("cities", "check", "own.yaml", "--rules"),
    "init city": ("init", "city", "Town", "begun-city", *ON, "--force", "--rules"),
    "init tender": ("init", "tender", "begun", "--city", "turku", *ON, "--force", "--rules"),
    "letters make": ("letters", "make", TURKU, *ON, "-o", "letters", "--force", "--rules"),
    "questionnaire make": (
        "questionnaire",
        "make",
        TURKU,
        *ON,
        "-o",
        "q.xlsx",
        "--force",
        "--rules",
    ),
    "questionnaire check": ("questionnaire", "check", "form.xlsx", "--rules"),
    "questionnaire merge": (
        *("questionnaire", "merge", TURKU, "answers.xlsx", *ON),
        *("-o", "record.yaml", "--force", "--rules"),
    ),
    "rules languages": ("rules", "languages", "--rules"),
    "since": ("since", TURKU, "run", *ON, "--rules"),
    "tonnes": ("tonnes", TURKU, *ON, "--rules"),
    "templates check": ("templates", "check", "own-templates", "--rules"),
    "evidence state": ("evidence", "state", TURKU, "-o", "stated.yaml", "--force", "--rules"),
    "rules coverage": ("rules", "coverage", "--on", TURKU, *ON, "--rules"),
    "tables list": ("tables", "list", *ON, "--rules"),
    "tables check": ("tables", "check", *NEW, "--rules"),
    "tables update": ("tables", "update", *NEW, *DAYS, "--on", TURKU, *ON, "--write", "--rules"),
    "tables match": ("tables", "match", "icvcm_decisions", TURKU, *ON, "--rules"),
    "rules diff": ("rules", "diff", "installed"),
    "rules docs": ("rules", "docs", *ON, "--city", "turku", "-o", "site", "--force", "--rules"),
    "rules fmt": ("rules", "fmt", "--check"),
    "rules mutate": ("rules", "mutate", "vintage.age", "--jobs", "1", "--rules"),
    "rules pack": ("rules", "pack", "-o", "ours.zip", "--force"),
    "rules schema": ("rules", "schema", "rule", "--rules"),
    "rules sensitivity": (
        *("rules", "sensitivity", "--on", TURKU, *ON, "--draws", "5", "--rules"),
    ),
    "rules try": ("rules", "try", "vintage.age", "--set", "vintage=2024", *ON, "--rules"),
    # What writes into the folder comes last.
    "rules editor": ("rules", "editor"),
    "fields new": ("fields", "new", "soil_depth", "--rules"),
    "cities new": ("cities", "new", "springfield", "--rules"),
    "tables new": ("tables", "new", "wells", *ON, "--rules"),
    "rules new": ("rules", "new", "vintage.fresh", *ON, "--rules"),
}
TAKES_A_FOLDER = {"[DIR]", "OLD", "PATH..."}
# One process runs all commands: what is asked is whether each of them ends, and how.
SCRIPT = """
import json, sys
from offsetcheck.cli import app as command_line

for name, words in json.loads(sys.stdin.read()).items():
    sys.argv = ["offsetcheck", *words]
    run = lambda: command_line.app.main(words, prog_name="offsetcheck", standalone_mode=False)
    print(f"status {int(command_line.run(run))}: {name}", flush=True)
"""


def names_of(group: click.Group, start: str = "") -> set[str]:
    """Return the commands that take a rule folder, as they are typed."""
    found: set[str] = set()
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found |= names_of(command, f"{start}{name} ")
        elif any("--rules" in one.opts or one.metavar in TAKES_A_FOLDER for one in command.params):
            found.add(start + name)
    return found


@cache
def prepared() -> Path:
    """Return a folder with what commands take besides a tender: forms, an earlier run, own files."""
    own = Path(mkdtemp())
    (own / "text.txt").write_text("The city supports projects.\n", encoding="utf-8")
    (own / "own.yaml").write_text(
        "id: own_town\nextends: turku\nname: {en: Town}\n", encoding="utf-8"
    )
    (own / "own-templates").mkdir()
    rulebook = offsetcheck.open_rulebook()
    request = Request(Path(TURKU), None, date.fromisoformat(ON[1]))
    make_form(request, rulebook, own / "form.xlsx")
    offsetcheck.assess(request, rulebook, own / "run", formats=("json",))
    asked = ClarificationOptions(seller="Indus Delta Credits Ltd (invented)")
    make_clarification(request, rulebook, own / "answers.xlsx", options=asked)
    book = openpyxl.load_workbook(own / "answers.xlsx")
    cell_of(book["VCS2250"], "tenure_litigation", "E").value = "no"
    book.save(own / "answers.xlsx")
    return own


@pytest.fixture
def folder(tmp_path):
    """A few files of the rules, in which a test may put anything; quick to read."""
    for name in ("guide.yaml", "catalogue.yaml", "vintage/age.yaml", "tables/tables.yaml"):
        (tmp_path / "rules" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / "rules" / name, tmp_path / "rules" / name)
    return tmp_path / "rules"


def statuses(folder: Path) -> tuple[dict[str, int], str]:
    """Run every command on a folder; return how each ended, and all that was said."""
    edition = REPOSITORY / "rules" / "tables"
    newest = max(edition.glob("icvcm_decisions*.csv"))
    shutil.copy(newest, folder.parent / "new.csv")
    shutil.copytree(prepared(), folder.parent, dirs_exist_ok=True)
    words = {name: [*words, str(folder)] for name, words in COMMANDS.items()}
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps(words),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=True,
        cwd=folder.parent,
        env={**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache")},
    )
    ended = [line.removeprefix("status ").split(": ", 1) for line in ran.stdout.splitlines()
             if line.startswith("status ")]  # fmt: skip
    return {name: int(status) for status, name in ended}, ran.stdout


def a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "vintage" / "x.yaml")


def a_pipe_for_a_needed_file(folder: Path) -> None:
    (folder / "guide.yaml").unlink()
    os.mkfifo(folder / "guide.yaml")


def a_pipe_for_the_catalogue(folder: Path) -> None:
    (folder / "catalogue.yaml").unlink()
    os.mkfifo(folder / "catalogue.yaml")


def a_pipe_for_a_table(folder: Path) -> None:
    os.mkfifo(folder / "tables" / "x.csv")


def a_link_to_a_device(folder: Path) -> None:
    (folder / "tables" / "x.csv").symlink_to("/dev/zero")


def a_link_to_the_folder(folder: Path) -> None:
    (folder / "vintage" / "loop").symlink_to("..")


def a_link_out(folder: Path) -> None:
    (folder.parent / "outside.yaml").write_text("id: x")
    (folder / "vintage" / "x.yaml").symlink_to(folder.parent / "outside.yaml")


def a_link_to_itself(folder: Path) -> None:
    (folder / "vintage" / "x.yaml").symlink_to("x.yaml")


def a_socket(folder: Path) -> None:
    before = Path.cwd()
    os.chdir(folder / "vintage")  # the path of a socket may have some hundred bytes only
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind("x.yaml")
    finally:
        os.chdir(before)


def an_unreadable_file(folder: Path) -> None:
    (folder / "vintage" / "age.yaml").chmod(0)


def an_unreadable_folder(folder: Path) -> None:
    (folder / "vintage").chmod(0)


def very_many_files(folder: Path) -> None:
    many = folder / "vintage"
    for number in range(100_000):
        os.close(os.open(many / f"{number}.yaml", os.O_CREAT | os.O_WRONLY))


def a_deep_folder(folder: Path) -> None:
    # Deeper than a path may be long: each folder is made from within the one above.
    handle = os.open(folder, os.O_RDONLY)
    for _ in range(3_000):
        os.mkdir("d", dir_fd=handle)
        below = os.open("d", os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = below
    os.close(handle)


def a_huge_file(folder: Path) -> None:
    with (folder / "tables" / "x.csv").open("wb") as file:
        file.truncate(10**12)  # holds nothing: the disk is not filled


as_user = pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
STRANGE = [
    (a_pipe, "vintage/x.yaml: this is a pipe, no plain file"),
    (a_pipe_for_a_needed_file, "guide.yaml: this is a pipe, no plain file"),
    (a_pipe_for_the_catalogue, "catalogue.yaml: this is a pipe, no plain file"),
    (a_pipe_for_a_table, "tables/x.csv: this is a pipe, no plain file"),
    (a_link_to_a_device, "tables/x.csv: this link leads out of the folder"),
    (a_link_to_the_folder, "vintage/loop: this link leads to a folder"),
    (a_link_out, "vintage/x.yaml: this link leads out of the folder"),
    (a_link_to_itself, "vintage/x.yaml: the file cannot be read: too many levels of symbolic"),
    (a_socket, "vintage/x.yaml: this is a socket, no plain file"),
    (very_many_files, ": the folder has more than 5,000 files"),
    (a_deep_folder, ": the folder is more than 8 folders deep"),
    (a_huge_file, "tables/x.csv: the file has more than 20,000,000 bytes"),
    pytest.param(
        an_unreadable_file,
        "vintage/age.yaml: the file cannot be read: permission denied",
        marks=as_user,
    ),
    pytest.param(
        an_unreadable_folder,
        "vintage: the folder cannot be read: permission denied",
        marks=as_user,
    ),
]


def test_every_command_that_takes_a_rule_folder_is_tried():
    """A new command that takes one is held to the same."""
    # `serve` reads the folder before it serves, and then runs until it is ended.
    assert {*COMMANDS, "serve"} == names_of(command_line.app)


@pytest.mark.parametrize(("make", "said"), STRANGE, ids=lambda one: getattr(one, "__name__", ""))
def test_every_command_refuses_what_is_strange_in_a_rule_folder(folder, make, said):
    """Each command ends with the status of an invalid rulebook, and names the place."""
    make(folder)
    try:
        ended, output = statuses(folder)
    finally:
        if make is a_deep_folder:
            subprocess.run(["rm", "-rf", str(folder / "d")], check=True)
        (folder / "vintage").chmod(0o755)
    assert ended == dict.fromkeys(COMMANDS, int(Exit.RULEBOOK)), output
    assert output.count(said) == len(COMMANDS), output


def test_what_is_hidden_in_a_rule_folder_is_passed_over(tmp_path):
    """A folder with its history, and what editors leave behind, is as good as one without."""
    folder = Path(shutil.copytree(REPOSITORY / "rules", tmp_path / "rules"))
    (folder / ".git").mkdir()
    os.mkfifo(folder / ".git" / "x.yaml")
    (folder / ".git" / "loop").symlink_to("..")
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "vintage" / ".#age.yaml").symlink_to("nobody@nowhere.1:1")
    (folder / "vintage" / "age.yaml~").write_text("[")
    (folder / "vintage" / "#age.yaml#").write_text("[")
    ended, output = statuses(folder)
    assert ended == dict.fromkeys(COMMANDS, int(Exit.DONE)), output
