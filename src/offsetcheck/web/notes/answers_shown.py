"""Answers of offers as pages show them: how many need a look, and each beside its cell."""

from collections import Counter
from urllib.parse import quote

from offsetcheck.api.answers import Answer, Oddness, answers_of
from offsetcheck.web.folder.kept import Opened, opened
from offsetcheck.web.incoming.looks import ProblemLine, problem_line
from offsetcheck.web.notes.writing import VerdictShown
from offsetcheck.web.visit import RefusedError, Shown, Visit


class OfferLine(Shown):
    """An offer of the list, and how many of its answers need a look."""

    id: str
    name: str
    to: str
    lost: int
    contradicted: int
    turned: int
    confirmed: int
    unstated: int


class AnswersPage(Shown):
    """The offers whose answers can be looked at."""

    offers: tuple[OfferLine, ...]
    files: str


class AnswerLine(Shown):
    """One answer, its cell, and what stands behind it."""

    field: str
    title: str
    to: str
    value: str
    offered: str
    raw: str | None
    place: str
    grade: str
    grade_words: str
    source: str
    document: str
    page: str
    confirmed: bool
    oddness: str
    others: tuple[str, ...]
    problems: tuple[ProblemLine, ...]


class OfferAnswersPage(Shown):
    """All answers of one offer, odd readings first."""

    id: str
    name: str
    back: str
    by_paper: str
    verdict: VerdictShown
    answers: tuple[AnswerLine, ...]
    unstated: tuple[AnswerLine, ...]


class AnswerPage(Shown):
    """One answer, and the form to confirm or to change it."""

    id: str
    at: str
    back: str
    answer: AnswerLine
    plain: str
    choices: tuple[tuple[str, str], ...]
    unit: str
    kinds: tuple[tuple[str, str], ...]
    papers: tuple[tuple[str, str], ...]
    filled: dict[str, str]
    seen: str
    can_confirm: bool
    can_write: bool
    many: bool
    before: VerdictShown
    after: VerdictShown | None


def offer_line(known: Opened, name: str, top: str) -> OfferLine:
    """Return an offer of the list; `top` is the address of its tender."""
    answers = answers_of(known.case, name)
    counts = Counter(one.oddness for one in answers)
    return OfferLine(
        id=name,
        name=offer_name(known, name),
        to=f"{top}/answers/{quote(name, safe='')}",
        lost=counts[Oddness.LOST],
        contradicted=counts[Oddness.CONTRADICTED],
        turned=counts[Oddness.TURNED],
        confirmed=sum(one.confirmed for one in answers),
        unstated=counts[Oddness.UNSTATED],
    )


def offer_name(known: Opened, offer: str) -> str:
    """Return what an offer's project is called, "" where that is not said."""
    value = known.case.table.candidate(list(known.ids).index(offer)).value("name")
    return "" if value is None else str(value)


def answers_at(known: Opened, offer: str) -> str:
    """Return the address of an offer's answers."""
    return f"/t/{quote(known.folder.name, safe='')}/answers/{quote(offer, safe='')}"


def by_paper_at(known: Opened, offer: str) -> str:
    """Return the address at which several answers of an offer are confirmed by one paper."""
    return f"/t/{quote(known.folder.name, safe='')}/by-paper/{quote(offer, safe='')}"


def known_offer(visit: Visit) -> tuple[Opened, str]:
    """Return the tender and offer of an address; raises RefusedError (404) for no such offer."""
    known, offer = opened(visit), visit.part("offer")
    if offer not in known.ids:
        raise RefusedError(404, "web_answers.no_offer", offer=offer)
    return known, offer


def answer_line(one: Answer, at: str) -> AnswerLine:
    """Return an answer of the offer whose answers stand at an address."""
    cell = one.cell
    parts = () if cell is None else (cell.file, cell.sheet, cell.line, cell.column)
    return AnswerLine(
        field=one.field,
        title=one.title,
        to=f"{at}/{one.field}",
        value=one.value,
        offered=one.offered,
        raw=None if cell is None else cell.text,
        place=" · ".join(str(part) for part in parts if part),
        grade=one.grade.name,
        grade_words=one.grade_words,
        source=one.source,
        document=one.document,
        page=one.page,
        confirmed=one.confirmed,
        oddness=one.oddness.value,
        others=one.others,
        problems=tuple(map(problem_line, one.problems)),
    )
