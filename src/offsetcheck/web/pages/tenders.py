"""The first page: the tenders of the served folder; a new one, and samples to try it with."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from offsetcheck import Rulebook
from offsetcheck.api.purchase import purchase_in
from offsetcheck.api.samples import copy_sample, sample_tenders
from offsetcheck.api.start import init_tender
from offsetcheck.api.web_page import language_name, said_day, said_number, say
from offsetcheck.vocabulary.problem import OffsetcheckError, RequestError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.cities import own_cities, shipped_cities
from offsetcheck.web.folder.counted import UncountedError, counts
from offsetcheck.web.folder.edits import COMMAND
from offsetcheck.web.folder.kept import rulebook_of
from offsetcheck.web.folder.tenders import PURCHASE, TenderFolder, new_folder, tenders
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    POST,
    Answer,
    Page,
    Redirect,
    RefusedError,
    Role,
    Shown,
    Visit,
    Wrong,
)

BESIDE = "../"
CONFLICT, WRONG = 409, 422
Words = Mapping[str, str]


class TenderLine(Shown):
    """One tender of the list; `wrong` says what keeps it from being read."""

    name: str
    to: str
    title: str
    city: str
    stage: str
    deadline: str
    offers: str
    wrong: str = ""


class TendersPage(Shown):
    """The tenders of the served folder; `may_begin` says whether new ones can lie there."""

    tenders: tuple[TenderLine, ...]
    may_begin: bool


class NewPage(Shown):
    """A tender to begin: what was typed, and the choices."""

    name: str
    city: str
    language: str
    cities: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    samples: tuple[tuple[str, str], ...]


def _list(visit: Visit) -> Page:
    found, rulebook = tenders(visit.workplace), rulebook_of(visit.workplace.rules)
    counted = counts((one.path for one in found), rulebook)
    words = words_of(visit)
    lines = tuple(_line(one, counted[one.path], rulebook, visit.language, words) for one in found)
    shown = TendersPage(tenders=lines, may_begin=_may_begin(visit))
    return Page("tenders", words["web_tenders.title"], shown)


def _line(
    tender: TenderFolder,
    count: int | Exception | None,
    rulebook: Rulebook,
    language: str,
    words: Words,
) -> TenderLine:
    to = f"/t/{quote(tender.name)}"
    try:
        purchase, _ = purchase_in(tender.path, rulebook)
    except OffsetcheckError as error:
        return TenderLine(name=tender.name, to=to, title=tender.name, city="", stage="",
                          deadline="", offers="", wrong=_said(error))  # fmt: skip
    city = purchase.value("city")
    stage = words[f"stage.{purchase.stage.value}"]
    return TenderLine(
        name=tender.name,
        to=to,
        title=purchase.title or tender.name,
        city=_city_name(city, rulebook, language),
        stage=stage[:1].upper() + stage[1:],
        deadline=said_day(purchase.deadline.isoformat(), words) if purchase.deadline else "",
        offers=_offers(count, words),
        wrong=_said(count) if isinstance(count, OffsetcheckError) else "",
    )


def _said(error: OffsetcheckError) -> str:
    return error.problems[0].message if error.problems else str(error)


def _offers(count: int | Exception | None, words: Words) -> str:
    if isinstance(count, UncountedError):
        return words["web_tenders.not_counted"]
    if isinstance(count, Exception):
        return ""
    return words["web_tenders.no_offers"] if not count else said_number(count, words)


def _city_name(city: object, rulebook: Rulebook, language: str) -> str:
    """Return a shipped city by its name, one of its own by its folder."""
    known = rulebook.cities.get(str(city))
    if known is not None:
        return known.name.get(language) or known.name["en"]
    return "" if city is None else Path(str(city)).name


def _may_begin(visit: Visit) -> bool:
    served_alone = (visit.workplace.folder / PURCHASE).is_file()
    return not served_alone and visit.may(Role.OFFICER)


# A new one


def _new(visit: Visit) -> Page:
    return _new_page(visit, _Typed("", "", visit.language))


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed of a new tender."""

    name: str
    city: str
    language: str


