from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options, page
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import result


@click.group()
def cities() -> None:
    """Show whose policies the rulebook holds.

    \b
    Examples:
      offsetcheck cities list
      offsetcheck cities show bogota
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
@click.argument("city", metavar="CITY")
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
    """
    from offsetcheck.api.binding import bound_to
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.explain.rulebook import explain_city
    from offsetcheck.explain.wording import Wording
    from offsetcheck.report.render import render

    wording = Wording(bound_to(open_rulebook(rules), city, as_of), language)
    page.deliver(render(explain_city(wording), form, wording.words), None, replace=False)
    return Exit.DONE
