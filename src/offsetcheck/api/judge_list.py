"""The order of the rooms for one long list: read once, then for each city tables and reports."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from offsetcheck.api.account import beside_account
from offsetcheck.api.binding import bound_on
from offsetcheck.api.case import Case, case_of, read_input, read_registries
from offsetcheck.api.city import Chosen
from offsetcheck.api.lists import chosen, ids_named
from offsetcheck.api.progress import Progress, followed
from offsetcheck.api.report_pool import PAGES, ReportJob, write_many
from offsetcheck.api.request import Request
from offsetcheck.api.write import OFFERS, file_names
from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.ground.publish.naming import write_text
from offsetcheck.intake.registry.record import Record
from offsetcheck.report.index import explain_batch
from offsetcheck.report.order import in_order
from offsetcheck.report.render import render
from offsetcheck.report.result_tables import TABLES, result_tables
from offsetcheck.report.table_format import table_format_named, table_names, write_table
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, RequestError
from offsetcheck.vocabulary.reading import Reading

INDEX = "index.html"
NO_REPORTS = "top:0"


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What a batch writes: in which formats its tables, which reports, with whose templates.

    `formats` are csv, jsonl and parquet; `reports` is `all`, `top:N` of the index, or ids with
    commas between.
    """

    formats: Sequence[str] = ("csv",)
    reports: str = "top:10"
    templates: Path | None = None

    @property
    def table_formats(self) -> list[str]:
        """The formats, each once; raises RequestError for an unknown one."""
        known = table_names()
        for name in self.formats:
            if name not in known:
                said = f"`{name}` is not one of {', '.join(known)}"
                raise RequestError.about("formats", said)
        return list(dict.fromkeys(self.formats))

    @property
    def files(self) -> list[str]:
        """The files that are written for each list and city, reports of candidates apart."""
        formats = self.table_formats
        return [INDEX, *(_file(name, format_) for format_ in formats for name in TABLES)]


@dataclass(frozen=True, slots=True)
class ListResult:
    """One list that was judged for one city; `index` is the path of its first page.

    `verdicts` counts candidates by verdict, `unknown_ids` are those that a report was asked for
    and no candidate has, `remarks` are sentences about the run, `readings` say how the list and the
    registry lists were read.
    """

    path: Path
    city: str
    index: Path
    verdicts: Mapping[str, int]
    problems: tuple[Problem, ...]
    unknown_ids: tuple[str, ...]
    remarks: tuple[str, ...]
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class ListJudge:
    """Judges lists under one rulebook; `request.path` is each list in turn.

    `goal` is the folder of results as the caller named it.
    """

    rulebook: Rulebook
    cities: Sequence[Chosen]
    request: Request
    options: BatchOptions
    goal: Path
    progress: Progress

    @cached_property
    def bounds(self) -> Sequence[BoundRulebook]:
        """The rulebook bound to each city."""
        return [bound_on(city.rulebook, city.id, self.request.as_of) for city in self.cities]

    def judge(self, path: Path, draft: Path, withins: Sequence[Path]) -> Iterator[ListResult]:
        """Read one list and write its results for each city into a folder within the draft.

        Raises InputError where the list cannot be read; nothing of it is written then.
        """
        request = replace(self.request, path=path)
        tender = read_input(
            path, self.rulebook, request.as_of, request.knowledge, asked=request.asked_of_offers()
        )
        for city, bound, within in zip(self.cities, self.bounds, withins, strict=True):
            case = case_of(request, tender, bound, self._registries, city)
            yield self._judge_case(case, path, draft, within)

    def _judge_case(self, case: Case, path: Path, draft: Path, within: Path) -> ListResult:
        folder = draft / within
        result = assess_table(case.table, case.bound, case.purchase)
        folder.mkdir(parents=True, exist_ok=True)
        tables = _write_tables(result, case, folder, self.options.table_formats)
        reports = self.options.reports
        ranked = in_order(result, case.bound)
        order = tuple(ranked["id"]) if reports != NO_REPORTS else ()
        remarks: list[str] = []
        links = self._write_reports(case, order, folder, remarks)
        explained = explain_batch(
            result,
            case.table,
            case.setting,
            links=links,
            file=tables[0],
            problems=beside_account(case.problems, case.readings),
            readings=case.readings,
            ranked=ranked,
        )
        words, templates = case.setting.wording.words, self.options.templates or case.templates
        page = render(explained, PAGES, words, templates=templates)
        write_text(folder / INDEX, page)
        known = set(order)
        return ListResult(
            path=path,
            city=case.bound.city.id,
            index=self.goal / within / INDEX,
            verdicts=Counter(result.rows["verdict"].to_list()),
            problems=case.problems,
            unknown_ids=tuple(name for name in ids_named(reports) if name not in known),
            remarks=(*case.remarks, *remarks),
            readings=case.readings,
        )

    def _write_reports(
        self, case: Case, order: Sequence[str], folder: Path, remarks: list[str]
    ) -> dict[str, str]:
        """Write the reports asked for; return their addresses by id, and add to the remarks."""
        ids = list(dict.fromkeys(chosen(self.options.reports, order)))
        if not ids:
            return {}
        rows = {name: row for row, name in reversed(list(enumerate(case.table.ids)))}
        names = file_names(ids)
        job = ReportJob(
            case.setting,
            case.purchase_explained,
            folder / OFFERS,
            f"../{INDEX}",
            self.options.templates or case.templates,
        )
        job.folder.mkdir(exist_ok=True)
        tasks = [(case.table.candidate(rows[name]), names[name]) for name in ids]
        # Closed at once when a signal comes between two reports: else the processes that help
        # would go on writing while what was begun is cleared away.
        with closing(write_many(job, tasks, remarks.append)) as written:
            for _ in followed(written, len(ids), "reports", self.progress):
                pass
        return {name: f"{OFFERS}/{file}.{PAGES}" for name, file in names.items()}

    @cached_property
    def _registries(self) -> Sequence[Record]:
        return read_registries(self.request, self.rulebook)


def _file(table: str, format_: str) -> str:
    return f"{table}.{table_format_named(format_).suffix}"


def _write_tables(
    result: BatchResult, case: Case, folder: Path, formats: Iterable[str]
) -> list[str]:
    tables = result_tables(result, case.table, case.problems, case.readings)
    names = []
    for format_ in formats:
        for name, frame in tables.items():
            names.append(_file(name, format_))
            write_table(frame, folder / names[-1], format_)
    return names
