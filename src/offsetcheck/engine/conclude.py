"""The one place that is asked for conclusions, and that says who draws them.

durable-rules concludes where it can be imported. It cannot be where no compiler was at hand, nor,
as it was released, on Python 3.13 and later; there the plain fixpoint concludes the same.
"""

from enum import StrEnum
from functools import cache
from importlib.metadata import version

from offsetcheck.engine.conclusion import Conclusions
from offsetcheck.engine.plain import PlainConclusions
from offsetcheck.ground.surroundings import wanted_concluder
from offsetcheck.rulebook.binding.bound import ConclusionRule
from offsetcheck.vocabulary.problem import OffsetcheckError, Place, Problem

WISH = Place("OFFSETCHECK_CONCLUDER")


class Concluder(StrEnum):
    """Who concludes; the values are the words of OFFSETCHECK_CONCLUDER."""

    DURABLE_RULES = "durable-rules"
    FIXPOINT = "fixpoint"


def conclusions(rules: tuple[ConclusionRule, ...]) -> Conclusions:
    """Return rules made ready; equal rules are compiled once in a process.

    Raises RulebookError for rules that cannot be held, OffsetcheckError for a wish that cannot be
    met.
    """
    return _ready(rules, concluder())


def plain_conclusions(rules: tuple[ConclusionRule, ...]) -> Conclusions:
    """Return rules made ready for the plain fixpoint, whoever else concludes.

    It concludes the same, and nothing is compiled for rules that are tried and thrown away.
    """
    return PlainConclusions(rules)


def concluder() -> Concluder:
    """Return who concludes: the one that the environment wishes, else durable-rules if it is there.

    Raises OffsetcheckError where the wish is no concluder, or is not installed.
    """
    wish = wanted_concluder()
    if not wish:
        return Concluder.FIXPOINT if _reason_against_durable_rules() else Concluder.DURABLE_RULES
    if wish not in set(Concluder):
        known = " or ".join(Concluder)
        raise OffsetcheckError([Problem(f"`{wish}` is no concluder", WISH, f"write {known}")])
    reason = _reason_against_durable_rules() if wish == Concluder.DURABLE_RULES else None
    if reason:
        message = f"durable-rules is wished for and cannot be imported: {reason}"
        raise OffsetcheckError([Problem(message, WISH, "install it, or take the wish back")])
    return Concluder(wish)


def concluded_by() -> str:
    """Return who concludes, with its version, as an audit names it."""
    return _named(concluder())


@cache
def _named(who: Concluder) -> str:
    if who is Concluder.FIXPOINT:
        return "plain fixpoint"
    return f"durable-rules {version('durable-rules')}"


@cache
def _reason_against_durable_rules() -> str | None:
    """Return why durable-rules cannot be imported, None where it can."""
    try:
        import offsetcheck.engine.durable_rules  # noqa: F401
    except ImportError as error:
        return str(error)
    return None


@cache
def _ready(rules: tuple[ConclusionRule, ...], who: Concluder) -> Conclusions:
    if who is Concluder.FIXPOINT:
        return PlainConclusions(rules)
    from offsetcheck.engine.durable_rules import DurableConclusions

    return DurableConclusions(rules)
