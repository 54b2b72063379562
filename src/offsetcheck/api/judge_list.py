"""The order of the rooms for one long list: read once, then for each city tables and reports."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from offsetcheck.api.account import beside_account
from offsetcheck.api.begun import begun_of
from offsetcheck.api.binding import bound_on, own_city
from offsetcheck.api.case import Case, case_of, read_input, read_registries
from offsetcheck.api.city import ChosenCity, own_city_of
from offsetcheck.api.kept_offers import KEPT_OFFERS, keep_offers
from offsetcheck.api.list_tables import list_files, write_deciding, write_list_tables
from offsetcheck.api.lists import chosen, ids_named
from offsetcheck.api.progress import Progress, followed
from offsetcheck.api.report_pool import PAGES, ReportJob, write_many
from offsetcheck.api.request import Request
from offsetcheck.api.write import OFFERS, file_names
from offsetcheck.engine.columns.batch import ROWS_AT_ONCE, assess_table
from offsetcheck.ground.publish.naming import write_page
from offsetcheck.intake.registry.record import Record
from offsetcheck.intake.tender.read import Tender
from offsetcheck.report.format import Format, format_names, written_as
from offsetcheck.report.index import explain_batch
from offsetcheck.report.order import in_order
from offsetcheck.report.render import render, substitution
from offsetcheck.report.table_format import MISSING_FORMATS, table_names
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, RequestError
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.vocabulary.table import CandidateTable

INDEX = "index.html"
NO_REPORTS, USUAL_REPORTS = "top:0", "top:10"
USUAL_FORMATS = ("csv",)
CANDIDATE = "candidate"
LOCAL = "local[*]"  # all cores of this machine, as Spark calls them


class Engine(StrEnum):
    """How a list is judged: whole in memory, part by part, or by Spark on many machines."""

    COLUMNS = "columns"
    STREAM = "stream"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What a batch writes: in which formats its tables, which reports, with whose templates.

    `formats` are csv, jsonl, parquet and xlsx, csv where none is named; `reports` is `all`, `top:N`
    of the index, or ids with commas between, `top:10` where nothing is said, and `pages` the format
    of these reports, such as html or pdf. `missing` is the format of the table of what is missing;
    None: as the others, Parquet instead of CSV where it has more than `MOST_CSV_LINES` lines.
    With `deciding`, what decided each rule on each offer is written line by line; with
    `explainable`, the offers of a list are kept for `explain_kept`. With `resume`, finished reports
    are kept until all is done, and those of an earlier run are taken over. `engine` says how a list
    is judged: whole, or in parts or by Spark at `master`, whose tables are Parquet, without index
    and reports. With `facts` the lists are tables of facts, which Spark reads by itself.
    """

    formats: Sequence[str] = ()
    reports: str | None = None
    templates: Path | None = None
    pages: str = PAGES
    missing: str | None = None
    deciding: bool = False
    explainable: bool = False
    resume: bool = False
    engine: str = Engine.COLUMNS
    master: str = LOCAL
    facts: bool = False

    @property
    def page_format(self) -> Format:
        """The format that reports are written in; raises RequestError for an unknown one."""
        _check([self.pages], format_names(CANDIDATE), "pages")
        return written_as(self.pages)[0]

    @property
    def table_formats(self) -> list[str]:
        """The formats, each once; raises RequestError for an unknown one."""
        _check(self.formats, table_names(), "formats")
        _check([self.missing] if self.missing else [], MISSING_FORMATS, "missing")
        return list(dict.fromkeys(self.formats or USUAL_FORMATS))

    @property
    def which_reports(self) -> str:
        """Which candidates get a report."""
        return USUAL_REPORTS if self.reports is None else self.reports

    @property
    def files(self) -> list[str]:
        """The files that are written for each list and city, reports of candidates apart."""
        kept = [KEPT_OFFERS] if self.explainable else []
        return [INDEX, *list_files(self.table_formats, self.missing), *kept]