def _new_page(visit: Visit, typed: _Typed, wrong: tuple[Wrong, ...] = ()) -> Page:
    words, rulebook = words_of(visit), rulebook_of(visit.workplace.rules)
    shown = NewPage(
        name=typed.name,
        city=typed.city,
        language=typed.language,
        cities=_cities(visit, rulebook),
        languages=tuple((code, language_name(code)) for code in visit.languages),
        samples=tuple((one, words[f"web_tenders.sample.{one}"]) for one in sample_tenders()),
    )
    status = WRONG if wrong else 200
    return Page("tender_new", words["web_tenders.new"], shown, status=status, wrong=wrong)


def _cities(visit: Visit, rulebook: Rulebook) -> tuple[tuple[str, str], ...]:
    own = own_cities(visit.workplace.folder, BESIDE)
    return (*own, *shipped_cities(rulebook, visit.language))


def _begin(visit: Visit) -> Answer:
    """Begin a tender's folder as `offsetcheck init tender` does."""
    _refuse_alone(visit)
    words, rulebook = words_of(visit), rulebook_of(visit.workplace.rules)
    name, city = visit.filled("name"), visit.filled("city")
    language = visit.filled("language") or visit.language
    wrong = [*_wrong_name(visit, name, words)]
    if city not in {code for code, _ in _cities(visit, rulebook)}:
        wrong.append(Wrong("city", words["web_tenders.which_city"]))
    if language not in visit.languages:
        wrong.append(Wrong("language", words["web_tenders.which_language"]))
    if wrong:
        return _new_page(visit, _Typed(name, city, language), tuple(wrong))
    folder = visit.workplace.folder
    named = str(folder / city.removeprefix(BESIDE)) if city.startswith(BESIDE) else city
    try:
        init_tender(
            folder / name, rulebook, named, as_of=visit.today, language=language,
            named=name, command=COMMAND,
        )  # fmt: skip
    except OffsetcheckError as error:
        field = "city" if isinstance(error, RequestError) else ""
        told = tuple(Wrong(field, f"{one.place}: {one.message}") for one in error.problems)
        return _new_page(visit, _Typed(name, city, language), told)
    return Redirect(
        f"/t/{quote(name)}", "web_tenders.begun", details={"folder": name, "city": city}
    )


def _wrong_name(visit: Visit, name: str, words: Words) -> tuple[Wrong, ...]:
    """Return what is wrong with the name of a new folder; one that is there is not used again."""
    path = new_folder(visit.workplace, name)
    if path is None:
        return (Wrong("name", words["web_tenders.which_name"]),)
    there = {one.name.casefold() for one in visit.workplace.folder.iterdir()}
    taken = name.casefold() in there
    return (Wrong("name", say(words, "web_tenders.taken", name=name)),) if taken else ()


def _take_sample(visit: Visit) -> Answer:
    """Copy a sample tender into the served folder, under its own name or the next that is free."""
    _refuse_alone(visit)
    sample = visit.filled("sample")
    if sample not in sample_tenders():
        raise RefusedError(404, "web_tenders.no_sample")
    there = {one.name.casefold() for one in visit.workplace.folder.iterdir()}
    names = (sample, *(f"{sample}-{number}" for number in range(2, 1000)))
    name = next((one for one in names if one not in there), None)
    path = None if name is None else new_folder(visit.workplace, name)
    if name is None or path is None:
        raise RefusedError(CONFLICT, "web_tenders.too_many_samples")
    copy_sample(sample, path)
    return Redirect(f"/t/{quote(name)}", "web_tenders.taken_sample", details={"folder": name})


def _refuse_alone(visit: Visit) -> None:
    """Raise RefusedError (409) where the served folder is a tender, beside which nothing lies."""
    if (visit.workplace.folder / PURCHASE).is_file():
        raise RefusedError(CONFLICT, "web_tenders.alone")


OFFICER = frozenset({Role.OFFICER})
ROUTES = (
    Route(GET, "/", _list, nav=10, label="web_tenders.nav"),
    Route(GET, "/new", _new, roles=OFFICER),
    Route(POST, "/new", _begin, roles=OFFICER, act="tender_begun"),
    Route(POST, "/samples", _take_sample, roles=OFFICER, act="sample_taken"),
)
