"""The order of the rooms: rule folder and input files -> a case that can be judged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.api.account import located_problems, readings_of
from offsetcheck.api.binding import bound_on, chosen_for, remarks_on
from offsetcheck.api.city import ChosenCity, city_of
from offsetcheck.api.request import Knowledge, Request, columns_file, known_by
from offsetcheck.engine.assess import assess_purchase
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import Origin, Setting, setting
from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.canonical import bytes_hash
from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.mapping.read import COLUMNS_FILE
from offsetcheck.intake.normalise.developers import with_developer_key
from offsetcheck.intake.offers import read_offers
from offsetcheck.intake.registry.files import ListFile, list_file
from offsetcheck.intake.registry.record import Record, read_record, with_records
from offsetcheck.intake.tender.lots import with_lots
from offsetcheck.intake.tender.rates import with_rates
from offsetcheck.intake.tender.read import Tender, read_tender
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.files.compiled import load_compiled
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.assessment import PurchaseAssessment
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.explanation import PurchaseExplanation
from offsetcheck.vocabulary.problem import (
    InputError,
    Place,
    Problem,
    RequestError,
    UnreadableError,
)
from offsetcheck.vocabulary.purchase import Purchase, Stage
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.vocabulary.table import CandidateTable

if TYPE_CHECKING:
    from offsetcheck.rulebook.tonnes.binding import BoundSteps

AnyPath = str | PathLike[str]


@dataclass(frozen=True)
class Case:
    """A request whose files are read: the offers, the purchase, and the rulebook that decides.

    `problems` are the cells, rows, columns and sheets that could not be read as they should or were
    not read, the worst first; `remarks` are sentences about the request. `readings` say how each
    list was read: the offers, then the registry lists. `chosen` is the city whose policy decides,
    with the rulebook that holds it, `folder` that of the tender, None for a single file.
    """

    bound: BoundRulebook
    tender: Tender
    table: CandidateTable
    problems: tuple[Problem, ...]
    setting: Setting
    chosen: ChosenCity
    remarks: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    folder: Path | None = None

    @property
    def templates(self) -> Path | None:
        """The city's own folder of templates, if it has one."""
        return self.chosen.templates

    @property
    def city_named(self) -> str | None:
        """The city as it was named, None where the tender names one of its own."""
        return self.chosen.named

    @property
    def purchase(self) -> Purchase:
        """What the city buys."""
        return self.tender.purchase

    @cached_property
    def purchase_assessment(self) -> PurchaseAssessment:
        """The purchase's own verdict."""
        return assess_purchase(self.purchase, self.bound)

    @cached_property
    def purchase_explained(self) -> PurchaseExplanation:
        """The purchase's own verdict, explained."""
        return explain_purchase(self.setting, self.purchase_assessment)


def open_rulebook(folder: AnyPath | None = None) -> Rulebook:
    """Return the rulebook of a folder, the installed one where none is named.

    Raises RulebookError with every problem of the folder.
    """
    return load_compiled(bundled("rules") if folder is None else Path(folder))


def open_tender(
    path: AnyPath,
    rulebook: Rulebook,
    *,
    as_of: date,
    city: str | None = None,
    registries: Sequence[AnyPath] = (),
    knowledge: str = Knowledge.AS_OF,
    language: str = "en",
    numbers: str | None = None,
    dates: str | None = None,
    columns: AnyPath | None = None,
) -> Case:
    """Return a tender folder, bid sheet or registry list, read and ready to be judged.

    `as_of` is the day whose rules, values and knowledge apply. A tender names its `city` itself;
    it is an id of the rulebook, or a folder or file of the city's own (docs/start.md).
    Facts of the lists in `registries` are joined to the offers by id; `FILE@DATE` states the day of
    a list. `numbers` and `dates` say by a sample (`1.234,5`, `d/m/y`) how the lists write them,
    `columns` names a `columns.yaml` that says what the columns of a list are. Raises RequestError,
    or InputError for a file that cannot be read at all; what else is odd stands in `Case.problems`.
    """
    request = Request(
        Path(path),
        city,
        as_of,
        registries=tuple(Path(registry) for registry in registries),
        knowledge=known_by(knowledge),
        language=language,
        numbers=numbers,
        dates=dates,
        columns=columns_file(columns),
    )
    return open_case(request, rulebook)


def open_case(request: Request, rulebook: Rulebook) -> Case:
    """Return a request with its files read, joined and bound.

    Raises InputError for a file that cannot be read, RulebookError for a city that cannot be
    bound, RequestError for a city or day that is not there.
    """
    tender, chosen = read_for_city(request, rulebook)
    bound = bound_on(chosen.rulebook, chosen.id, request.as_of)
    return case_of(request, tender, bound, read_registries(request, rulebook), chosen)


def read_for_city(request: Request, rulebook: Rulebook) -> tuple[Tender, ChosenCity]:
    """Return the input of a request and the city that it is judged for, as `open_case` raises."""
    # A city's own rules say which reviews a person may sign, so that it comes before its tender.
    own = city_of(request, rulebook)
    known = rulebook if own is None else own.rulebook
    tender = read_input(
        request.path, known, request.as_of, request.knowledge, asked=request.asked_of_offers()
    )
    return tender, own or chosen_for(request, tender, rulebook)


def read_registries(request: Request, rulebook: Rulebook) -> list[Record]:
    """Return the lists and ledgers of a request; a bid sheet among them raises InputError."""
    named = [listed(path) for path in request.registries]
    dictionary = rulebook.dictionary
    return [read_record(list_.path, dictionary, request.asked(list_.day)) for list_ in named]


