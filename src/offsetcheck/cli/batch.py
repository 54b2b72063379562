from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offsetcheck.api.lists import chosen, folder_names, lists_in
from offsetcheck.cli import options
from offsetcheck.cli.assess import status
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.output import OutputError, result_folder
from offsetcheck.cli.terminal import note, result, show_all
from offsetcheck.report.table_format import table_names
from offsetcheck.vocabulary.problem import InputError, Problem, Severity

if TYPE_CHECKING:
    from offsetcheck.api.batch import Batch, Done


class Reports(click.ParamType[str]):
    """Which candidates get a report: `all`, `top:N`, or ids with commas between."""

    name = "reports"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text as it is; a `top:` without a number is a usage error."""
        try:
            chosen(value, ())
        except ValueError as error:
            self.fail(str(error), param, ctx)
        return str(value)


@click.command()
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
    required=True,
    metavar="CITY",
    help="Whose policy decides; may be repeated; see `cities list`.",
)
@options.AS_OF
@options.REGISTRY
@options.KNOWLEDGE
@options.formats(table_names(), "csv")
@click.option(
    "--reports",
    type=Reports(),
    default="top:10",
    show_default=True,
    metavar="WHICH",
    help="Which candidates get a report: all, top:N of the index, or ids with commas between.",
)
@options.output("out")
@options.RULES
@options.TEMPLATES
@options.LANGUAGE
@options.FAIL_ON
@options.FORCE
def batch(
    *,
    paths: tuple[Path, ...],
    cities: tuple[str, ...],
    as_of: date,
    registries: tuple[Path, ...],
    knowledge: str,
    formats: tuple[str, ...],
    reports: str,
    output: Path,
    rules: Path | None,
    templates: Path | None,
    language: str,
    fail_on: tuple[str, ...],
    force: bool,
) -> Exit:
    """Judge long lists, and write tables of results with an HTML index.

    \b
    Examples:
      offsetcheck batch list.csv --city bogota --as-of 2026-09-30 -o out
      offsetcheck batch lists/ --city turku --city melbourne --format parquet
      offsetcheck batch list.xlsx --city turku --reports VCS902,GS4221
    """
    from offsetcheck.api.batch import Batch, Wanted
    from offsetcheck.api.case import Request, check_city, load

    forms = list(dict.fromkeys(formats))
    request = Request(
        paths[0], None, as_of, registries, knowledge, rules, language, command="batch"
    )
    with result_folder(output, replace=force) as making:
        rulebook = load(rules)
        for city in cities:
            check_city(city, rulebook)
        wanted = Wanted(forms, reports, templates)
        work = Batch(rulebook, tuple(dict.fromkeys(cities)), request, wanted)
        folders = result_folders(list(lists_in(paths)), work.cities)
        making.refuse(
            [
                (within / name).as_posix()
                for _, names in folders
                for within in names
                for name in wanted.files
            ]
        )
        done, unread = judge_lists(work, folders, making.draft)
        if not done:
            raise InputError(unread)
    show_all(unread)
    for one in done:
        print_counts(one, output / one.index.relative_to(making.draft))
    problems = [*unread, *(problem for one in done for problem in one.problems)]
    return status(problems, (verdict for one in done for verdict in one.verdicts), fail_on)


def result_folders(paths: Sequence[Path], cities: Sequence[str]) -> list[tuple[Path, list[Path]]]:
    """Return each list with the folder of each city, within the folder of results."""
    if len(paths) * len(cities) == 1:
        return [(paths[0], [Path()])]
    named = zip(paths, folder_names(paths), strict=True)
    return [(path, [Path(name, city) for city in cities]) for path, name in named]


def judge_lists(
    work: "Batch", folders: Iterable[tuple[Path, Sequence[Path]]], draft: Path
) -> tuple[list["Done"], list[Problem]]:
    """Judge every list for every city; return what was done, and why some lists were not read."""
    done: list[Done] = []
    unread: list[Problem] = []
    for path, within in folders:
        note(f"{path}")
        try:
            done += work.judge(path, [draft / folder for folder in within])
        except OutputError:
            raise
        except InputError as error:
            unread += error.problems
    return done, unread


def print_counts(done: "Done", index: Path) -> None:
    """Print the verdicts of one list for one city, and last the path of its index."""
    from offsetcheck.report.signs import verdict_sign

    total = sum(done.verdicts.values())
    words = [(v, v.replace("_", " ")) for v in options.VERDICTS]
    counts = "  ".join(f"{verdict_sign(v)} {done.verdicts.get(v, 0):,} {said}" for v, said in words)
    result(f"{done.path.name} for {done.city}: {total:,} candidates  {counts}")
    if done.passed_over:
        note(f"no candidate has the id {', '.join(done.passed_over)}")
    errors = sum(problem.severity is Severity.ERROR for problem in done.problems)
    if done.problems:
        note(f"{len(done.problems):,} problems, {errors:,} of them cells or rows not read: {index}")
    result(str(index))
