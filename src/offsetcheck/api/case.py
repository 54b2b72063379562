"""The order of the rooms: rule folder and input files -> judged and explained candidates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import click

from offsetcheck.cli.terminal import note
from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import Origin, Setting, setting
from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.canonical import bytes_hash
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.enrich import enrich
from offsetcheck.intake.offers import read_offers
from offsetcheck.intake.tender import Tender, read_tender
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.files.compiled import load_compiled
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.assessment import Assessment, PurchaseAssessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.explanation import CandidateExplanation, PurchaseExplanation
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.vocabulary.purchase import Purchase, Stage
from offsetcheck.vocabulary.table import CandidateTable

BID_SHEET = "bid_sheet"


@dataclass(frozen=True, slots=True)
class Request:
    """What a command was asked: an input, for which city and day, under which rules.

    `command` is the command that a reader runs to get the same bytes again.
    """

    path: Path
    city: str | None
    as_of: date
    registries: tuple[Path, ...] = ()
    knowledge: str = "as-of"
    rules: Path | None = None
    language: str = "en"
    command: str = "assess"


@dataclass(frozen=True)
class Case:
    """A request whose files are read: the offers, the purchase, and the rulebook that decides."""

    bound: BoundRulebook
    tender: Tender
    table: CandidateTable
    problems: tuple[Problem, ...]
    setting: Setting

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


@dataclass(frozen=True, slots=True)
class Judged:
    """One candidate with its assessment and explanation."""

    candidate: Candidate
    assessment: Assessment
    explained: CandidateExplanation


def load(rules: Path | None) -> Rulebook:
    """Return the rulebook of a folder, the installed one where none is named."""
    return load_compiled(rules or bundled("rules"))


def open_case(request: Request, rulebook: Rulebook) -> Case:
    """Return a request with its files read, joined and bound.

    Raises InputError for a file that cannot be read, RulebookError for a city that cannot be
    bound, click.UsageError where no city is named.
    """
    tender = read_input(request.path, rulebook, request.as_of)
    bound = bound_on(rulebook, decided_city(request, tender, rulebook), request.as_of)
    return case_of(request, tender, bound, read_registries(request, rulebook))


def read_registries(request: Request, rulebook: Rulebook) -> list[CandidateTable]:
    """Return the registry lists of a request; a bid sheet among them raises InputError."""
    tables = [read_offers(path, rulebook.dictionary) for path in request.registries]
    for table in tables:
        if table.layout == BID_SHEET:
            problem = "this is a bid sheet, whose facts are a seller's own word"
            hint = "--registry takes lists that a registry or a database of registries publishes"
            raise InputError([Problem(problem, Place(table.file), hint)])
    return tables


def case_of(
    request: Request, tender: Tender, bound: BoundRulebook, registries: Iterable[CandidateTable]
) -> Case:
    """Return a case of an input that is read and a rulebook that is bound."""
    table = tender.table
    for registry in registries:
        table = enrich(table, registry, bound.dictionary)
    if request.knowledge == "today":
        table = table.known_on_any_day()
    origin = Origin(
        files=(*tender.files, *(hashed(path) for path in request.registries)),
        input_hash=_input_hash(request, tender),
        reproduce=_reproduce(request, bound),
    )
    made = setting(bound, tender.purchase, request.language, origin)
    problems = _distinct([*tender.problems, *table.problems])
    return Case(bound, tender, table, problems, made)


def read_input(path: Path, rulebook: Rulebook, as_of: date) -> Tender:
    """Return a tender folder, or a file as a tender of which nothing but the year is known."""
    if path.is_dir():
        return read_tender(path, rulebook.dictionary)
    table = read_offers(path, rulebook.dictionary)
    year = Fact(value=as_of.year, grade=EvidenceGrade.E1)
    purchase = Purchase(stage=Stage.SCREENING, facts={"year": year})
    name, digest = hashed(path)
    return Tender(purchase, None, table, tuple(table.problems), ((name, digest),), digest)


def decided_city(request: Request, tender: Tender, rulebook: Rulebook) -> str:
    """Return the city of the command, else of the tender; raise where none or an unknown one."""
    known = sorted(rulebook.cities)
    if request.city is not None:
        check_city(request.city, rulebook)
        if tender.city not in {None, request.city}:
            note(f"the tender names the city {tender.city}; it is judged for {request.city}")
        return request.city
    if tender.city is None:
        raise click.UsageError(f"name a city with --city: {', '.join(known)}")
    if tender.city not in rulebook.cities:
        place = Place(str(request.path / "purchase.yaml"), field="city")
        problem = Problem(_unknown_city(tender.city), place, _city_hint(tender.city, known))
        raise InputError([problem])
    return tender.city


def bound_to(rulebook: Rulebook, city: str | None, as_of: date) -> BoundRulebook:
    """Return the rulebook bound to a city, to the guide's own profile where none is named."""
    if city is not None:
        check_city(city, rulebook)
    return bound_on(rulebook, city or _profile(rulebook), as_of)


def bound_on(rulebook: Rulebook, city: str, as_of: date) -> BoundRulebook:
    """Return the rulebook bound to a city and day.

    Raises a usage error for a day before any rule began: where nothing is asked, all would pass.
    """
    first = rulebook.first_day
    if as_of < first:
        raise click.UsageError(f"no rule is in force on {as_of}; the rulebook begins on {first}")
    return bind(rulebook, city, as_of)


def _profile(rulebook: Rulebook) -> str:
    profiles = [name for name in sorted(rulebook.cities) if name.endswith("_default")]
    return (profiles or sorted(rulebook.cities))[0]


def check_city(city: str, rulebook: Rulebook) -> None:
    """Raise a usage error for a city that the rulebook does not hold."""
    if city not in rulebook.cities:
        hint = _city_hint(city, sorted(rulebook.cities))
        raise click.BadParameter(f"{_unknown_city(city)}; {hint}", param_hint="CITY")


def _unknown_city(city: str) -> str:
    return f"the rulebook holds no city `{city}`"


def _city_hint(city: str, known: Iterable[str]) -> str:
    return did_you_mean(city, known) or f"it holds {', '.join(known)}"


def judge(case: Case) -> Iterator[Judged]:
    """Yield every candidate of a case, judged and explained, in the order of the input."""
    for candidate in case.table.candidates():
        yield judge_one(case.setting, case.purchase_explained, candidate)


def judge_one(made: Setting, purchase: PurchaseExplanation, candidate: Candidate) -> Judged:
    """Return one candidate judged and explained in a setting."""
    assessment = assess(candidate, made.bound, made.purchase)
    explained = explain_candidate(made, candidate, assessment, purchase)
    return Judged(candidate, assessment, explained)


def hashed(path: Path) -> tuple[str, str]:
    """Return the name of a file and the SHA-256 of its bytes."""
    return path.name, bytes_hash([path.read_bytes()])


def _input_hash(request: Request, tender: Tender) -> str:
    if not request.registries:
        return tender.input_hash
    own = [request.path / name for name, _ in tender.files]
    paths = [*(own if request.path.is_dir() else [request.path]), *request.registries]
    return bytes_hash(path.read_bytes() for path in paths)


def _reproduce(request: Request, bound: BoundRulebook) -> str:
    # Names without folders: the same files elsewhere must give the same bytes.
    words = [
        f"offsetcheck {request.command}",
        request.path.resolve().name,
        f"--city {bound.city.id}",
    ]
    words += [f"--as-of {request.as_of.isoformat()}"]
    words += [f"--registry {path.name}" for path in request.registries]
    words += ["--knowledge today"] if request.knowledge == "today" else []
    return " ".join(words)


def _distinct(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))
