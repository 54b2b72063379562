"""What of a tender is done, what is to do and what is wrong, in the order of the work."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.purchase import TriedPurchase
from offsetcheck.api.web_page import say
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.folder.tenders import PURCHASE
from offsetcheck.web.purchase.preview import address_of
from offsetcheck.web.routes import found
from offsetcheck.web.visit import GET, Shown

NOTES = frozenset({"evidence.yaml", "screening.yaml", "reviews.yaml", "clarifications.yaml"})
DECISION, READY = "decision.yaml", "ready"
BEST_FIRST = tuple(reversed(Verdict))
BUYABLE = (Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS)
Words = Mapping[str, str]


class State(StrEnum):
    """How far a task is."""

    DONE = "done"
    TO_DO = "to_do"
    WRONG = "wrong"
    LATER = "later"


LOOKS: Mapping[State, str] = {
    State.DONE: "pass",
    State.TO_DO: "refer",
    State.WRONG: "fail",
    State.LATER: "plain",
}


class Task(Shown):
    """One thing to do in a tender: its name, how far it is, in a sentence, and where."""

    name: str
    title: str
    state: State
    state_words: str
    look: str
    said: str
    to: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a tender's files come to: the purchase, the offers where they can be read, problems.

    `judged` is None where judging all of them would keep a reader waiting; `needed` are the values
    of the purchase that stand empty and are needed. `has_decision` says that one is written down.
    """

    tender: str
    purchase: TriedPurchase
    needed: int
    has_offers: bool
    problems: tuple[Problem, ...] = ()
    opened: Opened | None = None
    judged: Sequence[JudgedOffer] | None = None
    has_decision: bool = False

    def errors_in(self, *files: str) -> int:
        """Return how many errors are told of some files."""
        return sum(
            one.severity is Severity.ERROR and one.place.file in files for one in self.problems
        )

    def count(self, *verdicts: Verdict) -> int:
        """Return how many of the judged offers have one of some verdicts."""
        return sum(one.assessment.verdict in verdicts for one in self.judged or ())


def tasks_of(standing: Standing, words: Words) -> tuple[Task, ...]:
    """Return the tasks of a tender, in order; those whose pages are not there are left out."""
    return tuple(
        Task(
            name=name,
            title=words[f"web_tender.task.{name}"],
            state=state,
            state_words=words[f"web_tender.state.{state}"],
            look=LOOKS[state],
            said=said,
            to=to,
        )
        for name, page, state, said in _tasks(standing, words)
        if found(GET, to := address_of(standing.tender, page)) is not None
    )


def next_of(tasks: Sequence[Task]) -> Task | None:
    """Return what comes next: what is wrong first, then what is to do."""
    wrong = (one for one in tasks if one.state is State.WRONG)
    return next(wrong, None) or next((one for one in tasks if one.state is State.TO_DO), None)


def _tasks(standing: Standing, words: Words) -> Iterator[tuple[str, str, State, str]]:
    yield "purchase", "purchase", *_purchase(standing, words)
    yield "form", "bid-form", *_form(standing, words)
    yield "offers", "offers", *_offers(standing, words)
    yield "evidence", "evidence", *_evidence(standing, words)
    yield "verdicts", "verdicts", *_verdicts(standing, words)
    decided = standing.has_decision
    ready = standing.count(*BUYABLE) > 0
    yield "award", "award", *_after(words, "award", done=decided, now=ready)
    yield "decision", "decision", *_after(words, "decision", done=decided, now=ready)
    yield (
        "letters",
        "letters",
        *_after(words, "letters", done=False, now=standing.opened is not None),
    )
    yield "claim", "claim", *_after(words, "claim", done=False, now=decided)


def _word(words: Words, key: str, **values: object) -> str:
    return say(words, f"web_tender.{key}", **values)


def _some(words: Words, key: str, count: int) -> str:
    """Return a sentence of one or of several."""
    return _word(words, f"{key}.{'one' if count == 1 else 'many'}", count=count)


def _purchase(standing: Standing, words: Words) -> tuple[State, str]:
    errors = len(standing.purchase.errors)
    explained = standing.purchase.explained
    if errors:
        return State.WRONG, _some(words, "errors", errors)
    empty = _some(words, "empty", standing.needed) if standing.needed else ""
    if explained is None:
        return State.TO_DO, empty
    ready = explained.verdict.verdict == READY
    return State.DONE if ready else State.TO_DO, f"{explained.verdict.words}. {empty}".strip()


def _form(standing: Standing, words: Words) -> tuple[State, str]:
    if standing.has_offers:
        return State.DONE, _word(words, "form_back")
    explained = standing.purchase.explained
    waits = explained is None or explained.verdict.verdict != READY
    return State.LATER if waits else State.TO_DO, _word(
        words, "form_first" if waits else "form_out"
    )


def _offers(standing: Standing, words: Words) -> tuple[State, str]:
    if not standing.has_offers:
        return State.TO_DO, _word(words, "no_offers")
    if standing.opened is None:
        return State.WRONG, _word(words, "offers_unread")
    table = standing.opened.case.table
    files = {file for file, _ in standing.opened.case.tender.files} - {PURCHASE, *NOTES}
    errors = standing.errors_in(*files)
    if errors:
        return State.WRONG, _some(words, "errors", errors)
    return State.DONE, _some(words, "offers", len(table))


def _evidence(standing: Standing, words: Words) -> tuple[State, str]:
    errors = standing.errors_in(*NOTES)
    if errors:
        return State.WRONG, _some(words, "errors", errors)
    if standing.opened is None:
        return State.LATER, _word(words, "after_offers")
    if standing.judged is None:
        return State.TO_DO, _word(words, "not_judged")
    open_ = standing.count(Verdict.UNDECIDED)
    if open_:
        return State.TO_DO, _some(words, "undecided", open_)
    return State.DONE, _word(words, "all_decided")


def _verdicts(standing: Standing, words: Words) -> tuple[State, str]:
    if standing.opened is None:
        return State.LATER, _word(words, "after_offers")
    if standing.judged is None:
        return State.TO_DO, _word(words, "not_judged")
    counted = [(verdict, standing.count(verdict)) for verdict in BEST_FIRST]
    said = "; ".join(f"{words[f'verdict.{v.value}']}: {n}" for v, n in counted if n)
    return State.DONE, said


def _after(words: Words, name: str, *, done: bool, now: bool) -> tuple[State, str]:
    """Return how far a task is that comes once offers may be bought."""
    if done:
        return State.DONE, _word(words, f"{name}_done")
    return (
        (State.TO_DO, _word(words, f"{name}_now"))
        if now
        else (State.LATER, _word(words, f"{name}_later"))
    )
