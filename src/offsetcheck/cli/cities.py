from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options, page
from offsetcheck.cli.command import Command
from offsetcheck.cli.commands import Commands
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result


@click.group(cls=Commands, elsewhere={"new": "rules_new:new_city"})
def cities() -> None:
    """Show whose policies the rulebook holds.

    \b
    Examples:
      offsetcheck cities list
      offsetcheck cities show bogota
      offsetcheck cities check our_town
    """


@cities.command("list", cls=Command)
@options.RULES
def list_cities(*, rules: Path | None) -> Exit:
    """List the cities of the rulebook, and then the purchasing standards.

    \b
    Example:
      offsetcheck cities list
    """
    from offsetcheck.api.case import open_rulebook

    known = open_rulebook(rules).cities
    for name in sorted(known, key=lambda name: (known[name].kind, name)):
        city = known[name]
        laws = ", ".join(city.jurisdictions)
        called = city.name["en"] if city.example is None else f"{city.name['en']} (example)"
        result(f"{name:20} {city.kind:9} {called:46} {laws}".rstrip())
    return Exit.DONE


@cities.command("show", cls=Command)
@click.argument("city", metavar="CITY|DIR")
@options.AS_OF
@page.page_format("city")
@options.LANGUAGE
@options.RULES
def show_city(*, city: str, as_of: date, form: str, language: str, rules: Path | None) -> Exit:
    """Show what a city has set, changed, left out, and not decided.

    \b
    Examples:
      offsetcheck cities show turku
      offsetcheck cities show melbourne --as-of 2026-09-30
      offsetcheck cities show ./our_town
    """
    from offsetcheck.api.binding import bound_to
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.explain.rulebook import explain_city
    from offsetcheck.explain.wording import Wording
    from offsetcheck.report.render import render

    wording = Wording(bound_to(open_rulebook(rules), city, as_of), language)
    page.deliver(render(explain_city(wording), form, wording.words), None, replace=False)
    return Exit.DONE


@cities.command("check", cls=Command)
@click.argument("path", metavar="DIR|FILE", type=click.Path(path_type=Path))
@options.RULES
def check_city(*, path: Path, rules: Path | None) -> Exit:
    """Check the folder or file of a city's own, on top of the rules, and try its examples.

    \b
    Example:
      offsetcheck cities check our_town
    """
    from offsetcheck.api.own_city import check_own_city
    from offsetcheck.vocabulary.problem import RulebookError

    try:
        checked = check_own_city(path, rules)
    except RulebookError as error:
        for problem in error.problems:
            result(str(problem))
        note(counted(len(error.problems), "problem"))
        return Exit.RULEBOOK
    for problem in checked.problems:
        result(f"{problem.severity.value}: {problem}")
    for problem in checked.unfilled:
        result(f"to fill in: {problem}")
    own = checked.own
    note(
        f"{own.id}: {counted(len(own.files), 'file')}, "
        f"{counted(len(own.rules), 'rule')} of its own: "
        f"{counted(checked.errors, 'error')}, "
        f"{counted(len(checked.problems) - checked.errors, 'remark')}, "
        f"{len(checked.unfilled):,} to fill in"
    )
    return Exit.RULEBOOK if checked.errors else Exit.DONE
