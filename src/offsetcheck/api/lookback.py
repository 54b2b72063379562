"""The order of the rooms for a look back: a ledger's retirements, judged by two days' rules."""

import shlex
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from offsetcheck.api.account import located_problems, readings_of
from offsetcheck.api.binding import bound_on
from offsetcheck.api.case import hashed, listed, read_registries
from offsetcheck.api.city import ChosenCity, city_chosen
from offsetcheck.api.request import Request, city_words
from offsetcheck.difference.looking_back import Bought, Views, look_back
from offsetcheck.difference.phrases import Speech
from offsetcheck.explain.setting import Origin, setting
from offsetcheck.ground.canonical import bytes_hash
from offsetcheck.intake.ledgers.model import Ledger
from offsetcheck.intake.ledgers.retired import Retired, as_bought, retired
from offsetcheck.intake.normalise.developers import with_developer_key
from offsetcheck.intake.registry.record import read_record, with_records
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.lookback import LookbackExplanation
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError
from offsetcheck.vocabulary.purchase import Purchase, Stage
from offsetcheck.vocabulary.reading import Reading

MOST_LOTS = 2_000
"""Rows; each is judged twice, and what one buyer retired is shorter."""


@dataclass(frozen=True, slots=True)
class Lookback:
    """A look back, the words that a page of it is written in, and what could not be read.

    `problems` are the worst first; `readings` say how the ledger and then each list was read;
    `templates` is the city's own folder of them.
    """

    explained: LookbackExplanation
    speech: Speech
    problems: tuple[Problem, ...]
    readings: tuple[Reading, ...] = ()
    templates: Path | None = None


def lookback(
    request: Request, rulebook: Rulebook, buyer: str | None = None, shown: int = 50
) -> Lookback:
    """Return what the rules of the day, and those of the request's day, say of what was retired.

    `request.path` is a registry's ledger, `request.registries` the lists that say more of its
    projects; all are read as the request asks. `buyer` is a part of the name for whom units were
    retired; None: all of them count.
    Raises RequestError without a city, for a buyer who is not there, or for too many lots;
    InputError for a file that is no ledger.
    """
    city = _city(request, rulebook)
    rulebook = city.rulebook
    ledger = _ledger(request, rulebook)
    found = retired(ledger, buyer, rulebook.dictionary)
    _refuse_long(found)
    records = read_registries(request, rulebook)
    now = bound_on(rulebook, city.id, request.as_of)
    told = with_records(found.table, records, now.dictionary)
    told = with_developer_key(told, now.dictionary)
    table = as_bought(found, told, rulebook.dictionary)
    origin = _origin(request, city, buyer)
    today = setting(now, _purchase(request.as_of), request.language, origin)
    then = {
        day: setting(bound_on(rulebook, city.id, day), _purchase(day), request.language, origin)
        for day in sorted({day for day in found.days if day and day >= rulebook.first_day})
    }
    of_year = {
        year: setting(now, _purchase(date(year, 1, 1)), request.language, origin)
        for year in sorted({day.year for day in found.days if day})
    }
    speech = Speech(today.wording)
    views = Views(rulebook, today, of_year, then, _list_words(ledger, buyer, speech))
    bought = Bought(table, found.days, found.tonnes)
    readings = readings_of(ledger, *records)
    problems = located_problems([*ledger.table.problems, *told.problems], readings)
    explained = look_back(bought, views, shown)
    return Lookback(explained, speech, problems, readings, city.templates)


def _city(request: Request, rulebook: Rulebook) -> ChosenCity:
    if request.city is None:
        known = ", ".join(sorted(rulebook.cities))
        raise RequestError.whole(f"name a city with `city`: {known}")
    return city_chosen(request.city, rulebook)


def _ledger(request: Request, rulebook: Rulebook) -> Ledger:
    named = listed(request.path)
    if named.path.is_dir():
        raise InputError([Problem("this is a folder, not a registry's ledger", _place(request))])
    asked = replace(request.asked_of_offers(), day=named.day)
    record = read_record(named.path, rulebook.dictionary, asked)
    if isinstance(record, Ledger):
        return record
    said = f"this is a list of projects ({record.layout}), not of retirements"
    raise InputError([Problem(said, _place(request), "use `offsetcheck batch` for such a list")])


def _place(request: Request) -> Place:
    return Place(request.path.name)


def _refuse_long(found: Retired) -> None:
    if len(found.table) > MOST_LOTS:
        raise RequestError.whole(
            f"the ledger holds {len(found.table):,} retired lots, and at most {MOST_LOTS:,} are "
            "looked back on",
            "name whose they are with `buyer`",
        )


def _purchase(day: date) -> Purchase:
    """Return a purchase of which nothing but the year is known."""
    year = Fact(value=day.year, grade=EvidenceGrade.E1)
    return Purchase(stage=Stage.SCREENING, facts={"year": year})


def _origin(request: Request, city: ChosenCity, buyer: str | None) -> Origin:
    paths = (request.path, *request.registries)
    words = [f"offsetcheck lookback {request.path.resolve().name}", *city_words(city.named)]
    words += [f"--as-of {request.as_of.isoformat()}", *request.options()]
    words += [f"--buyer {shlex.quote(buyer)}"] if buyer else []
    data = [listed(path).path.read_bytes() for path in paths]
    files = [hashed(path) for path in paths]
    if request.columns is not None:
        data.append(request.columns.data)
        files.append((request.columns.name, bytes_hash([request.columns.data])))
    return Origin(files=tuple(files), input_hash=bytes_hash(data), reproduce=" ".join(words))


def _list_words(ledger: Ledger, buyer: str | None, speech: Speech) -> str:
    said = {"file": ledger.file, "title": ledger.title}
    return speech.say("lookback.list_of", buyer=buyer, **said) if buyer else speech.say(
        "lookback.list", **said
    )  # fmt: skip
