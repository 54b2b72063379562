from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options
from offsetcheck.cli.asked import MADE_WITH, OFFERS, Asked
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.progress import shown_progress
from offsetcheck.cli.terminal import result, show_account, show_remarks, typed
from offsetcheck.report.format import offered_formats
from offsetcheck.vocabulary.problem import Problem, Severity

if TYPE_CHECKING:
    from offsetcheck.api.assess import AssessResult

MAX_NAME_CHARACTERS = 50  # of a project name on its line


@click.command(cls=Command)
@options.INPUT
@OFFERS
@options.formats(offered_formats(), "html")
@options.EDITION
@options.output("out")
@MADE_WITH
@options.FAIL_ON
@options.FORCE
def assess(
    *,
    path: Path,
    asked: Asked,
    formats: tuple[str, ...],
    edition: str,
    output: Path,
    fail_on: tuple[str, ...],
    force: bool,
) -> Exit:
    """Judge each offer of a tender, bid sheet or registry list, and write reports.

    \b
    Examples:
      offsetcheck assess samples/turku --as-of 2026-09-30 -o out/turku
      offsetcheck assess offers.xlsx --city melbourne --registry verra.csv
      offsetcheck assess offers.csv --city bogota --format html --format json
      offsetcheck assess samples/turku --format pdf --format xlsx -o out/turku
      offsetcheck assess samples/turku --edition summary -o out/to_sign
    """
    from offsetcheck.api.assess import assess as assess_offers

    with shown_progress() as progress:
        done = assess_offers(
            asked.request(path), asked.rulebook(), output,
            formats=formats, edition=edition, templates=asked.templates, replace=force,
            command=typed(), progress=progress,
        )  # fmt: skip
    show_remarks([*done.case.remarks, *done.remarks])
    show_account(done.case.readings, done.case.problems, f"see {done.pages[0]}")
    print_summary(done)
    result(str(done.pages[0]))
    return status(done.case.problems, (j.assessment.verdict.value for j in done.judged), fail_on)


def print_summary(done: "AssessResult") -> None:
    """Print the purchase's verdict and one line per offer."""
    from offsetcheck.report.signs import verdict_sign

    case = done.case
    result(f"{case.setting.wording.city()}, {case.bound.as_of.isoformat()}")
    result(f"Purchase: {case.purchase_explained.verdict.words}")
    for judged in done.judged:
        verdict, offer = judged.explained.verdict, judged.explained.offer
        longer = len(offer.name) > MAX_NAME_CHARACTERS
        name = f"{offer.name[: MAX_NAME_CHARACTERS - 1]}…" if longer else offer.name
        sign = verdict_sign(verdict.verdict)
        result(f"{sign} {verdict.words:28} {offer.id:12} {name}")


def status(problems: Iterable[Problem], verdicts: Iterable[str], fail_on: Iterable[str]) -> Exit:
    """Return the exit status of a run that came to its end."""
    if set(verdicts) & set(fail_on):
        return Exit.FAIL_ON
    unreadable = any(problem.severity is Severity.ERROR for problem in problems)
    return Exit.INPUT if unreadable else Exit.DONE
