"""Conclusions by the plain fixpoint, where durable-rules is not installed."""

from collections.abc import Iterable

from offsetcheck.engine.closure import fired_rules
from offsetcheck.engine.conclusion import Conclusion, Conclusions
from offsetcheck.rulebook.decisions.expand import fixpoint


class PlainConclusions(Conclusions):
    """One decision file, concluded by going over its rules until nothing more follows."""

    def conclude(self, words: Iterable[str]) -> Conclusion:
        """Return what follows from words; words that no rule reads stand as they are."""
        known = fixpoint(self.rules, words)
        return Conclusion(known, fired_rules(self.rules, known))