def _check(names: Sequence[str], known: Sequence[str], argument: str) -> None:
    """Raise RequestError for a format that there is not."""
    for name in names:
        if name not in known:
            raise RequestError.about(argument, f"`{name}` is not one of {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class ListResult:
    """One list that was judged for one city; `index` is the path of its first page.

    `verdicts` counts candidates by verdict, `unknown_ids` are those that a report was asked for
    and no candidate has, `remarks` are sentences about the run, `told` are sentences about the
    results as a whole, `readings` say how the list and the registry lists were read.
    """

    path: Path
    city: str
    index: Path
    verdicts: Mapping[str, int]
    problems: tuple[Problem, ...]
    unknown_ids: tuple[str, ...]
    remarks: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    purchase: str | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListJudge:
    """Judges lists and tenders under one rulebook; `request.path` is each in turn.

    Without `cities` a tender is judged for its own. `goal` is the folder of results as the caller
    named it.
    """

    rulebook: Rulebook
    cities: Sequence[ChosenCity]
    request: Request
    options: BatchOptions
    goal: Path
    progress: Progress

    @cached_property
    def _bounds(self) -> dict[str, BoundRulebook]:
        """The rulebook by the city that it was bound to, as that was named."""
        return {}

    def bound(self, city: ChosenCity) -> BoundRulebook:
        """Return the rulebook bound to a city, once for all lists where many may name it."""
        if city.named is None:
            return bound_on(city.rulebook, city.id, self.request.as_of)
        if city.named not in self._bounds:
            self._bounds[city.named] = bound_on(city.rulebook, city.id, self.request.as_of)
        return self._bounds[city.named]

    def judge(self, path: Path, draft: Path, withins: Sequence[Path]) -> Iterator[ListResult]:
        """Read a list or tender and write its results for each city into a folder of the draft.

        Raises InputError where it cannot be read; nothing of it is written then.
        """
        for case, within in self.cases(path, withins):
            yield self._judge_case(case, path, draft, within)

    def cases(self, path: Path, withins: Sequence[Path]) -> Iterator[tuple[Case, Path]]:
        """Yield a list or tender as it is for each city, with the folder of its results.

        Raises InputError where it cannot be read.
        """
        request = replace(self.request, path=path)
        own = None if self.cities else own_city_of(path, self.rulebook)
        tender = self._read(request, self.rulebook if own is None else own.rulebook)
        cities = self.cities or [own or self._city_of(request, tender)]
        for city, within in zip(cities, withins, strict=True):
            asked = replace(request, city=city.named if self.cities else None)
            # A city's own rules say which reviews of a tender count.
            reads_anew = path.is_dir() and city.rulebook is not self.rulebook and own is None
            read = self._read(request, city.rulebook) if reads_anew else tender
            yield case_of(asked, read, self.bound(city), self.registries, city), within

    def _read(self, request: Request, rulebook: Rulebook) -> Tender:
        asked = request.asked_of_offers()
        return read_input(request.path, rulebook, request.as_of, request.knowledge, asked=asked)

    def _city_of(self, request: Request, tender: Tender) -> ChosenCity:
        city = own_city(request, tender, self.rulebook)
        return ChosenCity(city, self.rulebook, city)

    def _judge_case(self, case: Case, path: Path, draft: Path, within: Path) -> ListResult:
        folder = draft / within
        result = assess_table(case.table, case.bound, case.purchase, self._judged(case.table))
        folder.mkdir(parents=True, exist_ok=True)
        options = self.options
        written = write_list_tables(result, case, folder, options.table_formats, options.missing)
        if options.deciding:
            write_deciding(result, case, folder)
        if options.explainable:
            keep_offers(case, folder)
        reports = self.options.which_reports
        ranked = in_order(result, case.bound)
        order = tuple(ranked["id"]) if reports != NO_REPORTS else ()
        said = substitution(self.options.pages, case.setting.wording.words)
        remarks = [said] if said else []
        links = self._write_reports(case, order, folder, remarks)
        explained = explain_batch(
            result,
            case.table,
            case.setting,
            links=links,
            file=written.files[0],
            problems=beside_account(case.problems, case.readings),
            readings=case.readings,
            ranked=ranked,
        )
        words, templates = case.setting.wording.words, self.options.templates or case.templates
        page = render(explained, PAGES, words, templates=templates)
        write_page(folder / INDEX, page)
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
            purchase=case.purchase_explained.verdict.words if case.tender.city else None,
            told=(*written.everywhere(explained.everywhere, case), *written.told),
        )

    def _judged(self, table: CandidateTable) -> Callable[[int], None]:
        """Return what tells how many rows are judged of a table that is judged part by part."""
        rows = len(table)
        if rows <= ROWS_AT_ONCE:
            return lambda _: None
        return lambda done: self.progress(done, rows, "rows")

    def _write_reports(
        self, case: Case, order: Sequence[str], folder: Path, remarks: list[str]
    ) -> dict[str, str]:
        """Write the reports asked for; return their addresses by id, and add to the remarks."""
        ids = list(dict.fromkeys(chosen(self.options.which_reports, order)))
        if not ids:
            return {}
        rows = {name: row for row, name in reversed(list(enumerate(case.table.ids)))}
        names = file_names(ids)
        templates, form = self.options.templates or case.templates, self.options.page_format.name
        offers = folder / OFFERS
        offers.mkdir(exist_ok=True)
        begun = begun_of(self.goal, case, (form,), templates) if self.options.resume else None
        job = ReportJob(
            case.setting,
            case.purchase_explained,
            offers if begun is None else begun.folder,
            f"../{INDEX}",
            templates,
            form,
        )
        files = {name: job.file_of(file) for name, file in names.items()}
        there = frozenset[str]() if begun is None else begun.finished(files.values())
        if there:
            remarks.append(f"{len(there):,} reports of an earlier run were taken over")
        left = [name for name in ids if files[name] not in there]
        tasks = [(case.table.candidate(rows[name]), names[name]) for name in left]
        # Closed at once when a signal comes between two reports: else the processes that help
        # would go on writing while what was begun is cleared away.
        with closing(write_many(job, tasks, remarks.append)) as written:
            for _ in followed(written, len(tasks), "reports", self.progress):
                pass
        if begun is not None:
            begun.give(list(files.values()), offers)
        return {name: f"{OFFERS}/{file}" for name, file in files.items()}

    @cached_property
    def registries(self) -> Sequence[Record]:
        """The registry lists of the request, read once for all lists."""
        return read_registries(self.request, self.rulebook)
