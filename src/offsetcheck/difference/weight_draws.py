"""How the order of the best offers holds where weights are drawn around the scheme."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from offsetcheck.difference.sensitivity import with_weights
from offsetcheck.difference.terms import AssessmentUnder, Terms, assess_under
from offsetcheck.engine.closure import first_verdict
from offsetcheck.engine.columns.sweep import Answers
from offsetcheck.engine.plan import plan_for
from offsetcheck.engine.reduce import rule_words, score_words
from offsetcheck.engine.scores import Scores, score
from offsetcheck.rulebook.binding.bound import Scheme
from offsetcheck.vocabulary.table import CandidateTable

RANKS = {"eligible": 0, "eligible_with_conditions": 1, "undecided": 2, "not_eligible": 3}
Key = tuple[int, int, int]
"""What orders offers: the rank of the verdict, then integrity and value, the highest first."""


@dataclass(frozen=True, slots=True)
class Order:
    """The order of some offers over draws of weights.

    `rows` are theirs, in the order under the scheme itself; `places` by row the place (from 1) in
    each draw. Equal offers share a place.
    """

    rows: tuple[int, ...]
    places: tuple[tuple[int, ...], ...]

    @property
    def order_holds(self) -> int:
        """In how many draws no offer overtakes another."""
        return sum(all(a <= b for a, b in pairwise(one)) for one in self._draws)

    @property
    def first_holds(self) -> int:
        """In how many draws the first offer is still first, or shares the first place."""
        return sum(one[0] == 1 for one in self._draws)

    @property
    def _draws(self) -> Iterator[tuple[int, ...]]:
        return zip(*self.places, strict=True)


def best_rows(answers: Answers, most: int) -> tuple[int, ...]:
    """Return the first rows in order; those ruled out only where fewer than two others are left."""
    verdicts, working, value = (
        series.to_list() for series in (answers.verdicts, answers.working, answers.value)
    )
    rows = zip(verdicts, working, value, strict=True)
    keys = [(RANKS[verdict], -(score or 0), -(more or 0)) for verdict, score, more in rows]
    left = [row for row, key in enumerate(keys) if key[0] < RANKS["not_eligible"]]
    chosen = left if len(left) > 1 else list(range(len(keys)))
    return tuple(sorted(chosen, key=lambda row: (keys[row], row))[:most])


def order_of(
    table: CandidateTable,
    rows: Sequence[int],
    terms: Terms,
    draws: Sequence[dict[str, int]],
    told: Callable[[int], None],
) -> Order:
    """Return how the order of some offers holds over sets of weights; `told` counts the draws."""
    offers = [_Weighed(assess_under(table.candidate(row), terms)) for row in rows]
    scheme = terms.bound.scheme
    first = [offer.key(scheme) for offer in offers]
    order = sorted(range(len(rows)), key=lambda place: (first[place], rows[place]))
    found = []
    for number, weights in enumerate(draws, 1):
        drawn = with_weights(scheme, weights)
        keys = [offers[place].key(drawn) for place in order]
        found.append([1 + sum(other < key for other in keys) for key in keys])
        told(number)
    places = zip(*found, strict=True) if found else (() for _ in order)
    return Order(tuple(rows[place] for place in order), tuple(map(tuple, places)))


@dataclass(frozen=True)
class _Weighed:
    """One assessed offer, whose dimensions stay as they are whatever they weigh."""

    judged: AssessmentUnder
    _verdicts: dict[frozenset[str], str] = field(default_factory=dict)

    def key(self, scheme: Scheme) -> Key:
        """Return what orders the offer where dimensions have the weights of a scheme."""
        found, bound = self.judged.assessment, self.judged.terms.bound
        known = {dimension.dimension: dimension for dimension in found.dimensions}
        scores = score(bound.rules, found.findings, scheme, known)
        value = scores.value.lower if scores.value else 0
        return RANKS[self._verdict(scores)], -scores.integrity_working, -value

    def _verdict(self, scores: Scores) -> str:
        """Return the verdict; the same words of scores are concluded once."""
        bound = self.judged.terms.bound
        words = score_words(scores, bound)
        if words not in self._verdicts:
            own = rule_words(bound.rules, self.judged.assessment.findings)
            concluded = plan_for(bound).candidate_conclusions.conclude(own | words)
            order = bound.candidate_decisions.verdicts
            self._verdicts[words] = first_verdict(order, concluded.words)
        return self._verdicts[words]