def case_of(
    request: Request,
    tender: Tender,
    bound: BoundRulebook,
    registries: Iterable[Record],
    city: ChosenCity,
) -> Case:
    """Return a case of an input that is read and a rulebook that is bound."""
    records = (*tender.registries, *registries)
    table = joined(request, tender.table, records, bound.dictionary)
    origin = Origin(
        files=(*tender.files, *(hashed(path) for path in request.registries)),
        input_hash=_input_hash(request, tender),
        reproduce=request.again(city.named),
    )
    steps = announced_steps(tender.purchase, city, bound.as_of)
    made = setting(bound, tender.purchase, request.language, origin, steps)
    readings = readings_of(tender.table, *records)
    problems = located_problems([*tender.problems, *table.problems], readings)
    remarks = remarks_on(request, tender)
    folder = request.path if request.path.is_dir() else None
    return Case(bound, tender, table, problems, made, city, remarks, readings, folder)


def case_of_purchase(case: Case, purchase: Purchase) -> Case:
    """Return a case whose purchase is another, to be judged and explained anew."""
    if purchase is case.purchase:
        return case
    steps = announced_steps(purchase, case.chosen, case.bound.as_of)
    made = replace(case.setting, purchase=purchase, steps=steps)
    return replace(case, setting=made, tender=replace(case.tender, purchase=purchase))


def announced_steps(purchase: Purchase, city: ChosenCity, day: date) -> "BoundSteps | None":
    """Return the steps of comparable tonnes where the purchase announced them, else None."""
    if not purchase.award.announces_comparable:
        return None
    from offsetcheck.rulebook.tonnes.binding import bind_steps

    return bind_steps(city.rulebook, city.id, day)


def joined(
    request: Request, table: CandidateTable, records: Sequence[Record], dictionary: Dictionary
) -> CandidateTable:
    """Return offers with what registries' records say of them, as far as it counts."""
    table = with_developer_key(with_records(table, records, dictionary), dictionary)
    return table.known_on_any_day() if request.knowledge is Knowledge.TODAY else table


def completed(table: CandidateTable, purchase: Purchase, dictionary: Dictionary) -> CandidateTable:
    """Return offers with what they say together and what the purchase says of their currencies."""
    return with_rates(told_together(table, dictionary), purchase, dictionary)


def told_together(table: CandidateTable, dictionary: Dictionary) -> CandidateTable:
    """Return offers with what they say together, which is the same for every purchase."""
    return with_developer_key(with_lots(table, dictionary), dictionary)


def read_input(
    path: Path,
    rulebook: Rulebook,
    as_of: date,
    knowledge: Knowledge = Knowledge.AS_OF,
    *,
    asked: Asked = NOTHING_ASKED,
) -> Tender:
    """Return a tender folder, or a file as a tender of which nothing but the year is known.

    Of a folder, notes dated after the day do not count; where what is known today does, evidence
    of later days does too, but nobody has searched or signed before he did.
    """
    dictionary = rulebook.dictionary
    if path.is_dir():
        if asked.columns is not None:
            message = f"a tender folder has a {COLUMNS_FILE} of its own"
            raise RequestError.about("columns", message, "put it into the folder under that name")
        today = knowledge is Knowledge.TODAY
        reviewable = rulebook.reviewable
        tender = read_tender(
            path, dictionary, until=as_of, known_today=today, reviewable=reviewable, asked=asked
        )
    else:
        tender = _read_file(path, dictionary, as_of, asked)
    return replace(tender, table=completed(tender.table, tender.purchase, dictionary))


def _read_file(path: Path, dictionary: Dictionary, as_of: date, asked: Asked) -> Tender:
    named = listed(path)
    table = read_offers(named.path, dictionary, replace(asked, day=named.day))
    data = [named.path.read_bytes(), *([asked.columns.data] if asked.columns else [])]
    names = [named.path.name, *([asked.columns.name] if asked.columns else [])]
    files = tuple((name, bytes_hash([part])) for name, part in zip(names, data, strict=True))
    purchase = screening_of(as_of)
    return Tender(purchase, None, table, tuple(table.problems), files, bytes_hash(data))


def screening_of(as_of: date) -> Purchase:
    """Return the purchase that a list is judged for, of which nothing but the year is known."""
    year = Fact(value=as_of.year, grade=EvidenceGrade.E1)
    return Purchase(stage=Stage.SCREENING, facts={"year": year})


def listed(path: Path) -> ListFile:
    """Return a file and the day that `FILE@DATE` states; raises InputError for what is no day."""
    try:
        return list_file(path)
    except UnreadableError as why:
        raise InputError([why.at(Place(path.name))]) from None


def hashed(path: Path) -> tuple[str, str]:
    """Return the name of a file and the SHA-256 of its bytes."""
    file = listed(path).path
    return file.name, bytes_hash([file.read_bytes()])


def _input_hash(request: Request, tender: Tender) -> str:
    if not request.registries:
        return tender.input_hash
    own = [request.path / name for name, _ in tender.files]
    paths = own if request.path.is_dir() else [request.path]
    return bytes_hash(
        [
            *(listed(path).path.read_bytes() for path in paths),
            *([request.columns.data] if request.columns else []),
            *(listed(path).path.read_bytes() for path in request.registries),
        ]
    )
