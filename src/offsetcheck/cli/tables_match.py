"""`offsetcheck tables match`."""

from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import deliver, page_format
from offsetcheck.cli.terminal import show_lists


@click.command("match", cls=Command)
@click.argument("table", metavar="TABLE")
@click.argument("path", metavar="LIST", type=click.Path(path_type=Path))
@options.AS_OF
@page_format("matching")
@options.LANGUAGE
@options.RULES
def match_table(
    *, table: str, path: Path, as_of: date, form: str, language: str, rules: Path | None
) -> Exit:
    """Count the rows of a list for which a table has an answer, and show the keys without one.

    \b
    Examples:
      offsetcheck tables match icvcm_decisions list.csv --as-of 2026-09-30
      offsetcheck tables match icvcm_decisions samples/turku --format json
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.matching import match_table as matched
    from offsetcheck.explain.wording import words_in
    from offsetcheck.report.render import render

    rulebook = open_rulebook(rules)
    found = matched(rulebook, table, path, as_of, language=language, told=show_lists)
    deliver(render(found, form, words_in(rulebook.words, language)), None, replace=False)
    return Exit.DONE
