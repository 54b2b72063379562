import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offsetcheck.cli import options
from offsetcheck.cli.asked import MADE_WITH, OFFERS, Asked
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import FILE, deliver, page_format, refuse_file
from offsetcheck.cli.terminal import show_lists, show_remarks

if TYPE_CHECKING:
    from offsetcheck.api.claim import Claim

STANDARD_INPUT = "-"
MOST_BYTES = 16_000_000
LINT = "lint"
BOUGHT = click.option(
    "--offer",
    "offers",
    multiple=True,
    metavar="ID",
    help="An offer that is bought; may be repeated. All that may be bought as they are without.",
)


class ClaimGroup(click.Group):
    """`claim TENDER` states a claim; `claim lint TENDER TEXT` holds a text against it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what is no subcommand as the tender of `claim show`."""
        named = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named or not args else ["show", *args])


@click.group(cls=ClaimGroup, subcommand_metavar="TENDER | lint TENDER TEXT|-")
def claim() -> None:
    """Say what the city may say of what it buys, and hold a text against it.

    \b
    Examples:
      offsetcheck claim show samples/turku --as-of 2026-09-30
      offsetcheck claim show samples/turku --offer PURO-ORCA --lang fi --format html -o claim.html
      offsetcheck claim lint samples/turku press-release.txt
    """


def _common(command: Any) -> Any:
    """Add the options that both commands share."""
    shared = (BOUGHT, OFFERS, FILE, MADE_WITH, options.FORCE)
    for option in reversed(shared):
        command = option(command)
    return command


@claim.command("show", cls=Command)
@options.INPUT
@page_format("claim")
@_common
def show_claim(
    *,
    path: Path,
    form: str,
    offers: tuple[str, ...],
    asked: Asked,
    output: Path | None,
    force: bool,
) -> Exit:
    """Say whether the claim may be made, in what words, and in what words not.

    \b
    Examples:
      offsetcheck claim show samples/turku --as-of 2026-09-30
      offsetcheck claim show samples/melbourne --offer VCS2464 --format html -o claim.html
    """
    from offsetcheck.api.claim import claim as state_claim

    refuse_file(output, replace=force)
    made = state_claim(asked.request(path, command="claim"), asked.rulebook(), offers)
    return _delivered(made, form, output, asked.templates, replace=force)


@claim.command(LINT, cls=Command)
@options.INPUT
@click.argument("text", metavar="TEXT|-", type=click.Path(path_type=Path, allow_dash=True))
@page_format("claim_lint")
@_common
def lint_text(
    *,
    path: Path,
    text: Path,
    form: str,
    offers: tuple[str, ...],
    asked: Asked,
    output: Path | None,
    force: bool,
) -> Exit:
    """Hold a text, such as a press release, against what the city may say, sentence by sentence.

    The exit status is 5 where a sentence says what is not allowed.

    \b
    Examples:
      offsetcheck claim lint samples/turku press-release.txt --as-of 2026-09-30
      cat tiedote.txt | offsetcheck claim lint samples/turku - --lang fi
    """
    from offsetcheck.api.claim import bars, lint, read_text, text_of_bytes

    refuse_file(output, replace=force)
    if str(text) == STANDARD_INPUT:
        name, content = "standard input", text_of_bytes(sys.stdin.buffer.read(MOST_BYTES), "-")
    else:
        name, content = text.name, read_text(text)
    made = lint(asked.request(path, command="claim lint"), asked.rulebook(), content, name, offers)
    done = _delivered(made, form, output, asked.templates, replace=force)
    return Exit.FAIL_ON if bars(made) else done


def _delivered(
    made: "Claim", form: str, output: Path | None, templates: Path | None, *, replace: bool
) -> Exit:
    from offsetcheck.api.claim import text_of

    show_remarks(made.remarks)
    show_lists(made.readings, made.problems)
    deliver(text_of(made, form, templates), output, replace=replace)
    return status(made.problems, (), ())
