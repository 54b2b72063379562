"""Words that a decision file cannot tell apart, merged into one, so that few patterns are left.

Where any gate that fails comes to the same, all that is asked is whether one does; where a way
needs all of some words and nothing else reads them, whether all hold. What follows from the merged
words is what follows from the words themselves, and so is the proof, which names the words.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from offsetcheck.engine.closure import fired_rules
from offsetcheck.engine.conclusion import Conclusion
from offsetcheck.rulebook.binding.bound import ConclusionRule


class Kind(StrEnum):
    """When a merged word holds: where any of its words does, or where every one does."""

    ANY = "any"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class MergedWord:
    """Several words as one; they may be merged words themselves."""

    kind: Kind
    words: tuple[str, ...]

    def holds(self, known: set[str]) -> bool:
        """Whether it holds where some words are known and no others."""
        if self.kind is Kind.ANY:
            return not known.isdisjoint(self.words)
        return known.issuperset(self.words)


@dataclass(frozen=True, slots=True)
class MergedChain:
    """Conclusions over merged words; `merged` names them, each after those that it holds.

    `read` are the words that must be given: all premises that are not concluded.
    """

    rules: tuple[ConclusionRule, ...]
    merged: Mapping[str, MergedWord]
    read: tuple[str, ...]

    def reduced(self, words: Iterable[str]) -> frozenset[str]:
        """Return which of the words that must be given hold, where some full words do."""
        known = set(words)
        for word, parts in self.merged.items():
            if parts.holds(known):
                known.add(word)
        return frozenset(word for word in self.read if word in known)

    def in_full(
        self, concluded: Conclusion, words: Iterable[str], rules: tuple[ConclusionRule, ...]
    ) -> Conclusion:
        """Return what follows from full words by the full rules, given what was concluded here."""
        names = {rule.conclusion for rule in rules}
        known = frozenset(words) | (concluded.words & names)
        return Conclusion(known, fired_rules(rules, known))


Way = tuple[str, frozenset[str]]  # a conclusion and its premises


def merge(rules: Iterable[ConclusionRule]) -> MergedChain:
    """Return conclusions in which words that no rule tells apart are one."""
    ways = list(dict.fromkeys((rule.conclusion, frozenset(rule.premises)) for rule in rules))
    concluded = {conclusion for conclusion, _ in ways}
    merged: dict[str, MergedWord] = {}
    words = concluded.union(*(premises for _, premises in ways))
    free = (name for number in count() if (name := f"merged {number}") not in words)
    while found := _any(ways, concluded) or _every(ways, concluded):
        names = {next(free): parts for parts in found}
        merged |= names
        known_as = {word: name for name, parts in names.items() for word in parts.words}
        ways = list(dict.fromkeys(_renamed(way, known_as) for way in ways))
    chain = tuple(ConclusionRule(name, tuple(sorted(premises))) for name, premises in ways)
    read = dict.fromkeys(w for rule in chain for w in rule.premises if w not in concluded)
    return MergedChain(chain, merged, tuple(read))


def _renamed(way: Way, names: Mapping[str, str]) -> Way:
    conclusion, premises = way
    return conclusion, frozenset(names.get(word, word) for word in premises)


def _any(ways: list[Way], concluded: set[str]) -> list[MergedWord]:
    """Return words that lead to the same beside the same others."""
    return _alike(Kind.ANY, ways, concluded, lambda way, word: (way[0], way[1] - {word}))


def _every(ways: list[Way], concluded: set[str]) -> list[MergedWord]:
    """Return words that are read together and nowhere else."""
    return _alike(Kind.EVERY, ways, concluded, lambda way, _word: way)


def _alike(
    kind: Kind, ways: list[Way], concluded: set[str], seen: Callable[[Way, str], Hashable]
) -> list[MergedWord]:
    """Return the words that are seen in the same ways."""
    places: dict[str, set[Hashable]] = {}
    for way in ways:
        for word in sorted(way[1] - concluded):
            places.setdefault(word, set()).add(seen(way, word))
    groups: dict[frozenset[Hashable], list[str]] = {}
    for word, found in places.items():
        groups.setdefault(frozenset(found), []).append(word)
    return [MergedWord(kind, tuple(words)) for words in groups.values() if len(words) > 1]
