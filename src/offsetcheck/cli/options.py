"""Options that several commands share, and the kinds of value they take."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from offsetcheck.cli.terminal import note
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.asked import dates_asked, numbers_asked
from offsetcheck.vocabulary.problem import UnreadableError

VERDICTS = ("not_eligible", "undecided", "eligible_with_conditions", "eligible")
ONE_FORMAT = (("md", "markdown"), ("text", "txt"), ("html", "htm"), ("jsonl", "ndjson"))
Command = Callable[..., Any]


class Day(click.ParamType[date]):
    """A day as ISO text."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; a wrong text is a usage error that shows the form."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"`{value}` is not a day; write it as 2026-09-30", param, ctx)


class Word(click.Choice[str]):
    """One of a few words; a mistyped one is answered with the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word; an unknown one is a usage error."""
        if value not in self.choices:
            hint = did_you_mean(str(value), self.choices)
            allowed = f"`{value}` is not one of {', '.join(self.choices)}"
            self.fail(f"{allowed}; {hint}" if hint else allowed, param, ctx)
        return str(value)


class Form(Word):
    """The name of a format, also by another name that people know it by."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the format's own name; an unknown one is a usage error."""
        said = str(value).casefold()
        names = (said, *(name for names in ONE_FORMAT if said in names for name in names))
        known = next((name for name in names if name in self.choices), value)
        return super().convert(known, param, ctx)


class Sample(click.ParamType[str]):
    """A number or a day in a person's own form, which tells how lists write all of them."""

    name = "sample"

    def __init__(self, read: Callable[[str], object]) -> None:
        self.read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the sample; one that does not tell is a usage error with examples."""
        try:
            self.read(value)
        except UnreadableError as why:
            self.fail(f"{why.reason}; {why.hint}", param, ctx)
        return str(value)


def today() -> date:
    """Return the day on this machine's clock, which only the command line reads."""
    return date.today()  # noqa: DTZ011 - an officer's day is that of the machine


def _remark(ctx: click.Context, param: click.Parameter, day: date) -> date:
    del ctx, param
    if day > today():
        note(f"{day} lies ahead: what is known by then may differ")
    return day


INPUT = click.argument("path", metavar="TENDER|FILE", type=click.Path(path_type=Path))
CITY = click.option(
    "--city",
    metavar="CITY|DIR",
    help="Whose policy decides: one of `cities list`, or a folder or file of a city's own.",
)
AS_OF = click.option(
    "--as-of",
    type=Day(),
    default=today,
    callback=_remark,
    metavar="DATE",
    help="The day whose rules, values and knowledge apply; today unless given.",
)
RULES = click.option(
    "--rules",
    "rules",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A rule folder or pack other than the one installed.",
)


def one_folder(named: Path | None, rules: Path | None) -> Path | None:
    """Return the rule folder that stands as DIR or at --rules; both are a wrong use."""
    if named is not None and rules is not None:
        raise click.UsageError("a rule folder is named twice: leave DIR or --rules out")
    return named or rules


REGISTRY = click.option(
    "--registry",
    "registries",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE[@DATE]",
    help="A registry list whose facts are joined to the offers by id; may be repeated.",
)
COLUMNS = click.option(
    "--columns",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="What the columns of a list are: a columns.yaml, as `offsetcheck columns` writes it.",
)
NUMBERS = click.option(
    "--numbers",
    type=Sample(numbers_asked),
    metavar="1.234,5|1,234.5",
    help="How the lists write numbers, where they do not tell by themselves.",
)
DATES = click.option(
    "--dates",
    type=Sample(dates_asked),
    metavar="d/m/y|m/d/y",
    help="Which comes first in the days of the lists, where they do not tell by themselves.",
)
TEMPLATES = click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A folder whose templates replace the installed ones, block by block.",
)
EDITION = click.option(
    "--edition",
    type=Word(("full", "summary")),
    default="full",
    show_default=True,
    help="All findings, or the list and one sheet to sign for each offer.",
)
LANGUAGE = click.option(
    "--lang",
    "language",
    default="en",
    show_default=True,
    metavar="LANG",
    help="The language of reports: a file in words/ of the rules, such as en or fi.",
)
KNOWLEDGE = click.option(
    "--knowledge",
    type=Word(("as-of", "today")),
    default="as-of",
    show_default=True,
    help="Count facts known on the as-of day, or all that are known today.",
)
FAIL_ON = click.option(
    "--fail-on",
    multiple=True,
    type=Word(VERDICTS),
    metavar="VERDICT",
    help=f"End with status 5 where this verdict occurs: {', '.join(VERDICTS)}.",
)
FORCE = click.option("--force", is_flag=True, help="Replace what an earlier run wrote.")


def output(default: str) -> Callable[[Command], Command]:
    """Return the option that names the folder to write into."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(default),
        show_default=True,
        metavar="DIR",
        help="The folder to write into.",
    )


def formats(words: Sequence[str], default: str) -> Callable[[Command], Command]:
    """Return the option that names the forms to write."""
    return click.option(
        "--format",
        "formats",
        multiple=True,
        default=(default,),
        type=Form(words),
        metavar="FORMAT",
        help=f"{', '.join(words)}; may be repeated; {default} unless given.",
    )
