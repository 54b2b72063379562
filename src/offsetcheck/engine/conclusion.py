"""What whoever concludes takes and gives: words in, conclusions with their proof out."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from offsetcheck.engine.closure import broken_decisions, levels, proof_of
from offsetcheck.rulebook.binding.bound import ConclusionRule
from offsetcheck.vocabulary.assessment import ProofStep

MOST_PREMISES = 15
MOST_RULES = 4000
MOST_USES = 63  # rules that one fact of durable-rules may feed; a word used more often is copied
REMEMBERED = 4096  # questions; over merged words there are a handful


class Conclusion(NamedTuple):
    """The words that follow, and the positions of the rules that fired, sorted."""

    words: frozenset[str]
    fired: tuple[int, ...]


class Conclusions(ABC):
    """One decision file made ready; each question is answered on its own."""

    rules: tuple[ConclusionRule, ...]
    levels: Mapping[str, int]

    def __init__(self, rules: Sequence[ConclusionRule]) -> None:
        """Take rules; raise RulebookError for a circle, or more than any engine may be given."""
        self.rules = tuple(rules)
        self.levels = levels(self.rules)
        _check_limits(self.rules)
        self._remembered: dict[frozenset[str], Conclusion] = {}

    def remember(self, words: frozenset[str]) -> Conclusion:
        """Return what follows from words, as it was concluded when they were first asked."""
        if words not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[words] = self.conclude(words)
        return self._remembered[words]

    @abstractmethod
    def conclude(self, words: Iterable[str]) -> Conclusion:
        """Return what follows from words; words that no rule reads stand as they are."""

    def proof(self, goal: str, fired: Iterable[int]) -> tuple[ProofStep, ...]:
        """Return the steps that a concluded word rests on, premises first."""
        return proof_of(goal, self.rules, fired, self.levels)


def _check_limits(rules: Sequence[ConclusionRule]) -> None:
    """Raise RulebookError for what durable-rules cannot hold, so that all engines refuse the same.

    A decision file that is sound on one machine would otherwise be refused on another.
    """
    for rule in rules:
        if len(set(rule.premises)) > MOST_PREMISES:
            raise broken_decisions(f"`{rule.conclusion}` has more than {MOST_PREMISES} premises")
    uses = Counter(word for rule in rules for word in set(rule.premises))
    copies = sum(-(-times // MOST_USES) for times in uses.values() if times > MOST_USES)
    if len(rules) + copies > MOST_RULES:
        raise broken_decisions(f"more than {MOST_RULES} conclusions")
