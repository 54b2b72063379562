from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offsetcheck.api.lists import chosen
from offsetcheck.cli import options
from offsetcheck.cli.asked import MADE_WITH, OFFERS_OF_ANY_CITY, Asked
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.progress import shown_progress
from offsetcheck.cli.terminal import (
    note,
    result,
    show_all,
    show_readings,
    show_remarks,
    show_some,
    typed,
)
from offsetcheck.report.format import format_names
from offsetcheck.report.table_format import MISSING_FORMATS, MOST_CSV_LINES, table_names
from offsetcheck.vocabulary.problem import RequestError, Severity

if TYPE_CHECKING:
    from offsetcheck.api.judge_list import ListResult
    from offsetcheck.vocabulary.reading import Reading

ENGINES = ("columns", "stream", "spark")
MOST_ERRORS = 5
"""Kinds of cells or rows not read that are named for each list; its index names the others."""


class Reports(click.ParamType[str]):
    """Which candidates get a report: `all`, `top:N`, or ids with commas between."""

    name = "reports"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text as it is; a `top:` without a number is a usage error."""
        try:
            chosen(value, ())
        except RequestError as error:
            self.fail(error.problems[0].message, param, ctx)
        return str(value)


@click.command(cls=Command)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="FILE|DIR...",
    type=click.Path(path_type=Path),
)
@click.option(
    "--city",
    "cities",
    multiple=True,
    metavar="CITY",
    help="Whose policy decides; may be repeated; a tender's own city unless given.",
)
@OFFERS_OF_ANY_CITY
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=options.Word((*table_names(), "delta")),
    metavar="FORMAT",
    help=f"{', '.join(table_names())}; may be repeated; csv unless given. Spark writes parquet, or "
    "delta where that is installed.",
)
@click.option(
    "--missing-format",
    "missing",
    type=options.Word(MISSING_FORMATS),
    metavar="FORMAT",
    help=f"The form of the table of what is missing: {', '.join(MISSING_FORMATS)}. Unless given "
    f"that of the others, but Parquet instead of CSV above {MOST_CSV_LINES:,} lines.",
)
@click.option(
    "--deciding",
    is_flag=True,
    help="Write also what decided each rule on each offer, line by line, as Parquet in deciding/.",
)
@click.option(
    "--explainable",
    is_flag=True,
    help="Keep the offers of a list with the results, so that `offsetcheck explain DIR ID` "
    "explains one without reading the list again.",
)
@click.option(
    "--reports",
    type=Reports(),
    metavar="WHICH",
    help="Which candidates get a report: all, top:N of the index, or ids with commas between; "
    "top:10 unless given.",
)
@click.option(
    "--report-format",
    "pages",
    type=options.Form(format_names("candidate")),
    default="html",
    show_default=True,
    metavar="FORMAT",
    help=f"The form of those reports: {', '.join(format_names('candidate'))}.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Keep finished reports beside the results until all is done, and take over those of a run "
    "with the same input, rules and options that was stopped.",
)
@click.option(
    "--engine",
    type=options.Word(ENGINES),
    default=ENGINES[0],
    show_default=True,
    metavar="ENGINE",
    help="How a list is judged: `columns` in one go, `stream` part by part: a Parquet list of "
    "millions of rows, `spark` on many machines. The tables of both are Parquet, without index "
    "and reports.",
)
@click.option(
    "--master",
    metavar="URL",
    help="Where Spark runs, with `--engine spark`: local[*], all cores here, unless given.",
)
@click.option(
    "--facts",
    is_flag=True,
    help="With `--engine spark`: what is named are tables of facts, which Spark reads by itself.",
)
@options.output("out")
@MADE_WITH
@options.FAIL_ON
@options.FORCE
def batch(
    *,
    paths: tuple[Path, ...],
    cities: tuple[str, ...],
    asked: Asked,
    formats: tuple[str, ...],
    missing: str | None,
    deciding: bool,
    explainable: bool,
    resume: bool,
    reports: str | None,
    pages: str,
    engine: str,
    master: str | None,
    facts: bool,
    output: Path,
    fail_on: tuple[str, ...],
    force: bool,
) -> Exit:
    """Judge long lists and tender folders, and write tables of results with an HTML index.

    \b
    Examples:
      offsetcheck batch list.csv --city bogota --as-of 2026-09-30 -o out
      offsetcheck batch lists/ --city turku --city melbourne --format parquet
      offsetcheck batch list.xlsx --city turku --reports VCS902,GS4221
      offsetcheck batch millions.parquet --city bogota --engine stream -o out
      offsetcheck batch facts/ --facts --city bogota --engine spark --master local[4] -o out
      offsetcheck batch tenders/ --format xlsx --report-format pdf -o out
    """
    from offsetcheck.api.batch import batch as judge_lists
    from offsetcheck.api.judge_list import LOCAL, BatchOptions

    if master and engine != "spark":
        raise click.UsageError("--master says where Spark runs: add --engine spark")
    with shown_progress() as progress:
        done = judge_lists(
            paths, asked.rulebook(), output,
            cities=cities, as_of=asked.day, registries=asked.registries, knowledge=asked.knowledge,
            language=asked.language, numbers=asked.numbers, dates=asked.dates,
            columns=asked.columns,
            options=BatchOptions(
                formats, reports, asked.templates, pages, missing, deciding, explainable, resume,
                engine, master or LOCAL, facts,
            ),
            replace=force, command=typed(), progress=progress,
            opening=lambda path: note(str(path)),
        )  # fmt: skip
    show_all(done.unread)
    shown: list[Reading] = []
    for one in done.results:
        new = [reading for reading in one.readings if not any(reading is old for old in shown)]
        show_readings(new)
        shown += new
        if new:  # for the first of several cities
            errors = [p for p in one.problems if p.severity is Severity.ERROR]
            show_some(errors, f"see {one.index}", MOST_ERRORS)
        print_counts(one)
    problems = [*done.unread, *(problem for one in done.results for problem in one.problems)]
    return status(problems, (verdict for one in done.results for verdict in one.verdicts), fail_on)


def print_counts(done: "ListResult") -> None:
    """Print the verdicts of one list for one city, and last the path of its index."""
    from offsetcheck.report.signs import verdict_sign

    show_remarks(done.remarks)
    total = sum(done.verdicts.values())
    counts = "  ".join(
        f"{verdict_sign(verdict)} {done.verdicts.get(verdict, 0):,} {verdict.replace('_', ' ')}"
        for verdict in options.VERDICTS
    )
    result(f"{done.path.name} for {done.city}: {total:,} candidates  {counts}")
    if done.purchase:
        result(f"Purchase: {done.purchase}")
    for said in done.told:
        result(said)
    if done.unknown_ids:
        note(f"no candidate has the id {', '.join(done.unknown_ids)}")
    errors = sum(problem.severity is Severity.ERROR for problem in done.problems)
    if done.problems:
        said = (
            f"{counted(len(done.problems), 'problem')}, {errors:,} of them cells or rows not read"
        )
        note(f"{said}: {done.index}")
    result(str(done.index))
