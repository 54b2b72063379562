"""The order of the rooms for a purchase while somebody writes it: tried, explained, amended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from offsetcheck.api.binding import bound_on, city_or_guide
from offsetcheck.api.city import ChosenCity, city_hint, own_city_named, unknown_city
from offsetcheck.engine.assess import assess_purchase
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import setting
from offsetcheck.explain.start_tender import explain_tender_start
from offsetcheck.explain.wording import Wording
from offsetcheck.intake.files.decode import decode
from offsetcheck.intake.forms import read_form
from offsetcheck.intake.tender.offered import offers_files
from offsetcheck.intake.tender.purchase import read_purchase
from offsetcheck.intake.tender.read import NOTES, PURCHASE, offers_in, purchase_bytes
from offsetcheck.intake.tender.records import read_records
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.explanation import PurchaseExplanation
from offsetcheck.vocabulary.forms.amending import amended
from offsetcheck.vocabulary.forms.document import Mark, Steps
from offsetcheck.vocabulary.forms.writing import Plain
from offsetcheck.vocabulary.problem import (
    InputError,
    Place,
    Problem,
    RequestError,
    RulebookError,
    Severity,
)
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.start import TenderStart

NO_PURCHASE = Purchase()
WHOLE_LINE = 10**9
"""The column of a problem that concerns a line: behind all that stands on it."""


@dataclass(frozen=True, slots=True)
class TriedPurchase:
    """What a text of `purchase.yaml` says, every problem of it, and the purchase's own verdict.

    `data` is the content of the file with numbers as they are written; `keys` the places of its
    keys, line and column, each by the keys that lead to it. `explained` is None where the city is
    none, or the file cannot be read. `is_yaml` says that the whole of it is a sound mapping, into
    which values can be written.
    """

    text: str
    data: Mapping[str, Plain]
    keys: Mapping[Steps, Mark]
    purchase: Purchase
    problems: tuple[Problem, ...]
    explained: PurchaseExplanation | None = None
    is_yaml: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems by which something that is written does not count."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    def key_of(self, problem: Problem) -> tuple[str, ...]:
        """Return the keys that lead to where a problem stands, none where it stands in none."""
        at = (problem.place.line or 0, problem.place.column or WHOLE_LINE)
        if problem.place.file != PURCHASE:
            return ()
        above = [(mark, steps) for steps, mark in self.keys.items() if mark <= at]
        return tuple(map(str, max(above)[1])) if above else ()


def read_text(folder: Path) -> bytes:
    """Return the bytes of a tender's purchase; raises InputError where it cannot be read."""
    path = folder / PURCHASE
    is_empty = path.is_file() and not path.is_symlink() and not path.stat().st_size
    return b"" if is_empty else purchase_bytes(folder)  # of nothing there is a text to begin with


def purchase_in(folder: Path, rulebook: Rulebook) -> tuple[Purchase, tuple[Problem, ...]]:
    """Return the purchase of a tender's folder and what is wrong with its file, judged by nothing.

    Raises InputError where it cannot be read.
    """
    purchase, found = read_purchase(purchase_bytes(folder), PURCHASE, rulebook.dictionary)
    return purchase, tuple(found)


def try_purchase(
    folder: Path, data: bytes, rulebook: Rulebook, *, as_of: date, language: str = "en"
) -> TriedPurchase:
    """Return what a purchase would say and how it would be judged in a tender's folder.

    Nothing is written. Whatever is wrong with the text, its city included, is among the problems.
    """
    try:
        text = decode(data, PURCHASE)
        form = read_form(data, PURCHASE)
        purchase, found = read_purchase(data, PURCHASE, rulebook.dictionary)
    except InputError as error:
        return TriedPurchase(
            data.decode("utf-8", "replace"), {}, {}, NO_PURCHASE, tuple(error.problems)
        )
    records = read_records(data, PURCHASE, folder, (PURCHASE, *NOTES), rulebook.dictionary)
    said, problems = form.document, (*found, *records.problems)
    tried = TriedPurchase(text, said.data, said.keys, purchase, problems, None, not said.problems)
    return _judged(tried, folder, rulebook, as_of, language)


def _judged(
    tried: TriedPurchase, folder: Path, rulebook: Rulebook, as_of: date, language: str
) -> TriedPurchase:
    explained, problems = None, tried.problems
    try:
        city = city_of_purchase(tried.purchase, folder, rulebook)
        bound = bound_on(city.rulebook, city.id, as_of)
        made = setting(bound, tried.purchase, language)
        explained = explain_purchase(made, assess_purchase(tried.purchase, bound))
    except (InputError, RequestError, RulebookError) as error:
        line = tried.keys.get(("city",), (1, 1))[0]
        problems += tuple(_at_city(one, line) for one in error.problems)
    return replace(tried, problems=problems, explained=explained)


def _at_city(problem: Problem, line: int) -> Problem:
    """Return a problem of the city that a purchase names, at the line that names it."""
    if problem.place.field != "city":
        return problem
    return Problem(problem.message, Place(PURCHASE, line), problem.hint, problem.severity)


def city_of_purchase(purchase: Purchase, folder: Path, rulebook: Rulebook) -> ChosenCity:
    """Return the city that a purchase in a tender's folder names.

    Raises InputError for none, an unknown one or a path that it may not name, RulebookError for a
    city's own files with problems.
    """
    named = purchase.value("city")
    said = named if isinstance(named, str) else None
    own = own_city_named(said, folder, rulebook)
    if own is not None:
        return own
    if said in rulebook.cities:
        return ChosenCity(str(said), rulebook, str(said))
    known = sorted(rulebook.cities)
    message = "this tender names no city" if said is None else unknown_city(said)
    place = Place(PURCHASE, field="city")
    raise InputError([Problem(message, place, city_hint(said or "", known))])


def purchase_fields(
    folder: Path, purchase: Purchase, rulebook: Rulebook, *, as_of: date, language: str = "en"
) -> TenderStart:
    """Return every value of a purchase with its words, and which rules of its city need it.

    Where the purchase names no city that there is, the rules are those of the guide's profile.
    """
    try:
        city = city_of_purchase(purchase, folder, rulebook)
    except (InputError, RequestError, RulebookError):
        city = city_or_guide(rulebook, None)
    bound = bound_on(city.rulebook, city.id, as_of)
    return explain_tender_start(Wording(bound, language), str(purchase.value("city") or ""))


def amended_purchase(tried: TriedPurchase, wanted: Mapping[str, Plain]) -> str:
    """Return the text of a purchase with what is wanted in it; comments and order stay.

    Raises InputError for a text that is laid out so that nothing can be written into it.
    """
    return amended(tried.text, PURCHASE, wanted)


def offers_counted(folder: Path, rulebook: Rulebook) -> int | None:
    """Return how many offers a tender's folder holds as their sellers state them; None: no list.

    Raises InputError where the offers cannot be read.
    """
    problems: list[Problem] = []
    if not offers_files(folder, problems):
        return None
    return len(offers_in(folder, rulebook.dictionary))
