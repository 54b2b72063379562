"""`offsetcheck rules try`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.page import deliver, page_format
from offsetcheck.cli.terminal import show_remarks

if TYPE_CHECKING:
    from offsetcheck.rulebook.rulebook import Rulebook
    from offsetcheck.vocabulary.explained import Explanation


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

    Of a step of comparable tonnes it shows the factor with its bounds and what that rests on; what
    a city chooses may be stated too, for this trial alone.

    \b
    Examples:
      offsetcheck rules try permanence.storage_floor --set storage_type=biogenic
      offsetcheck rules try vintage.age --set vintage=2014 --set purchase.year=2026 --city turku
      offsetcheck rules try permanence.storage_floor --set storage_type=biogenic
        --set monitoring_years=39 --evidence monitoring_years=E4 --lang fi
      offsetcheck rules try tonnes.storage_time --set storage_type=biogenic
        --set monitoring_years=40 --set shared.tonnes_curve=lashof
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.explain.wording import words_in
    from offsetcheck.report.render import render

    rulebook = open_rulebook(rules)
    asked = _Asked(rule, statements, evidence, city, as_of, language)
    explained, remarks = asked.tried(rulebook)
    show_remarks(remarks)
    deliver(render(explained, form, words_in(rulebook.words, language)), None, replace=False)
    return Exit.DONE


@dataclass(frozen=True)
class _Asked:
    """What is tried, for whom and on which day, and in which language it is told."""

    name: str
    statements: tuple[str, ...]
    evidence: tuple[str, ...]
    city: str | None
    as_of: date
    language: str

    def tried(self, rulebook: "Rulebook") -> tuple["Explanation", tuple[str, ...]]:
        """Return what a rule or step comes to, with remarks on where it comes from."""
        what = (rulebook, self.name, self.statements, self.evidence)
        if self.name in rulebook.steps:
            from offsetcheck.api.steps import try_step

            return try_step(*what, city=self.city, as_of=self.as_of, language=self.language), ()
        from offsetcheck.api.rule_trial import try_rule

        found = try_rule(*what, city=self.city, as_of=self.as_of, language=self.language)
        return found.explained, found.remarks
