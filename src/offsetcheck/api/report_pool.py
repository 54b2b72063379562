"""Many reports: judged, explained and written by as many processes as there are processors."""

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.pool import Pool
from pathlib import Path

from offsetcheck.api.case import judge_one
from offsetcheck.explain.setting import Setting
from offsetcheck.report.render import Format, render
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explanation import PurchaseExplanation
from offsetcheck.vocabulary.problem import InputError, Problem

FEW = 150  # reports that one process writes before others would be ready to help
AT_ONCE = 20
MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """What every report of a list is made with, and the folder that it is written into."""

    setting: Setting
    purchase: PurchaseExplanation
    folder: Path
    back: str
    templates: Path | None

    def write(self, candidate: Candidate, name: str) -> None:
        """Judge, explain and write one candidate; raise InputError for a template that fails."""
        judged = judge_one(self.setting, self.purchase, candidate)
        text = render(
            judged.explained,
            Format.HTML,
            self.setting.wording.words,
            templates=self.templates,
            back=self.back,
        )
        path = self.folder / f"{name}.{Format.HTML.value}"
        path.write_text(text, encoding="utf-8", newline="\n")


Task = tuple[Candidate, str]


def write_many(desk: Desk, tasks: Sequence[Task]) -> Iterator[str]:
    """Write a report for each candidate under the name beside it; yield each name when done."""
    workers = min(MOST_WORKERS, os.cpu_count() or 1)
    if len(tasks) <= FEW or workers == 1:
        for candidate, name in tasks:
            desk.write(candidate, name)
            yield name
        return
    chunks = [tasks[start : start + AT_ONCE] for start in range(0, len(tasks), AT_ONCE)]
    with _pool(workers, desk) as pool:
        for written in pool.imap(_write_chunk, chunks):
            if isinstance(written, tuple):
                raise InputError(written)
            yield from written


def _pool(workers: int, desk: Desk) -> Pool:
    # An interrupt is for this process, which then ends the others: they start deaf to it.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # Not forked: a copy of a process whose table library runs threads may wait for ever.
        return multiprocessing.get_context("spawn").Pool(workers, _sit_down, (desk,))
    finally:
        signal.signal(signal.SIGINT, before)


_DESKS: list[Desk] = []


def _sit_down(desk: Desk) -> None:
    _DESKS[:] = [desk]


def _write_chunk(tasks: Sequence[Task]) -> list[str] | tuple[Problem, ...]:
    """Return the names written, or as a tuple the problems that stopped it."""
    try:
        for candidate, name in tasks:
            _DESKS[0].write(candidate, name)
    except InputError as error:
        return error.problems
    return [name for _, name in tasks]
