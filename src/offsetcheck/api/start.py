"""The order of the rooms for a beginning: a tender's folder, or the folder of a city's own."""

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date
from pathlib import Path

from offsetcheck.api.binding import bound_on
from offsetcheck.api.case import AnyPath
from offsetcheck.api.city import ChosenCity, check_lies_near, city_chosen, city_hint, unknown_city
from offsetcheck.api.editor import editor_files_of_city
from offsetcheck.api.output import PROGRAM, result_folder
from offsetcheck.explain.setting import setting
from offsetcheck.explain.start_city import explain_city_start
from offsetcheck.explain.start_tender import explain_tender_start
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.publish.naming import write_text
from offsetcheck.intake.normalise.countries import read_country
from offsetcheck.report.start.city import city_files
from offsetcheck.report.start.lines import one_line
from offsetcheck.report.start.tender import README, tender_files
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.policies.model import CityFile
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import (
    InputError,
    OutputError,
    Problem,
    RequestError,
    UnreadableError,
)
from offsetcheck.vocabulary.purchase import Purchase

FORM = "bid_form.xlsx"
EU = "eu"
# Member states of the European Union since 2020-02-01, by ISO 3166-1.
EU_MEMBERS = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
))  # fmt: skip
COUNTRY_FORM = "write its two letters, such as FI or US"
NEW_FOLDER = "name a new folder, or use --force"


@dataclass(frozen=True, slots=True)
class Begun:
    """A folder that was begun: its files in order, and the one to read first."""

    files: tuple[Path, ...]
    first: Path


def init_tender(
    folder: AnyPath,
    rulebook: Rulebook,
    city: str,
    *,
    as_of: date,
    language: str = "en",
    replace: bool = False,
    named: str | None = None,
    command: str = PROGRAM,
) -> Begun:
    """Write a tender's folder to be filled in, by the rules of a city on a day; nothing is read.

    `city` is an id of the rulebook, or a folder or file of its own, which lies in the tender's
    folder or beside it. `named` is how the commands in its texts name the folder, `folder` itself
    unless given. With `replace`, what an earlier run wrote there goes. Raises RequestError,
    RulebookError for a city's own files with problems, OutputError.
    """
    goal = Path(folder)
    chosen = city_chosen(city, rulebook)
    bound = bound_on(chosen.rulebook, chosen.id, as_of)
    wording = Wording(bound, language)
    start = explain_tender_start(wording, _named_in_tender(chosen, city, rulebook, goal))
    texts = tender_files(start, wording.words, named or os.fspath(folder), FORM)
    files = {FORM: bid_form(bound, language)}
    written = _write(goal, texts, files, replace=replace, command=command)
    return Begun(written, goal / README)


def bid_form(bound: BoundRulebook, language: str) -> bytes:
    """Return the form in which bidders answer what a city's rules ask, as a workbook.

    Nothing is known of the purchase yet: it asks what any purchase of the city needs, and
    `make_form` makes a narrower one once the purchase is filled in.
    """
    from offsetcheck.explain.questionnaire import Asked
    from offsetcheck.explain.questionnaire import bid_form as form_of
    from offsetcheck.report.workbooks.form import form_workbook

    return form_workbook(form_of(setting(bound, Purchase(), language), Asked()))


def init_city(
    name: str,
    folder: AnyPath | None,
    rulebook: Rulebook,
    *,
    as_of: date,
    country: str | None = None,
    extends: str | None = None,
    language: str = "en",
    replace: bool = False,
    command: str = PROGRAM,
) -> Begun:
    """Write the folder of a city's own, with every decision that it has to take explained.

    Without `folder` it is named as the city's id. `country` is the code of its country, `extends`
    a shipped city that it builds on. Raises RequestError, OutputError.
    """
    code = None if country is None else _country(country)
    city = _new_city(name, rulebook, country=code, extends=extends, language=language)
    goal = Path(folder if folder is not None else city.id)
    with_it = _with_city(rulebook, city)
    wording = Wording(bound_on(with_it, city.id, as_of), language)
    start = explain_city_start(wording, rulebook, extends=extends, country=code)
    start = start.model_copy(update={"name": one_line(name)})
    texts = city_files(start, wording.words, os.fspath(goal)) | editor_files_of_city(with_it)
    written = _write(goal, texts, {}, replace=replace, command=command)
    return Begun(written, goal / README)


