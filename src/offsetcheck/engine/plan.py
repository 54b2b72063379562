"""What a bound rulebook needs once before any candidate: who reads which field, and the chain."""

from collections.abc import Mapping
from dataclasses import dataclass

from offsetcheck.engine.columns.remembered import ColumnMemory
from offsetcheck.engine.conclude import conclusions
from offsetcheck.engine.conclusion import Conclusions
from offsetcheck.engine.merge import MergedChain, merge
from offsetcheck.engine.observe import Observed, observed_fields
from offsetcheck.engine.recall import Recall
from offsetcheck.engine.typical import TYPE_FIELD
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook, ConclusionRule, Decisions
from offsetcheck.rulebook.decisions.expand import expand
from offsetcheck.rulebook.expression.walk import inputs_of

REMEMBERED = 8  # a process seldom serves more cities and days than this at once


@dataclass(frozen=True, slots=True)
class RulebookPlan:
    """A rulebook made ready.

    `candidate_chain` and `purchase_chain` are the conclusions of decisions.yaml, one for each way
    to draw them, `merged_chain` those of the candidate over merged words; `readers` are the ids of
    the candidate rules that read a field; `observed` the fields whose values the findings of a rule
    keep, by rule id; `recall` what rules came to before, `columns` what is kept from one part of
    a list to the next.
    """

    bound: BoundRulebook
    candidate_chain: tuple[ConclusionRule, ...]
    merged_chain: MergedChain
    purchase_chain: tuple[ConclusionRule, ...]
    readers: Mapping[str, frozenset[str]]
    observed: Mapping[str, Observed]
    recall: Recall
    columns: ColumnMemory

    @property
    def candidate_conclusions(self) -> Conclusions:
        """The compiled chain that decides a candidate."""
        return conclusions(self.candidate_chain)

    @property
    def merged_conclusions(self) -> Conclusions:
        """The compiled chain that decides a candidate of whom the merged words are known."""
        return conclusions(self.merged_chain.rules)

    @property
    def purchase_conclusions(self) -> Conclusions:
        """The compiled chain that decides the purchase."""
        return conclusions(self.purchase_chain)


_plans: dict[int, RulebookPlan] = {}


def plan_for(bound: BoundRulebook) -> RulebookPlan:
    """Return the plan of a rulebook, made once for each object; it holds on to the last few."""
    plan = _plans.get(id(bound))
    if plan is None:
        plan = _make(bound)
        while len(_plans) >= REMEMBERED:
            _plans.pop(next(iter(_plans)))
        _plans[id(bound)] = plan
    return plan


def _make(bound: BoundRulebook) -> RulebookPlan:
    observed = observed_fields(bound)
    candidate_chain = _chain(bound.candidate_decisions, bound.candidate_rules)
    return RulebookPlan(
        bound=bound,
        candidate_chain=candidate_chain,
        merged_chain=merge(candidate_chain),
        purchase_chain=_chain(bound.purchase_decisions, bound.purchase_rules),
        readers=_readers(bound.candidate_rules),
        observed=observed,
        recall=Recall.of(bound.rules.values(), observed),
        columns=ColumnMemory(),
    )


def _chain(decisions: Decisions, rules: tuple[BoundRule, ...]) -> tuple[ConclusionRule, ...]:
    return expand(decisions, rules)


def _readers(rules: tuple[BoundRule, ...]) -> Mapping[str, frozenset[str]]:
    readers: dict[str, set[str]] = {}
    for rule in rules:
        # Of a scale with typical points the type of the project moves the working score.
        typical = (TYPE_FIELD,) if rule.typical else ()
        for field in (*inputs_of(*rule.expressions()), *typical):
            readers.setdefault(field, set()).add(rule.id)
    return {field: frozenset(names) for field, names in readers.items()}
