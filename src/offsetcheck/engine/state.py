"""The state of a finding (clear, fail or open): its outcome at a stage, after signed reviews."""

from datetime import date
from typing import NamedTuple

from offsetcheck.engine.knowledge import Facts
from offsetcheck.rulebook.binding.bound import BoundRule, IfUnknown
from offsetcheck.vocabulary.finding import Effect, Outcome, State
from offsetcheck.vocabulary.purchase import Purchase, Stage

HOLDING = frozenset({Effect.GATE, Effect.REVIEW})


class StateReason(NamedTuple):
    """The state of a finding, and what other than the outcome brought it about.

    `unscreened` says that what the rule looks for is not known, `search_due` that moreover nobody
    has looked, so that before signature somebody must.
    """

    state: State
    unscreened: bool = False
    search_due: bool = False
    not_demonstrated: bool = False
    reviewed: bool = False


CLEAR = StateReason(State.CLEAR)


def state_of(rule: BoundRule, outcome: Outcome, met_anyway: bool, facts: Facts) -> StateReason:
    """Return the state of an outcome; `met_anyway`: only whether the rule applies is unknown.

    A draft has no effect. A signed review stands whatever the outcome. At the final stage a gate
    that is still open has not been demonstrated, unless it only looks for adverse events.
    """
    purchase = facts.purchase
    if rule.draft:
        return CLEAR
    judgement = signed_judgement(rule, facts.subject.id, purchase, facts.day)
    if judgement is not None:
        return StateReason(judgement, reviewed=True)
    if outcome is Outcome.FAIL:
        return StateReason(State.FAIL)
    if outcome is not Outcome.UNKNOWN or met_anyway:
        return CLEAR
    return open_state(rule, purchase, searched=facts.screened)


def open_state(rule: BoundRule, purchase: Purchase, *, searched: bool) -> StateReason:
    """Return the state of an unknown outcome of a rule at the purchase's stage.

    Where nobody has looked for adverse events the rule is named, while points are cleared up that
    somebody looks is a condition, and at the end it asks the officer: that nobody looked is never
    the bidder's omission.
    """
    if is_screen(rule):
        asks = purchase.stage is Stage.FINAL and not searched
        due = purchase.stage is Stage.CLARIFICATION and not searched
        state = State.OPEN if asks else State.CLEAR
        return StateReason(state, unscreened=True, search_due=due)
    if rule.effect is Effect.GATE and purchase.stage is Stage.FINAL:
        return StateReason(State.FAIL, not_demonstrated=True)
    return StateReason(State.OPEN)


def is_screen(rule: BoundRule) -> bool:
    """Whether a rule looks for an adverse event, so that silence clears it for now."""
    return rule.effect in HOLDING and rule.if_unknown is IfUnknown.SCREEN


def signed_judgement(rule: BoundRule, offer: str, purchase: Purchase, day: date) -> State | None:
    """Return what a person has signed by a day for a review rule on an offer, the last first."""
    if rule.effect is not Effect.REVIEW or rule.draft:
        return None
    for review in reversed(purchase.reviews):
        if review.rule == rule.id and review.offer == offer and review.on <= day:
            return State.FAIL if review.judgement == State.FAIL else State.CLEAR
    return None


def condition_stands(rule: BoundRule, outcome: Outcome, *, on_word: bool) -> bool:
    """Whether the rule's own condition stands: it is unmet, or met on the seller's word alone."""
    if rule.draft or not rule.condition:
        return False
    return on_word or (outcome is Outcome.FAIL and rule.effect is not Effect.GATE)
