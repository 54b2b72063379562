"""One offer traced to its causes: the rules that turned it, and what they read otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offsetcheck.difference.exchange import NO_RULES, TurningRules, result_turned_by
from offsetcheck.difference.inputs import ChangedInput, turning_inputs
from offsetcheck.difference.terms import AssessmentUnder, Terms, assess_under
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.finding import Effect, State


@dataclass(frozen=True, slots=True)
class TracedOffer:
    """An offer before and after, what turned it, and what was otherwise for each topic.

    `turning` turned the verdict, else the grade; `grounds` are the requirements by which an offer
    that is refused before and after is refused on one side alone. `inputs` holds what each of
    these topics read otherwise, nothing for a topic that is no rule.
    """

    before: AssessmentUnder
    after: AssessmentUnder
    turning: TurningRules
    grounds: tuple[str, ...]
    inputs: Mapping[str, tuple[ChangedInput, ...]]

    @property
    def topics(self) -> tuple[str, ...]:
        """What turned the offer, and on which other grounds it is refused, each topic once."""
        return tuple(dict.fromkeys([*self.turning.topics, *self.grounds]))


def trace(candidate: Candidate, before: Terms, after: Terms) -> TracedOffer:
    """Return an offer judged on two terms with the causes of what came out otherwise.

    The day before is not later than the day after.
    """
    old, new = assess_under(candidate, before), assess_under(candidate, after)
    turning, grounds = result_turned_by(old, new), tuple(_gates_turned(old, new))
    topics = dict.fromkeys([*turning.topics, *grounds])
    inputs = {topic: _inputs(topic, old, new) for topic in topics}
    return TracedOffer(old, new, turning, grounds, inputs)


def _inputs(
    topic: str, before: AssessmentUnder, after: AssessmentUnder
) -> tuple[ChangedInput, ...]:
    return () if topic in NO_RULES else turning_inputs(topic, before, after)


def _gates_turned(before: AssessmentUnder, after: AssessmentUnder) -> Iterator[str]:
    """Yield the gates that fail on one side alone, of an offer that is refused on both."""
    if {before.result.verdict, after.result.verdict} != {Verdict.NOT_ELIGIBLE}:
        return
    for name in dict.fromkeys([*before.findings, *after.findings]):
        rule = after.rule(name) or before.rule(name)
        if rule and rule.effect is Effect.GATE and _fails(name, before) != _fails(name, after):
            yield name


def _fails(rule: str, side: AssessmentUnder) -> bool:
    finding = side.findings.get(rule)
    return finding is not None and finding.state is State.FAIL
