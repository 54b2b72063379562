from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options, page
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import result
from offsetcheck.ground.suggest import did_you_mean


@click.command()
@options.INPUT
@click.argument("candidate", metavar="ID")
@options.CITY
@options.AS_OF
@options.REGISTRY
@options.KNOWLEDGE
@page.page_format("candidate")
@options.RULES
@options.LANGUAGE
def explain(
    *,
    path: Path,
    candidate: str,
    city: str | None,
    as_of: date,
    registries: tuple[Path, ...],
    knowledge: str,
    form: str,
    rules: Path | None,
    language: str,
) -> Exit:
    """Print why one offer got its verdict, what is missing, and what would change it.

    \b
    Examples:
      offsetcheck explain samples/turku ACR1129 --as-of 2026-09-30
      offsetcheck explain list.csv VCS902 --city bogota
    """
    from offsetcheck.api.case import Request, judge_one, load, open_case
    from offsetcheck.report.render import render

    case = open_case(
        Request(path, city, as_of, registries, knowledge, rules, language), load(rules)
    )
    ids = list(case.table.ids)
    if candidate not in ids:
        hint = did_you_mean(candidate, ids)
        raise click.BadParameter(
            f"no offer has the id `{candidate}`" + (f"; {hint}" if hint else ""), param_hint="ID"
        )
    row = case.table.candidate(ids.index(candidate))
    judged = judge_one(case.setting, case.purchase_explained, row)
    result(render(judged.explained, form, case.setting.wording.words).rstrip("\n"))
    return Exit.DONE
