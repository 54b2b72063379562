from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.output import result_folder
from offsetcheck.cli.progress import followed
from offsetcheck.cli.terminal import result, show_some
from offsetcheck.report.format import format_names
from offsetcheck.vocabulary.problem import Problem, Severity

if TYPE_CHECKING:
    from offsetcheck.api.case import Case, Judged

MOST = 1000  # offers that get a report each; a longer list is a batch
NAME = 50  # signs of a project name on its line


@click.command()
@options.INPUT
@options.CITY
@options.AS_OF
@options.REGISTRY
@options.KNOWLEDGE
@options.formats(format_names("candidate", "tender"), "html")
@options.output("out")
@options.RULES
@options.TEMPLATES
@options.LANGUAGE
@options.FAIL_ON
@options.FORCE
def assess(
    *,
    path: Path,
    city: str | None,
    as_of: date,
    registries: tuple[Path, ...],
    knowledge: str,
    formats: tuple[str, ...],
    output: Path,
    rules: Path | None,
    templates: Path | None,
    language: str,
    fail_on: tuple[str, ...],
    force: bool,
) -> Exit:
    """Judge each offer of a tender, bid sheet or registry list, and write reports.

    \b
    Examples:
      offsetcheck assess samples/turku --as-of 2026-09-30 -o out/turku
      offsetcheck assess offers.xlsx --city melbourne --registry verra.csv
      offsetcheck assess offers.csv --city bogota --format html --format json
    """
    from offsetcheck.api.case import Request, judge, load, open_case
    from offsetcheck.api.write import page_names, write_reports

    request = Request(path, city, as_of, registries, knowledge, rules, language)
    with result_folder(output, replace=force) as making:
        making.refuse(page_names(formats))
        case = open_case(request, load(rules))
        refuse_long(len(case.table))
        judged = list(followed(judge(case), len(case.table), "judged"))
        pages = write_reports(case, judged, making.draft, formats, templates)
    show_some(case.problems, f"see {output / pages[0]}")
    print_summary(case, judged)
    result(str(output / pages[0]))
    return status(case.problems, (j.assessment.verdict.value for j in judged), fail_on)


def refuse_long(rows: int) -> None:
    """Raise a usage error for a list too long to explain row by row."""
    if rows > MOST:
        raise click.UsageError(
            f"this list has {rows:,} candidates, and `assess` explains at most {MOST:,}; "
            "use `offsetcheck batch`"
        )


def print_summary(case: "Case", judged: Iterable["Judged"]) -> None:
    """Print the purchase's verdict and one line per offer."""
    from offsetcheck.report.signs import verdict_sign

    result(f"{case.setting.wording.city()}, {case.bound.as_of.isoformat()}")
    result(f"Purchase: {case.purchase_explained.verdict.words}")
    for one in judged:
        verdict, offer = one.explained.verdict, one.explained.offer
        name = offer.name if len(offer.name) <= NAME else f"{offer.name[: NAME - 1]}…"
        result(f"{verdict_sign(verdict.verdict)} {verdict.words:28} {offer.id:12} {name}")


def status(problems: Iterable[Problem], verdicts: Iterable[str], fail_on: Iterable[str]) -> Exit:
    """Return the exit status of a run that came to its end."""
    if set(verdicts) & set(fail_on):
        return Exit.FAIL_ON
    unreadable = any(problem.severity is Severity.ERROR for problem in problems)
    return Exit.INPUT if unreadable else Exit.DONE