def _with_city(rulebook: Rulebook, city: CityFile) -> Rulebook:
    return changed(rulebook, cities={**rulebook.cities, city.id: city})


def _new_city(
    name: str, rulebook: Rulebook, *, country: str | None, extends: str | None, language: str
) -> CityFile:
    """Return the policy of a city that has decided nothing, or as that of the city it builds on."""
    identity = _identity(name, rulebook, extends)
    if extends is not None:
        if country is not None:
            said = "the country is that of the city that is built on"
            raise RequestError.about("country", said, "leave `country` or `extends` out")
        return rulebook.cities[extends].model_copy(update={"id": identity})
    return CityFile(
        id=identity,
        name={"en": one_line(name), language: one_line(name)},
        jurisdictions=_jurisdictions(country, rulebook),
        languages=(language,),
        scope="community",
        offsetting="permitted",
    )


def _identity(name: str, rulebook: Rulebook, extends: str | None) -> str:
    """Return the id that a name makes: its letters without accents, small, `_` for all else."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    identity = re.sub(r"[^a-z0-9]+", "_", bare).strip("_")
    if extends is not None and extends not in rulebook.cities:
        hint = city_hint(extends, sorted(rulebook.cities))
        raise RequestError.about("extends", unknown_city(extends), hint)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", identity):
        said = f"`{name}` makes no id of small letters, digits and underscores"
        raise RequestError.about("city_name", said, "write the name in Latin letters")
    if identity in rulebook.cities and identity != extends:
        said = f"`{identity}` is a shipped city"
        hint = f"build on it with `extends`, or use it as it is: --city {identity}"
        raise RequestError.about("city_name", said, hint)
    if identity in rulebook.jurisdictions or identity in {"all", "guide"}:
        raise RequestError.about("city_name", f"`{identity}` is the id of something else")
    return identity


def _country(said: str) -> str:
    """Return the code of a country as somebody names it, by its letters or its name."""
    try:
        code = read_country(said)
    except UnreadableError as why:
        raise RequestError.about("country", why.reason, COUNTRY_FORM) from None
    if not isinstance(code, str):
        raise RequestError.about("country", f"`{said}` is no single country", COUNTRY_FORM)
    return code


def _jurisdictions(country: str | None, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the jurisdictions of a country, the widest first; it need have no file yet."""
    if country is None:
        return ()
    union = (EU,) if country in EU_MEMBERS and EU in rulebook.jurisdictions else ()
    return (*union, country.lower())


def _named_in_tender(chosen: ChosenCity, city: str, rulebook: Rulebook, folder: Path) -> str:
    """Return a city as a tender's purchase.yaml names it: its id, or its path from the folder."""
    if city in rulebook.cities:
        return city
    named = Path(os.path.relpath(os.path.realpath(city), os.path.realpath(folder))).as_posix()
    try:
        check_lies_near(folder / named, named, folder)
    except InputError as error:
        hint = f"put {chosen.named} beside {folder}, or begin the tender beside it"
        raise RequestError.about("city", error.problems[0].message, hint) from None
    return named if "/" in named or named.endswith(".yaml") else f"./{named}"


def _write(
    goal: Path,
    texts: Mapping[str, str],
    files: Mapping[str, bytes],
    *,
    replace: bool,
    command: str,
) -> tuple[Path, ...]:
    """Write the files of a folder, whole or not at all, and return their paths."""
    try:
        with result_folder(goal, replace=replace, command=command) as making:
            making.refuse([*texts, *files])
            for name, text in texts.items():
                (making.draft / name).parent.mkdir(parents=True, exist_ok=True)
                write_text(making.draft / name, text)
            for name, content in files.items():
                (making.draft / name).write_bytes(content)
    except OutputError as error:
        raise OutputError([_as_folder(problem) for problem in error.problems]) from error
    return tuple(goal / name for name in (*texts, *files))


def _as_folder(problem: Problem) -> Problem:
    """Return a problem whose hint speaks of the folder, which is no option here."""
    hint = problem.hint and NEW_FOLDER if "-o" in (problem.hint or "") else problem.hint
    return Problem(problem.message, problem.place, hint)
