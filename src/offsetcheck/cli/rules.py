from datetime import date
from itertools import groupby
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.exits import Exit
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
    """  # noqa: D301 - click reads the sign as "do not rewrap"


@rules.command("check")
@FOLDER
def check_rules(*, folder: Path | None) -> Exit:
    """Print every problem of a rule folder with file, line and column.

    \b
    Examples:
      offsetcheck rules check
      offsetcheck rules check rules/
    """  # noqa: D301 - click reads the sign as "do not rewrap"
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
    """  # noqa: D301 - click reads the sign as "do not rewrap"
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
    """  # noqa: D301 - click reads the sign as "do not rewrap"
    from offsetcheck.cli.run import load

    files = (rule.file for rule in load(rules).rules.values())
    entries = sorted(files, key=lambda rule: rule.id)
    for dimension, members in groupby(entries, key=lambda rule: rule.dimension):
        result(dimension)
        for rule in members:
            mark = "" if rule.status == "stable" else f" ({rule.status})"
            result(f"  {rule.code or '':7} {rule.id:44} {rule.effect:12} {rule.title}{mark}")
    return Exit.DONE


@rules.command("show")
@click.argument("rule", metavar="RULE")
@options.CITY
@options.AS_OF
@options.RULES
def show_rule(*, rule: str, city: str | None, as_of: date, rules: Path | None) -> Exit:
    """Show one rule as it is in force for a city on a day.

    \b
    Examples:
      offsetcheck rules show permanence.storage_floor
      offsetcheck rules show vintage.age --city turku --as-of 2026-09-30
    """  # noqa: D301 - click reads the sign as "do not rewrap"
    from offsetcheck.cli.policy import rule_lines
    from offsetcheck.cli.run import bound_to, load

    bound = bound_to(load(rules), city, as_of)
    if rule not in bound.rules:
        hint = did_you_mean(rule, bound.rules)
        message = f"no rule `{rule}` is in force for {bound.city.id} on {as_of}"
        raise click.BadParameter(message + (f"; {hint}" if hint else ""), param_hint="RULE")
    for line in rule_lines(bound.rules[rule], bound):
        result(line)
    return Exit.DONE
