"""The order of the rooms for a claim: a tender and chosen offers -> what the city may say."""

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.decision import decision_of
from offsetcheck.api.judge import JudgedOffer, judge, offer_named, problems_of
from offsetcheck.api.request import Request
from offsetcheck.explain.claims.chosen import ClaimBasis, ClaimOffer, chosen_of
from offsetcheck.explain.claims.lint import lint_claim
from offsetcheck.explain.claims.statement import claim_statement
from offsetcheck.explain.wording import Wording
from offsetcheck.report.render import render
from offsetcheck.rulebook.lexicon.load import lexicon_of
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.claim_kind import Said
from offsetcheck.vocabulary.claim_statement import ClaimLint, ClaimStatement
from offsetcheck.vocabulary.decision import Decision
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.vocabulary.reading import Reading

LONGEST_TEXT = 200_000
"""Characters of a text that is held against a claim: a long press release has a twentieth."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of claim, or a text held against one, with the words that a page of it takes.

    `problems` are those of the input, of the named offers' own rows where any are named;
    `templates` is the city's own folder.
    """

    explained: ClaimStatement | ClaimLint
    wording: Wording
    problems: tuple[Problem, ...]
    readings: tuple[Reading, ...] = ()
    remarks: tuple[str, ...] = ()
    templates: Path | None = None


def claim(request: Request, rulebook: Rulebook, offers: Sequence[str] = ()) -> Claim:
    """Return what the city may say of the offers of a tender with these ids.

    Without any it is about those that were decided on, with their tonnes, else about all that may
    be bought as they are. Raises RequestError for an unknown id, InputError and RulebookError as
    `open_case` does, and InputError for a decision that cannot be read.
    """
    case = open_case(request, rulebook)
    chosen = chosen_in(case, offers, request.again(case.city_named))
    return _made(_statement(chosen, case), case, offers)


def claim_explained(case: Case, judged: Sequence[JudgedOffer]) -> ClaimStatement:
    """Return what the city may say of all that may be bought of offers that are judged already."""
    try:
        decision = decision_of(case)
    except InputError:  # letters and `claim` itself tell what is wrong with it
        decision = None
    return _statement(_chosen(case, judged, (), decision, case.setting.origin.reproduce), case)


def _statement(chosen: ClaimBasis, case: Case) -> ClaimStatement:
    return claim_statement(chosen, lexicon_of(case.chosen.rulebook))


def lint(
    request: Request, rulebook: Rulebook, text: str, name: str, offers: Sequence[str] = ()
) -> Claim:
    """Return a text, such as a press release, held against what the city may say of these offers.

    `name` is what pages call the text. Raises as `claim` does, and InputError for a text that is
    too long.
    """
    refuse_long(text, name)
    case = open_case(request, rulebook)
    head, _, options = request.again(case.city_named).partition(" --")
    again = f"{head} {shlex.quote(name)} --{options}"
    explained = lint_claim(chosen_in(case, offers, again), lexicon_of(rulebook), text, name)
    return _made(explained, case, offers)


def refuse_long(text: str, name: str) -> None:
    """Raise InputError for a text that is longer than any press release."""
    if len(text) > LONGEST_TEXT:
        message = f"the text has more than {LONGEST_TEXT:,} characters"
        raise InputError([Problem(message, Place(name), "hold one press release at a time")])


def read_text(path: Path) -> str:
    """Return a plain text; raises InputError for one that is not there, too large or no text."""
    place = Place(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(4 * LONGEST_TEXT + 1)
        return text_of_bytes(data, path.name)
    except OSError as error:
        message = f"the text cannot be read: {(error.strerror or str(error)).lower()}"
        raise InputError([Problem(message, place)]) from error


def text_of_bytes(data: bytes, name: str) -> str:
    """Return the text of bytes in UTF-8; raises InputError for any others."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "save it as UTF-8; of a Word or PDF file copy the text"
        raise InputError([Problem("the text is not UTF-8", Place(name, line), hint)]) from error
    if "\x00" in text:
        raise InputError([Problem("this is no plain text", Place(name), "copy the text of it")])
    return text


def bars(made: Claim) -> bool:
    """Return whether a text holds words that are not allowed."""
    explained = made.explained
    if not isinstance(explained, ClaimLint):
        return False
    return any(one.said == Said.NOT_ALLOWED.value for one in explained.sentences)


def text_of(made: Claim, form: str, templates: Path | None) -> str | bytes:
    """Return a claim or a text held against it as a page in a format of reports."""
    return render(made.explained, form, made.wording.words, templates=templates or made.templates)


def chosen_in(case: Case, offers: Sequence[str], command: str = "") -> ClaimBasis:
    """Return the offers of a case with these ids, judged; `command` makes the same page again.

    Raises RequestError for an unknown id.
    """
    for one in offers:
        offer_named(case, one)
    words = " ".join([command, *(f"--offer {shlex.quote(one)}" for one in offers)])
    return _chosen(case, judge(case), offers, decision_of(case), words)


def _chosen(
    case: Case,
    judged: Iterable[JudgedOffer],
    offers: Sequence[str],
    decision: Decision | None,
    words: str,
) -> ClaimBasis:
    """Return the offers of some ids, else those decided on, else all that may be bought."""
    awarded = {one.offer: one.tonnes for one in decision.awarded} if decision else {}
    lots = tuple(
        ClaimOffer(j.candidate, j.assessment, j.explained, awarded.get(j.candidate.id))
        for j in judged
    )
    setting = replace(case.setting, origin=replace(case.setting.origin, reproduce=words))
    ids = offers or tuple(awarded)
    decided = bool(awarded) and set(ids) <= awarded.keys()
    return ClaimBasis(setting, case.purchase_explained, chosen_of(lots, ids), lots, decided)


def _made(explained: ClaimStatement | ClaimLint, case: Case, offers: Sequence[str]) -> Claim:
    own = [problem for one in dict.fromkeys(offers) for problem in problems_of(case, one)]
    problems = tuple(dict.fromkeys(own)) if offers else case.problems
    wording = case.setting.wording
    return Claim(explained, wording, problems, case.readings, case.remarks, case.templates)
