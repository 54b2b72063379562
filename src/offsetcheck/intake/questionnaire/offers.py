"""A filled form to candidates: each sheet an offer, each answer its seller's own word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from offsetcheck.intake.bidsheet import GRADE, with_derived
from offsetcheck.intake.columns.stated import with_days_of_years
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.normalise.currencies import currency_in
from offsetcheck.intake.normalise.text import key, read_text, shown
from offsetcheck.intake.questionnaire.filled import FilledAnswer, FilledForm, FilledSheet
from offsetcheck.intake.questionnaire.values import ReadAnswer, read_answer
from offsetcheck.intake.tables.identities import identities
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Cause, Fact, with_values
from offsetcheck.vocabulary.problem import InputError, Place, Problem, Severity
from offsetcheck.vocabulary.questionnaire import SELLER, FormKind
from offsetcheck.vocabulary.reading import (
    BID_SHEET,
    ColumnSeen,
    FormSeen,
    Reading,
    SheetSeen,
    SheetState,
)
from offsetcheck.vocabulary.table import CandidateTable, Column

SOURCE = "bid form"
BECAUSE = "the hidden marks of a form of questions"
OF_ALL = frozenset({SELLER, "currency"})
"""Fields that say nothing of an offer by themselves; a sheet with no other answer is empty."""

ORIGIN = Fact(grade=GRADE, source=SOURCE)


@dataclass(frozen=True, slots=True)
class OfferSheets(Sheet):
    """The offers of forms as a sheet with a row for each, whose places are those of their ids."""

    places: Sequence[Place] = field(default_factory=tuple)

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Return the place of an offer's id, or of the whole."""
        del column
        return Place(self.file) if row is None else self.places[row]

    def where(self, row: int) -> str:
        """Return the sheet of another offer, with its file where there are several."""
        place = self.places[row]
        sheet = f"sheet {place.sheet}"
        return sheet if place.file == self.file else f"{place.file}, {sheet}"


@dataclass(frozen=True, slots=True)
class _Offer:
    """One sheet with an offer: its answers as read, and where its id stands."""

    file: str
    sheet: str
    place: Place
    facts: Mapping[str, Fact]
    lost: frozenset[str]


def offers_of_form(form: FilledForm, dictionary: Dictionary) -> CandidateTable:
    """Return a filled bid form as candidates; see `offers_of_forms`."""
    return offers_of_forms((form,), dictionary, form.file)


def offers_of_forms(
    forms: Sequence[FilledForm], dictionary: Dictionary, name: str
) -> CandidateTable:
    """Return the offers of several bidders' forms as candidates of one list.

    Sheets without an answer are passed over. What cannot be read is a problem at its cell. Raises
    InputError where no form holds an offer, and for an answer to a request for clarification,
    which is no list of offers.
    """
    _refuse_clarifications(forms)
    problems: list[Problem] = [problem for form in forms for problem in form.problems]
    offers = [
        offer for form in forms for offer in _offers(form, dictionary, problems) if offer.facts
    ]
    if not offers:
        raise InputError([*problems, Problem("no sheet of the form holds an offer", Place(name))])
    columns = _columns(offers, dictionary)
    sheet = OfferSheets(
        name,
        list(columns),
        [],
        [offer.place.line or 1 for offer in offers],
        places=[offer.place for offer in offers],
    )
    columns = with_days_of_years(columns, dictionary)
    named = identities(sheet, columns)
    columns = with_derived(columns, named.projects, dictionary)
    return CandidateTable(
        named.ids,
        {**columns, "id": _with_full(named.column(columns.get("id"), GRADE), columns.get("id"))},
        name,
        sheet.lines,
        BID_SHEET,
        None,
        SOURCE,
        [*problems, *named.problems],
        _reading(forms, offers, dictionary, name),
    )


def _refuse_clarifications(forms: Sequence[FilledForm]) -> None:
    for form in forms:
        if form.kind == FormKind.CLARIFICATION.value:
            message = "this answers a request for clarification and is no list of offers"
            hint = "take it in with `offsetcheck questionnaire merge`"
            raise InputError([Problem(message, Place(form.file), hint)])


def _offers(form: FilledForm, dictionary: Dictionary, problems: list[Problem]) -> Sequence[_Offer]:
    read = [_offer(form, sheet, dictionary, problems) for sheet in form.sheets]
    told = [offer for offer in read if offer is not None]
    problems += _several_sellers(told)
    seller = next((o.facts[SELLER] for o in told if SELLER in o.facts), None)
    if seller is None:
        return told
    return [replace(offer, facts={SELLER: seller, **offer.facts}) for offer in told]


def _several_sellers(offers: Sequence[_Offer]) -> Iterator[Problem]:
    """Yield sheets of one form whose seller is not the one named before: a form is one bidder's."""
    named = [offer for offer in offers if isinstance(offer.facts.get(SELLER, ORIGIN).value, str)]
    for offer in named[1:]:
        said, first = (str(one.facts[SELLER].value) for one in (offer, named[0]))
        if key(said) != key(first):
            place = offer.facts[SELLER].place or offer.place
            message = f"the form names {shown(said)} as seller, after {shown(first)}"
            yield Problem(message, place, "a form is one seller's", Severity.WARNING)


