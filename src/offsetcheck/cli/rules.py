from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options, page
from offsetcheck.cli.command import Command
from offsetcheck.cli.commands import Commands
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import result, show_lists, show_remarks

if TYPE_CHECKING:
    from offsetcheck.rulebook.rulebook import Rulebook
    from offsetcheck.vocabulary.explained import Explanation

FOLDER = click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))


ELSEWHERE = {
    "check": "rules_check:check_rules",
    "diff": "rules_diff:diff",
    "docs": "rules_docs:write_docs",
    "editor": "rules_editor:prepare",
    "fmt": "rules_fmt:lay_out",
    "languages": "languages:show_languages",
    "mutate": "rules_mutate:mutate_rules",
    "new": "rules_new:new_rule",
    "pack": "rules_pack:pack_rules",
    "schema": "rules_editor:show_schema",
    "sensitivity": "rules_sensitivity:sensitivity",
    "test": "rules_test:run_tests",
    "try": "rules_try:try_rule",
    "unpack": "rules_pack:unpack_rules",
    "verify": "rules_pack:verify_pack",
}


@click.group(cls=Commands, elsewhere=ELSEWHERE)
def rules() -> None:
    """Check, try out and read the rules.

    \b
    Examples:
      offsetcheck rules check rules/
      offsetcheck rules test rules/
      offsetcheck rules show vintage.age --city turku
    """


@rules.command("list", cls=Command)
@options.RULES
def list_rules(*, rules: Path | None) -> Exit:
    """List the rules of the rulebook by dimension, and the steps of comparable tonnes.

    \b
    Example:
      offsetcheck rules list
    """
    from offsetcheck.api.case import open_rulebook

    rulebook = open_rulebook(rules)
    files = (rule.file for rule in rulebook.rules.values())
    entries = sorted(files, key=lambda rule: rule.id)
    for dimension, members in groupby(entries, key=lambda rule: rule.dimension):
        result(dimension)
        for rule in members:
            words: list[str] = [rule.adoption] if rule.is_optional else []
            words += [rule.status] if rule.status != "stable" else []
            mark = f" ({', '.join(words)})" if words else ""
            result(f"  {rule.code or '':7} {rule.id:44} {rule.effect:12} {rule.title}{mark}")
    if rulebook.steps:
        result("tonnes")
        for step in (loaded.file for loaded in rulebook.steps.values()):
            result(f"  {'':7} {step.id:44} {'step':12} {step.title}")
    return Exit.DONE


@rules.command("show", cls=Command)
@click.argument("rule", metavar="RULE")
@FOLDER
@options.CITY
@options.AS_OF
@page.page_format("rule")
@options.LANGUAGE
@options.RULES
def show_rule(
    *,
    rule: str,
    folder: Path | None,
    city: str | None,
    as_of: date,
    form: str,
    language: str,
    rules: Path | None,
) -> Exit:
    """Show one rule, or step of comparable tonnes, as it is in force for a city on a day.

    Of a rule its values stand below, by who sets them.

    \b
    Examples:
      offsetcheck rules show permanence.storage_floor
      offsetcheck rules show vintage.age --city turku --as-of 2026-09-30
      offsetcheck rules show tonnes.storage_time
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.explain.wording import words_in
    from offsetcheck.report.render import render

    rulebook = open_rulebook(options.one_folder(folder, rules))
    explained, remarks = _shown(rulebook, rule, city, as_of, language)
    show_remarks(remarks)
    page.deliver(render(explained, form, words_in(rulebook.words, language)), None, replace=False)
    return Exit.DONE


def _shown(
    rulebook: "Rulebook", name: str, city: str | None, as_of: date, language: str
) -> tuple["Explanation", tuple[str, ...]]:
    """Return a rule or step explained, with remarks on where it comes from."""
    if name in rulebook.steps:
        from offsetcheck.api.steps import step_in_force

        return step_in_force(rulebook, name, city, as_of, language), ()
    from offsetcheck.api.rules import rule_in_force, shown_rule
    from offsetcheck.explain.wording import Wording

    shown = rule_in_force(rulebook, name, city, as_of)
    return shown_rule(shown, Wording(shown.bound, language)), shown.remarks


@rules.command("sources", cls=Command)
@options.CITY
@options.AS_OF
@page.page_format("sources")
@options.LANGUAGE
@options.RULES
def show_sources(
    *, city: str | None, as_of: date, form: str, language: str, rules: Path | None
) -> Exit:
    """Show each cited guide, its clauses, and what a city's verdicts rest on.

    \b
    Examples:
      offsetcheck rules sources
      offsetcheck rules sources --city turku --as-of 2026-09-30
      offsetcheck rules sources --city bogota --format json
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.rules import cited_sources
    from offsetcheck.explain.wording import words_in
    from offsetcheck.report.render import render

    rulebook = open_rulebook(rules)
    explained = cited_sources(rulebook, city, as_of, language)
    made = render(explained, form, words_in(rulebook.words, language))
    page.deliver(made, None, replace=False)
    return Exit.DONE


@rules.command("coverage", cls=Command)
@click.option(
    "--on",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="LIST",
    help="Count the rules on this list instead; further ones are asked where it is silent.",
)
@options.AS_OF
@page.FILE
@options.RULES
@options.FORCE
def show_coverage(
    *, lists: tuple[Path, ...], as_of: date, output: Path | None, rules: Path | None, force: bool
) -> Exit:
    """Show which criteria the rules carry, or what each rule says of a list's rows.

    Criteria stand in catalogue.yaml of the rule folder, with the reasons why some have no rule. On
    a list all optional rules count as adopted.

    \b
    Examples:
      offsetcheck rules coverage
      offsetcheck rules coverage --on list.csv --as-of 2026-09-30
      offsetcheck rules coverage --on list.csv --on other.csv -o lists.md --force
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.rules import coverage

    page.refuse_file(output, replace=force)
    text = coverage(open_rulebook(rules), rules, lists, as_of, show_lists)
    page.deliver(text, output, replace=force)
    return Exit.DONE


@rules.command("validity", cls=Command)
@click.option(
    "--on",
    "lists",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="LIST",
    help="A list of projects to try the judgement on; may be repeated.",
)
@click.option(
    "--city",
    "profiles",
    multiple=True,
    default=("iclei_utmc_default",),
    show_default=True,
    metavar="CITY",
    help="Whose policy decides; may be repeated, and the first judges the known cases.",
)
@options.AS_OF
@page.FILE
@options.RULES
@options.FORCE
def show_validity(
    *,
    lists: tuple[Path, ...],
    profiles: tuple[str, ...],
    as_of: date,
    output: Path | None,
    rules: Path | None,
    force: bool,
) -> Exit:
    """Show how far the judgement holds on lists: labels, known cases, order of types.

    Counts agreement with labels, the verdicts that projects with a record get with the best
    possible papers, the order of project types, and the share of answers that is settled.

    \b
    Examples:
      offsetcheck rules validity --on list.csv --as-of 2026-09-30
      offsetcheck rules validity --on list.csv --city turku --city palo_alto -o validity.md --force
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.rules import validity

    page.refuse_file(output, replace=force)
    text = validity(open_rulebook(rules), lists, profiles, as_of, show_lists)
    page.deliver(text, output, replace=force)
    return Exit.DONE
