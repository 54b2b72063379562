"""A step of comparable tonnes tried on statements, explained."""

from offsetcheck.engine.tonnes import factor_of
from offsetcheck.explain.quantity import number_words
from offsetcheck.explain.rule_trial import stated_lines
from offsetcheck.explain.tonnes.bounds import bounds_line
from offsetcheck.explain.tonnes.choices import policy_choices
from offsetcheck.explain.tonnes.explain import step_line
from offsetcheck.explain.tonnes.step import EXAMPLE
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.tonnes.binding import BoundStep, BoundSteps
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.step_explanation import StepTrial

PURCHASE = "purchase."


def explain_step_trial(
    step: BoundStep,
    steps: BoundSteps,
    candidate: Candidate,
    purchase: Purchase,
    wording: Wording,
) -> StepTrial:
    """Return what a step comes to on a candidate and a purchase, with its bounds."""
    taken = factor_of(step, candidate, purchase, steps.as_of)
    factor = bounds_line(taken.factor, EXAMPLE, wording)
    outcome = wording.word("tonnes.show.factor", factor=factor.words)
    if taken.central is not None and factor.central is None:
        central = number_words(round(taken.central, EXAMPLE), wording.locale)
        outcome = wording.word("tonnes.show.half_way", factor=factor.words, central=central)
    own = {one.parameter for one in step.chosen if one.parameter in step.file.choices}
    return StepTrial(
        language=wording.language,
        city=wording.city(),
        as_of=steps.as_of.isoformat(),
        outcome=outcome,
        factor=factor,
        stated=(
            *stated_lines(candidate.facts, "", wording),
            *stated_lines(purchase.facts, PURCHASE, wording),
        ),
        choices=tuple(one for one in policy_choices(steps, wording) if one.parameter in own),
        step=step_line(taken, step, wording),
    )
