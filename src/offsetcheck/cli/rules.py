from datetime import date
from itertools import groupby
from pathlib import Path

import click

from offsetcheck.cli import options, page
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.output import refuse_file
from offsetcheck.cli.terminal import note, result
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.vocabulary.problem import Severity

FOLDER = click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))


@click.group()
def rules() -> None:
    """Check, try out and read the rules.

    \b
    Examples:
      offsetcheck rules check rules/
      offsetcheck rules test rules/
      offsetcheck rules show vintage.age --city turku
    """


@rules.command("check")
@FOLDER
def check_rules(*, folder: Path | None) -> Exit:
    """Print every problem of a rule folder with file, line and column.

    \b
    Examples:
      offsetcheck rules check
      offsetcheck rules check rules/
    """
    from offsetcheck.ground.bundled import bundled
    from offsetcheck.rulebook.lint import check
    from offsetcheck.rulebook.load import load_rulebook
    from offsetcheck.vocabulary.problem import RulebookError

    try:
        rulebook = load_rulebook(folder or bundled("rules"))
    except RulebookError as error:
        for problem in error.problems:
            result(str(problem))
        note(f"{len(error.problems):,} problems")
        return Exit.RULEBOOK
    problems = check(rulebook)
    for problem in problems:
        result(f"{problem.severity.value}: {problem}")
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    note(
        f"{len(rulebook.rules):,} rules, {len(rulebook.cities):,} cities and profiles: "
        f"{errors:,} errors, {len(problems) - errors:,} remarks"
    )
    return Exit.RULEBOOK if errors else Exit.DONE


@rules.command("test")
@FOLDER
def try_rules(*, folder: Path | None) -> Exit:
    """Run the examples of all rules and print those that come out differently.

    \b
    Examples:
      offsetcheck rules test
      offsetcheck rules test rules/
    """
    from offsetcheck.ground.bundled import bundled
    from offsetcheck.rulebook.load import load_rulebook
    from offsetcheck.workshop.rule_tests import failures, run_examples

    tried = run_examples(load_rulebook(folder or bundled("rules")))
    different = failures(tried)
    for problem in different:
        result(str(problem))
    note(f"{len(tried):,} examples, {len(different):,} came out differently")
    return Exit.RULEBOOK if different else Exit.DONE


@rules.command("list")
@options.RULES
def list_rules(*, rules: Path | None) -> Exit:
    """List the rules of the rulebook by dimension.

    \b
    Example:
      offsetcheck rules list
    """
    from offsetcheck.api.case import load

    files = (rule.file for rule in load(rules).rules.values())
    entries = sorted(files, key=lambda rule: rule.id)
    for dimension, members in groupby(entries, key=lambda rule: rule.dimension):
        result(dimension)
        for rule in members:
            words: list[str] = [rule.adoption] if rule.is_optional else []
            words += [rule.status] if rule.status != "stable" else []
            mark = f" ({', '.join(words)})" if words else ""
            result(f"  {rule.code or '':7} {rule.id:44} {rule.effect:12} {rule.title}{mark}")
    return Exit.DONE


@rules.command("show")
@click.argument("rule", metavar="RULE")
@options.CITY
@options.AS_OF
@page.page_format("rule")
@options.LANGUAGE
@options.RULES
def show_rule(
    *, rule: str, city: str | None, as_of: date, form: str, language: str, rules: Path | None
) -> Exit:
    """Show one rule as it is in force for a city on a day.

    \b
    Examples:
      offsetcheck rules show permanence.storage_floor
      offsetcheck rules show vintage.age --city turku --as-of 2026-09-30
    """
    from offsetcheck.api.case import bound_to, load
    from offsetcheck.explain.rulebook import explain_rule
    from offsetcheck.explain.wording import Wording
    from offsetcheck.report.render import render
    from offsetcheck.rulebook.binding.bind import bind_guide

    rulebook = load(rules)
    bound = bound_to(rulebook, city, as_of)
    known = rulebook.rules.get(rule)
    if rule not in bound.rules and known is not None and known.file.is_optional:
        note(f"an optional rule, not adopted for {bound.city.id}; here as the guide has it")
        note(f"adopted for: {', '.join(rulebook.adopting(rule)) or 'no city or profile'}")
        bound = bind_guide(rulebook, as_of)
    if rule not in bound.rules:
        hint = did_you_mean(rule, bound.rules)
        message = f"no rule `{rule}` is in force for {bound.city.id} on {as_of}"
        raise click.BadParameter(message + (f"; {hint}" if hint else ""), param_hint="RULE")
    wording = Wording(bound, language)
    explained = explain_rule(bound.rules[rule], wording)
    result(render(explained, form, wording.words).rstrip("\n"))
    return Exit.DONE


@rules.command("sources")
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
    from offsetcheck.api.case import bound_to, load
    from offsetcheck.explain.wording import words_in
    from offsetcheck.report.render import render
    from offsetcheck.workshop.sources_explained import explain_sources

    rulebook = load(rules)
    bound = None if city is None else bound_to(rulebook, city, as_of)
    explained = explain_sources(rulebook, as_of, bound, language)
    result(render(explained, form, words_in(rulebook.words, language)).rstrip("\n"))
    return Exit.DONE


@rules.command("coverage")
@click.option(
    "--on",
    "lists",
    required=True,
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="LIST",
    help="The list on which rules are counted; further ones are asked where it is silent.",
)
@options.AS_OF
@page.FILE
@options.RULES
@options.FORCE
def show_coverage(
    *, lists: tuple[Path, ...], as_of: date, output: Path | None, rules: Path | None, force: bool
) -> Exit:
    """Show which criteria the rules carry, and what each rule says of a list's rows.

    All optional rules count as adopted. Criteria stand in catalogue.yaml of the rule folder, with
    the reasons why some have no rule.

    \b
    Examples:
      offsetcheck rules coverage --on list.csv --as-of 2026-09-30
      offsetcheck rules coverage --on list.csv --on other.csv -o docs/coverage.md --force
    """
    from offsetcheck.api.case import load, read_input
    from offsetcheck.ground.bundled import bundled
    from offsetcheck.workshop.catalogue import read_catalogue
    from offsetcheck.workshop.coverage import count_rules, coverage_page

    refuse_file(output, replace=force)
    rulebook = load(rules)
    files = (rule.file for rule in rulebook.rules.values())
    catalogue = read_catalogue(rules or bundled("rules"), files)
    counts = [
        count_rules(rulebook, read_input(path, rulebook, as_of), as_of, name=path.resolve().name)
        for path in lists
    ]
    page.deliver(coverage_page(rulebook, catalogue, counts), output, replace=force)
    return Exit.DONE
