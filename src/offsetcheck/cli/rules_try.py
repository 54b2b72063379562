"""`offsetcheck rules try`."""

from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import deliver, page_format
from offsetcheck.cli.terminal import show_remarks


@click.command("try", cls=Command)
@click.argument("rule", metavar="RULE")
@click.option(
    "--set",
    "statements",
    multiple=True,
    metavar="FIELD=VALUE",
    help="What is stated; may be repeated. A computed field may be stated too.",
)
@click.option(
    "--evidence",
    multiple=True,
    metavar="FIELD=GRADE",
    help="On which evidence a statement stands, as `monitoring_years=E4`; E1 unless given.",
)
@options.CITY
@options.AS_OF
@page_format("rule_trial")
@options.LANGUAGE
@options.RULES
def try_rule(
    *,
    rule: str,
    statements: tuple[str, ...],
    evidence: tuple[str, ...],
    city: str | None,
    as_of: date,
    form: str,
    language: str,
    rules: Path | None,
) -> Exit:
    """Try one rule on statements: the outcome, each part of its conditions, the words.

    \b
    Examples:
      offsetcheck rules try permanence.storage_floor --set storage_type=biogenic
      offsetcheck rules try vintage.age --set vintage=2014 --set purchase.year=2026 --city turku
      offsetcheck rules try permanence.storage_floor --set storage_type=biogenic
        --set monitoring_years=39 --evidence monitoring_years=E4 --lang fi
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.rule_trial import try_rule as tried
    from offsetcheck.explain.wording import words_in
    from offsetcheck.report.render import render

    rulebook = open_rulebook(rules)
    found = tried(rulebook, rule, statements, evidence, city=city, as_of=as_of, language=language)
    show_remarks(found.remarks)
    made = render(found.explained, form, words_in(rulebook.words, language))
    deliver(made, None, replace=False)
    return Exit.DONE
