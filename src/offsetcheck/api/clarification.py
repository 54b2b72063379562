"""The order of the rooms for a round of clarification: asked, answered, taken in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_changes
from datetime import date
from pathlib import Path

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.judge import JudgedOffer, judge
from offsetcheck.api.output import PROGRAM, refuse_file, write_result
from offsetcheck.api.questionnaire import MadeForm, written
from offsetcheck.api.request import Request
from offsetcheck.explain.clarification import (
    OpenOffer,
    SameGap,
    clarification_form,
    may_be_asked,
    same_gaps,
    seller_of,
)
from offsetcheck.explain.questionnaire import Asked
from offsetcheck.explain.translated import ENGLISH
from offsetcheck.ground.canonical import bytes_hash
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.notes.clarifications import NewRound, earlier, with_rounds
from offsetcheck.intake.questionnaire.filled import FilledForm, read_filled
from offsetcheck.intake.questionnaire.merging import asked_fields, differences, new_answers
from offsetcheck.intake.tender.read import CLARIFICATIONS
from offsetcheck.report.workbooks.form import form_workbook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError, Severity
from offsetcheck.vocabulary.questionnaire import Form, FormKind

MOST_DIGITS = 3  # of the number of a round
SENT_HINT = "name the form as it was sent with `sent`"


@dataclass(frozen=True, slots=True)
class ClarificationOptions:
    """Whom a request for clarification asks: a seller, or some of his offers by id.

    `number` is that of the round, the next one unless given.
    """

    seller: str | None = None
    offers: tuple[str, ...] = ()
    number: int | None = None
    deadline: date | None = None


def make_clarification(
    request: Request,
    rulebook: Rulebook,
    path: Path,
    *,
    options: ClarificationOptions,
    replace: bool = False,
    command: str = PROGRAM,
) -> MadeForm:
    """Write a request for clarification to one seller: the open questions that decide his offers.

    Raises RequestError where nothing may or can be asked, for an unknown offer or seller, and for
    a round that has been taken in already; InputError, OutputError as `make_form`.
    """
    refuse_file(path, replace=replace)
    case = open_case(request, rulebook)
    form = clarification_of(case, options, tuple(_open_offers(case)))
    return written(form, path, case.problems, replace=replace, command=command)


def sellers_in(judged: Sequence[JudgedOffer]) -> tuple[str, ...]:
    """Return who has made some offers, each once, in their order."""
    return tuple(dict.fromkeys(seller_of(one.candidate) for one in judged))


def questions_to(case: Case, judged: Sequence[JudgedOffer], options: ClarificationOptions) -> Form:
    """Return the request for clarification that `make_clarification` writes, of judged offers."""
    every = [OpenOffer(one.candidate, one.explained) for one in judged]
    return clarification_of(case, options, every)


def clarification_of(case: Case, options: ClarificationOptions, every: Sequence[OpenOffer]) -> Form:
    """Return the request for clarification that options ask for, of offers that are judged."""
    if not may_be_asked(case.setting):
        said = "the purchase is at its final stage, at which nothing is asked again"
        raise RequestError.whole(said)
    chosen = _chosen(every, options)
    taken = [one.round for one in case.tender.rounds]
    number = options.number or 1 + max(taken, default=0)
    seller = seller_of(chosen[0].candidate)
    asked = Asked(seller=seller, deadline=options.deadline)
    form = clarification_form(case.setting, chosen, number, asked)
    if not form.sheets:
        said = "nothing that would decide these offers is open to their seller"
        raise RequestError.about("offers" if options.offers else "seller", said)
    return form


def _open_offers(case: Case) -> Iterator[OpenOffer]:
    return (OpenOffer(one.candidate, one.explained) for one in judge(case))


def _chosen(every: Sequence[OpenOffer], options: ClarificationOptions) -> list[OpenOffer]:
    """Return the offers that are asked about: those named, else all of a seller."""
    ids = [one.candidate.id for one in every]
    for name in options.offers:
        if name not in ids:
            said = f"no offer has the id `{name}`"
            raise RequestError.about("offers", said, did_you_mean(name, ids))
    sellers = list(dict.fromkeys(seller_of(one.candidate) for one in every))
    wanted = options.seller
    if wanted is not None and wanted.casefold() not in (name.casefold() for name in sellers):
        said = f"nobody called `{wanted}` has made an offer"
        hint = did_you_mean(wanted, sellers) or f"the sellers are {', '.join(sellers)}"
        raise RequestError.about("seller", said, hint)
    chosen = [
        one
        for one in every
        if (not options.offers or one.candidate.id in options.offers)
        and (wanted is None or seller_of(one.candidate).casefold() == wanted.casefold())
    ]
    found = list(dict.fromkeys(seller_of(one.candidate) for one in chosen))
    if len(found) != 1:
        said = "a request goes to one seller"
        raise RequestError.about("seller", said, f"name one of {', '.join(found or sellers)}")
    return chosen


@dataclass(frozen=True, slots=True)
class MergedAnswers:
    """A round of clarification that was taken in.

    `rounds` are the entries added to the record at `path`. `gaps` are offers of other bidders that
    wait for the same answers and have not been asked: equal treatment asks for that. `titles` are
    what reports call the fields that were answered.
    """

    path: Path
    rounds: tuple[NewRound, ...]
    gaps: tuple[SameGap, ...]
    titles: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def merge_answers(
    request: Request,
    rulebook: Rulebook,
    answers: Path,
    output: Path | None = None,
    *,
    sent: Path | None = None,
    received: date | None = None,
    replace: bool = False,
    command: str = PROGRAM,
) -> MergedAnswers:
    """Take an answered request for clarification in: add it to the record of a tender.

    `request.path` is the tender's folder, and its lists and day are those by which other offers
    are seen to wait for the same. The answer came in on the day `received`, on that of the request
    unless given. RequestError is raised where that day lies after the request's.
    The form is held against the one that was `sent`, or against the one that the tender makes
    today; whatever else was changed is refused. Without `output` the record is the tender's own
    `clarifications.yaml`, to which entries are added and nothing else is done. Raises InputError
    with every cell that cannot be taken, OutputError where the record may not be written.
    """
    day = _received(request, received)
    path = request.path / CLARIFICATIONS if output is None else output
    if output is not None:
        refuse_file(path, replace=replace)
    data = read_bytes(answers)
    back = read_filled(data, answers.name)
    base = _as_sent(back, request, rulebook, sent, day)
    problems = differences(base, back)
    case = open_case(request, rulebook)
    problems += _taken_already(back, case)
    problems += _never_sent(back, case) if sent is None else ()
    said = {
        (one.id, name): earlier(fact)
        for one in case.tender.table.candidates()
        for name, fact in one.facts.items()
    }
    found = new_answers(base, back, said, rulebook.dictionary, problems)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise InputError(errors)
    if not found:
        raise InputError([Problem("no open question is answered", Place(answers.name))])
    number, digest = int(back.about["round"]), bytes_hash([data])
    rounds = tuple(
        NewRound(number, one.offer, day, answers.name, digest, one.answers) for one in found
    )
    own = request.path / CLARIFICATIONS
    text = own.read_text("utf-8") if own.is_file() else ""
    write_result(path, with_rounds(text, rounds), replace=True, command=command)
    titles = {
        answer.field: case.setting.wording.title(answer.field)
        for one in rounds
        for answer in one.answers
    }
    return MergedAnswers(path, rounds, _gaps(base, case), titles, tuple(problems))


def _received(request: Request, received: date | None) -> date:
    """Return the day on which an answer came in; raises RequestError for one still to come."""
    if received is not None and received > request.as_of:
        said = f"the answer cannot have come in on {received}, after {request.as_of}"
        raise RequestError.about("received", said, "give a later day with `as_of`")
    return received or request.as_of


def _as_sent(
    back: FilledForm, request: Request, rulebook: Rulebook, sent: Path | None, received: date
) -> FilledForm:
    """Return the form as it was sent: the file that is named, else as the tender makes it."""
    if back.kind != FormKind.CLARIFICATION.value:
        message = "the form answers no request for clarification"
        raise InputError([Problem(message, Place(back.file), "a bid form is a list of offers")])
    if sent is not None:
        return read_filled(read_bytes(sent), sent.name)
    about = back.about
    day, number, deadline = _said_of_itself(back)
    if day > received:
        message = f"the form is of {day}, and its answer came in on {received}"
        raise InputError([Problem(message, Place(back.file), SENT_HINT)])
    spoken = about.get("language", ENGLISH)
    language = spoken if spoken in rulebook.words else ENGLISH
    case = open_case(with_changes(request, as_of=day, language=language), rulebook)
    offers = tuple(sheet.offer for sheet in back.sheets if sheet.offer)
    known = tuple(offer for offer in offers if offer in case.table.ids)
    options = ClarificationOptions(offers=known, number=number, deadline=deadline)
    form = clarification_of(case, options, tuple(_open_offers(case)))
    return read_filled(form_workbook(form), back.file)


def _said_of_itself(back: FilledForm) -> tuple[date, int, date | None]:
    """Return the day, the round and the deadline that a form states; raises InputError."""
    about = back.about
    number, deadline = about.get("round", ""), about.get("deadline", "")
    try:
        day = date.fromisoformat(about.get("as_of", ""))
        until = date.fromisoformat(deadline) if deadline else None
    except ValueError:
        number = ""
    if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS and int(number)):
        message = "the form does not say of which day and round it is"
        raise InputError([Problem(message, Place(back.file), SENT_HINT)])
    return day, int(number), until


def _never_sent(back: FilledForm, case: Case) -> Iterator[Problem]:
    """Yield why a form is of a round that the tender has not asked for.

    A round counts one on from the last that came in; and a form of a day before an answer was taken
    in asks what that answer has settled, so that it would be given a second time.
    """
    day, number, _ = _said_of_itself(back)
    coming = 1 + max((one.round for one in case.tender.rounds), default=0)
    if number > coming:
        message = f"round {number} was not asked for: the next round of the tender is {coming}"
        yield Problem(message, Place(back.file), SENT_HINT)
    for sheet in back.sheets:
        for one in case.tender.rounds:
            if one.offer == sheet.offer and one.received > day and one.round < number:
                message = (
                    f"the form is of {day}, and {one.offer} was answered on {one.received} "
                    f"in round {one.round}"
                )
                yield Problem(message, Place(back.file, sheet=sheet.name), SENT_HINT)


def _taken_already(back: FilledForm, case: Case) -> Iterator[Problem]:
    for sheet in back.sheets:
        for one in case.tender.rounds:
            if one.offer == sheet.offer and str(one.round) == back.about.get("round"):
                message = f"round {one.round} of {one.offer} was taken in on {one.received}"
                yield Problem(message, Place(back.file, sheet=sheet.name), "nothing is replaced")


def _gaps(sent: FilledForm, case: Case) -> tuple[SameGap, ...]:
    already: dict[str, list[str]] = {}
    for one in case.tender.rounds:
        already.setdefault(one.offer, []).extend(one.fields)
    return same_gaps(asked_fields(sent), _open_offers(case), already, case.setting)