def _offer(
    form: FilledForm, sheet: FilledSheet, dictionary: Dictionary, problems: list[Problem]
) -> _Offer | None:
    """Return the offer of a sheet, None where nothing is answered in it."""
    given = [a for a in sheet.answers if a.answer.text.strip() or a.answer.spoilt]
    if not any(answer.field not in OF_ALL for answer in given):
        return None
    facts: dict[str, Fact] = {}
    lost: set[str] = set()
    for answer in given:
        read = read_answer(answer, dictionary, form.about)
        if read.problem is not None:
            problems.append(read.problem)
            lost.add(answer.field)
        if answer.field in dictionary.candidate:
            facts[answer.field] = fact_of(answer, read)
    problems += _papers_alone(sheet)
    facts |= _currency(facts)
    place = next((a.answer.place for a in sheet.answers if a.field == "id"), None)
    return _Offer(
        form.file,
        sheet.name,
        place or Place(form.file, 1, sheet=sheet.name),
        facts,
        frozenset(lost),
    )


def _currency(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the currency that the cell of the price names, where its own cell names none."""
    price = facts.get("price")
    said = currency_in(price.raw or "") if price is not None and "currency" not in facts else None
    return {"currency": replace(price, value=said)} if price is not None and said else {}


def fact_of(answer: FilledAnswer, read: ReadAnswer, origin: Fact = ORIGIN) -> Fact:
    """Return an answer as a fact: its value, its cell, and the paper and page named for it."""
    fact = replace(
        origin,
        raw=answer.answer.text,
        place=replace(answer.answer.place, field=answer.question or None),
        document=read_text(answer.document.text),
        page=read_text(answer.page.text),
    )
    if read.possible:
        return with_values(fact, read.possible)
    if read.problem is not None:
        return replace(fact, cause=Cause.NOT_STATED)
    return replace(fact, value=read.value)


def _papers_alone(sheet: FilledSheet) -> list[Problem]:
    """Note papers that are named for no answer."""
    return [
        Problem(
            f"{answer.document.name}: a document is named and the question is not answered",
            answer.document.place,
            f"answer it in {answer.answer.name}",
            Severity.WARNING,
        )
        for answer in sheet.answers
        if answer.document.text.strip() and not answer.answer.text.strip()
    ]


def _columns(offers: Sequence[_Offer], dictionary: Dictionary) -> dict[str, Column]:
    """Return the facts of offers as columns, in the order of the dictionary."""
    names = [name for name in dictionary.candidate if any(name in o.facts for o in offers)]
    return {name: _column([offer.facts.get(name, ORIGIN) for offer in offers]) for name in names}


def _column(facts: Sequence[Fact]) -> Column:
    causes = [fact.cause for fact in facts]
    return Column(
        [fact.value for fact in facts],
        GRADE,
        causes if any(causes) else None,
        [fact.raw or "" for fact in facts],
        full={row: fact for row, fact in enumerate(facts) if fact.place is not None},
    )


def _with_full(column: Column, stated: Column | None) -> Column:
    """Return the ids of projects with the cells in which they stand."""
    if stated is None:
        return column
    full = {
        row: replace(fact, value=column.values[row], cause=column.cause(row))
        for row, fact in stated.full.items()
    }
    return replace(column, full=full)


def _sellers(offers: Iterable[_Offer]) -> tuple[str, ...]:
    said = (offer.facts.get(SELLER, ORIGIN).value for offer in offers)
    return tuple(dict.fromkeys(name for name in said if isinstance(name, str)))


def _reading(
    forms: Sequence[FilledForm], offers: Sequence[_Offer], dictionary: Dictionary, name: str
) -> Reading:
    """Return the account of forms: a column for each field, the sheets that hold an offer."""
    used = {(offer.file, offer.sheet) for offer in offers}
    several = len(forms) > 1
    return Reading(
        file=name,
        layout=BID_SHEET,
        why=BECAUSE,
        rows=len(offers),
        columns=[
            ColumnSeen(
                field_name,
                field_name,
                sum(field_name in offer.facts for offer in offers),
                sum(field_name in offer.lost for offer in offers),
            )
            for field_name in dictionary.candidate
            if any(field_name in offer.facts for offer in offers)
        ],
        sheets=[
            SheetSeen(
                f"{form.file}: {sheet.name}" if several else sheet.name, sheet.rows, SheetState.READ
            )
            for form in forms
            for sheet in form.sheets
            if (form.file, sheet.name) in used
        ],
        grade=GRADE,
        forms=[
            FormSeen(
                form.file,
                form.about.get("city", ""),
                form.about.get("purchase", ""),
                form.about.get("language", ""),
                _sellers(offer for offer in offers if offer.file == form.file),
            )
            for form in forms
        ],
    )
