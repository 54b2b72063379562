"""The order of the rooms for whole lists: each list and city to tables, an index and reports."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from offsetcheck.api.case import (
    Case,
    Request,
    bound_on,
    case_of,
    read_input,
    read_registries,
)
from offsetcheck.api.lists import chosen
from offsetcheck.api.report_pool import PAGES, Desk, write_many
from offsetcheck.api.write import OFFERS, file_names
from offsetcheck.cli.progress import followed
from offsetcheck.cli.terminal import note
from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.ground.publish.naming import write_text
from offsetcheck.intake.tender import Tender
from offsetcheck.report.index import explain_batch, ids_in_order
from offsetcheck.report.render import render
from offsetcheck.report.result_tables import TABLES, result_tables
from offsetcheck.report.table_format import table_format_named, write_table
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.table import CandidateTable

INDEX = "index.html"
NO_REPORTS = "top:0"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a batch writes: the forms of its tables, which reports, and with whose templates."""

    formats: Sequence[str]
    reports: str
    templates: Path | None

    @property
    def files(self) -> list[str]:
        """The files that are written for each list and city, reports of candidates apart."""
        return [INDEX, *(_file(name, form) for form in self.formats for name in TABLES)]


@dataclass(frozen=True, slots=True)
class Done:
    """One list that was judged for one city, its verdicts counted; `index` is its first page."""

    path: Path
    city: str
    index: Path
    verdicts: Mapping[str, int]
    problems: tuple[Problem, ...]
    passed_over: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """Lists to be judged under one rulebook; `request.path` is each list in turn."""

    rulebook: Rulebook
    cities: Sequence[str]
    request: Request
    wanted: Wanted

    @cached_property
    def bounds(self) -> Sequence[BoundRulebook]:
        """The rulebook bound to each city."""
        return [bound_on(self.rulebook, city, self.request.as_of) for city in self.cities]

    def judge(self, path: Path, folders: Sequence[Path]) -> Iterator[Done]:
        """Read one list and write its results for each city into the folder of that city.

        Raises InputError where the list cannot be read; nothing of it is written then.
        """
        request = replace(self.request, path=path)
        tender = read_input(path, self.rulebook, request.as_of)
        for bound, folder in zip(self.bounds, folders, strict=True):
            yield self._judge_for(bound, request, tender, folder)

    def _judge_for(
        self, bound: BoundRulebook, request: Request, tender: Tender, folder: Path
    ) -> Done:
        case = case_of(request, tender, bound, self._registries)
        result = assess_table(case.table, bound, case.purchase)
        folder.mkdir(parents=True, exist_ok=True)
        tables = _write_tables(result, case, folder, self.wanted.formats)
        order = ids_in_order(result, bound) if self.wanted.reports != NO_REPORTS else ()
        links = _write_reports(case, order, folder, self.wanted)
        explained = explain_batch(
            result, case.table, case.setting, links=links, file=tables[0], problems=case.problems
        )
        words, templates = case.setting.wording.words, self.wanted.templates
        page = render(explained, PAGES, words, templates=templates)
        write_text(folder / INDEX, page)
        verdicts = Counter(result.rows["verdict"].to_list())
        passed_over = _unknown(self.wanted.reports, set(order))
        return Done(
            request.path, bound.city.id, folder / INDEX, verdicts, case.problems, passed_over
        )

    @cached_property
    def _registries(self) -> Sequence[CandidateTable]:
        return read_registries(self.request, self.rulebook)


def _file(table: str, form: str) -> str:
    return f"{table}.{table_format_named(form).suffix}"


def _write_tables(
    result: BatchResult, case: Case, folder: Path, formats: Iterable[str]
) -> list[str]:
    tables = result_tables(result, case.table, case.problems)
    names = []
    for form in formats:
        for name, frame in tables.items():
            names.append(_file(name, form))
            write_table(frame, folder / names[-1], form)
    return names


def _write_reports(
    case: Case, order: Sequence[str], folder: Path, wanted: Wanted
) -> dict[str, str]:
    ids = list(dict.fromkeys(chosen(wanted.reports, order)))
    if not ids:
        return {}
    rows = {name: row for row, name in reversed(list(enumerate(case.table.ids)))}
    names = file_names(ids)
    desk = Desk(
        case.setting,
        case.purchase_explained,
        folder / OFFERS,
        f"../{INDEX}",
        wanted.templates,
    )
    desk.folder.mkdir(exist_ok=True)
    tasks = [(case.table.candidate(rows[name]), names[name]) for name in ids]
    for _ in followed(write_many(desk, tasks, note), len(ids), "reports"):
        pass
    return {name: f"{OFFERS}/{file}.{PAGES}" for name, file in names.items()}


def _unknown(reports: str, ids: set[str]) -> tuple[str, ...]:
    if reports == "all" or reports.startswith("top:"):
        return ()
    named = [part.strip() for part in reports.split(",") if part.strip()]
    return tuple(name for name in named if name not in ids)
