"""What a purchase comes to as it is typed: its own verdict, what is wrong with it, what is next."""

from collections.abc import Iterable
from urllib.parse import quote

from offsetcheck.api.purchase import TriedPurchase
from offsetcheck.api.web_page import VERDICT_LOOKS, say
from offsetcheck.vocabulary.explanation import ClaimRange
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.web.purchase.shown import Part, Words
from offsetcheck.web.visit import Shown, Wrong


class ProblemLine(Shown):
    """One thing that is wrong with a file: how bad, where, what, and what to do."""

    severity: str
    place: str
    message: str
    hint: str


class Preview(Shown):
    """The purchase's own verdict with its reasons, and the problems of what is typed."""

    verdict: str = ""
    look: str = ""
    sign: str = ""
    stamp: str = ""
    claim: str = ""
    reasons: tuple[str, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    problems: tuple[ProblemLine, ...] = ()


def preview_of(tried: TriedPurchase, words: Words) -> Preview:
    """Return what a text of a purchase comes to."""
    problems = problem_lines(tried.problems, words)
    explained = tried.explained
    if explained is None:
        return Preview(problems=problems)
    look = VERDICT_LOOKS[explained.verdict.verdict]
    return Preview(
        verdict=explained.verdict.words,
        look=look["look"],
        sign=look["sign"],
        stamp=explained.verdict.stamp or "",
        claim=_claim(explained.claim, words) if explained.claim else "",
        reasons=tuple(one.text for one in explained.reasons),
        actions=tuple((one.who_words, one.text) for one in explained.actions),
        problems=problems,
    )


def _claim(claim: ClaimRange, words: Words) -> str:
    key = "claim.words" if claim.limit == claim.worst else "claim.open"
    limit, worst = words[f"claim.{claim.limit}"], words[f"claim.{claim.worst}"]
    return say(words, key, limit=limit, worst=worst)


def problem_lines(problems: Iterable[Problem], words: Words) -> tuple[ProblemLine, ...]:
    """Return problems as a page shows them."""
    return tuple(
        ProblemLine(
            severity=words[f"severity.{one.severity.value}"],
            place=str(one.place),
            message=one.message,
            hint=one.hint or "",
        )
        for one in problems
    )


def new_errors(tried: TriedPurchase, before: TriedPurchase) -> tuple[Problem, ...]:
    """Return what is wrong with a text that was not wrong with the file before."""
    known = {(before.key_of(one), one.message) for one in before.errors}
    return tuple(one for one in tried.errors if (tried.key_of(one), one.message) not in known)


def wrong_of(
    problems: Iterable[Problem], tried: TriedPurchase, parts: Iterable[Part]
) -> tuple[Wrong, ...]:
    """Return problems at the inputs of the form that they are about."""
    labels = {one.name: one.label for part in parts for one in part.inputs}
    anchors = {part.name: part.title for part in parts} | labels
    return tuple(_wrong(one, tried.key_of(one), anchors) for one in problems)


def _wrong(problem: Problem, steps: tuple[str, ...], anchors: dict[str, str]) -> Wrong:
    names = (".".join(steps[:length]) for length in range(len(steps), 0, -1))
    name = next((one for one in names if one in anchors), "")
    hint = f" ({problem.hint})" if problem.hint else ""
    said = f"{anchors[name]}: {problem.message}{hint}" if name else f"{problem.message}{hint}"
    return Wrong(name, said)


def address_of(tender: str, *rest: str) -> str:
    """Return the address of a tender's page."""
    return "/".join(("/t", quote(tender, safe=""), *rest))
