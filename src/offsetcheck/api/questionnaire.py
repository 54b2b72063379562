"""The order of the rooms for forms of questions: made, filled by a bidder, checked, taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from offsetcheck.api.binding import bound_on, chosen_for
from offsetcheck.api.case import read_registries
from offsetcheck.api.city import city_chosen
from offsetcheck.api.output import PROGRAM, refusals_located, refuse_file
from offsetcheck.api.request import Request
from offsetcheck.explain.needed import TYPE, needed_fields
from offsetcheck.explain.questionnaire import Asked, bid_form
from offsetcheck.explain.questionnaire_told import check_lines
from offsetcheck.explain.setting import setting
from offsetcheck.explain.translated import ENGLISH
from offsetcheck.explain.wording import words_in
from offsetcheck.ground.canonical import bytes_hash
from offsetcheck.ground.publish.single import write_file
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.questionnaire.checking import check
from offsetcheck.intake.questionnaire.filled import FilledForm, read_filled
from offsetcheck.intake.questionnaire.projects import known_projects
from offsetcheck.intake.tender.read import read_purchase_alone
from offsetcheck.report.workbooks.form import form_workbook
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.binding.fingerprint import deciding_hash
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, RequestError
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.questionnaire import CheckedForm, Form, RulesOfForm

MOST_OFFERS = 50


@dataclass(frozen=True, slots=True)
class FormOptions:
    """What a form is made for.

    `types` are codes of project types, () for any; `offers` is the number of empty sheets.
    `projects` are ids of projects of which the registry lists of the request or of the tender tell
    something: each gets a sheet of its own. `seller` is filled in where he is known, `deadline` is
    the tender's unless given.
    """

    types: tuple[str, ...] = ()
    offers: int = 1
    projects: tuple[str, ...] = ()
    seller: str | None = None
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class MadeForm:
    """A form that was written: what it asks, where it is, and the SHA-256 of its bytes.

    `problems` are those of the purchase that it was made from.
    """

    form: Form
    path: Path
    sha256: str
    problems: tuple[Problem, ...] = ()


def make_form(
    request: Request,
    rulebook: Rulebook,
    path: Path,
    *,
    options: FormOptions = FormOptions(),
    replace: bool = False,
    command: str = PROGRAM,
) -> MadeForm:
    """Write the form in which bidders answer what a purchase's rules need to know.

    `request.path` is a tender's folder, of which only `purchase.yaml` and the registry lists that
    it names are read, or any other path: then the request names the city, and nothing is known of
    the purchase. Raises RequestError for a type, city or language that is not there, InputError
    for a purchase that cannot be read, OutputError where the file may not be written.
    """
    refuse_file(path, replace=replace)
    check_types(options.types, rulebook)
    if not 1 <= options.offers <= MOST_OFFERS:
        raise RequestError.about("offers", f"between 1 and {MOST_OFFERS} sheets can be made")
    tender = read_purchase_alone(request.path, rulebook.dictionary, asked=request.asked())
    city = chosen_for(request, tender, rulebook)
    bound = bound_on(city.rulebook, city.id, request.as_of)
    made = setting(bound, tender.purchase, request.language)
    records = [*tender.registries, *read_registries(request, rulebook)]
    known = known_projects(options.projects, records, rulebook.dictionary)
    asked = Asked(options.types, options.offers, known, options.seller, options.deadline)
    form = bid_form(made, asked)
    return written(form, path, tender.problems, replace=replace, command=command)


def written(
    form: Form, path: Path, problems: tuple[Problem, ...], *, replace: bool, command: str
) -> MadeForm:
    """Write a form as a workbook, whole or not at all; raises OutputError."""
    content = form_workbook(form)
    with refusals_located():
        write_file(path, content, replace=replace, command=command)
    return MadeForm(form, path, bytes_hash([content]), problems)


def check_types(types: Sequence[str], rulebook: Rulebook) -> None:
    """Raise RequestError for a code that is no type of project."""
    known = rulebook.dictionary.candidate[TYPE].narrow
    for name in types:
        if name not in known:
            said = f"`{name}` is no type of project"
            raise RequestError.about("types", said, did_you_mean(name, known))


def check_form(path: Path, rulebook: Rulebook, city: str | None = None) -> CheckedForm:
    """Return what a bidder is told of a filled form: what is open, what cannot be read.

    `city` is the folder or file of a city that the rulebook lacks and that made the form. No
    verdict is drawn. Raises InputError where the file is no form, RequestError for a city that is
    not there or did not make it.
    """
    form = read_filled(read_bytes(path), path.name)
    if city is not None:
        rulebook = _of_city(city, form, rulebook)
    bound = _bound_of(form, rulebook)
    if bound is None:
        return check(form, rulebook.dictionary, {}, RulesOfForm.UNKNOWN)
    needed = needed_fields(setting(bound, Purchase()))
    cases = {name: need.case for name, need in needed.items()}
    return check(form, rulebook.dictionary, cases, _rules_of(form, bound))


def rules_of_form(form: FilledForm, rulebook: Rulebook) -> RulesOfForm:
    """Return whether a form was made for the rules as they are now; unknown for no known city."""
    return _rules_of(form, _bound_of(form, rulebook))


def _rules_of(form: FilledForm, bound: BoundRulebook | None) -> RulesOfForm:
    if bound is None:
        return RulesOfForm.UNKNOWN
    same = deciding_hash(bound) == form.about.get("rulebook")
    return RulesOfForm.SAME if same else RulesOfForm.CHANGED


def lines_of_check(
    made: CheckedForm, rulebook: Rulebook, language: str | None = None
) -> tuple[str, ...]:
    """Return what a bidder is told of a filled form, line by line.

    The language is the form's own unless given; English where it has no words.
    """
    own = made.language if made.language in rulebook.words else ENGLISH
    return tuple(check_lines(made, words_in(rulebook.words, language or own)))


def _of_city(named: str, form: FilledForm, rulebook: Rulebook) -> Rulebook:
    """Return the rulebook with the city that made a form."""
    chosen = city_chosen(named, rulebook)
    made_by = form.about.get("city", "")
    if chosen.id != made_by:
        raise RequestError.about("city", f"the form is of `{made_by}`, not of `{chosen.id}`")
    return chosen.rulebook


def _bound_of(form: FilledForm, rulebook: Rulebook) -> BoundRulebook | None:
    """Return the rules for which a form says that it was made; None where there are none."""
    city, day = form.about.get("city", ""), form.about.get("as_of", "")
    try:
        return (
            bound_on(rulebook, city, date.fromisoformat(day)) if city in rulebook.cities else None
        )
    except (ValueError, RequestError):
        return None
