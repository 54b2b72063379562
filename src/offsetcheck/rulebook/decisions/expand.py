"""Decisions as positive conjunctions over the rules that they judge, and what follows from words.

Where a conjunction has more than `MAX_PREMISES` premises it is cut into intermediate words,
`CONCLUSION~1`, `CONCLUSION~2` and so on, which no file can name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Protocol

from offsetcheck.rulebook.binding.bound import ConclusionRule, Decisions
from offsetcheck.rulebook.decisions.words import (
    CONDITION_STANDS,
    EVERY_GATE_CLEAR,
    FLOOR_WORDS,
    STATES,
)
from offsetcheck.vocabulary.finding import Effect

MAX_PREMISES = 15


class DecidingRule(Protocol):
    """A rule as decisions see it, bound or as written."""

    @property
    def id(self) -> str:
        """The rule's path."""

    @property
    def effect(self) -> str:
        """What the rule does."""

    @property
    def dimension(self) -> str:
        """Where it counts."""

    @property
    def draft(self) -> bool:
        """Whether it has no effect yet."""


def expand(decisions: Decisions, rules: Iterable[DecidingRule]) -> tuple[ConclusionRule, ...]:
    """Return positive conjunctions of at most `MAX_PREMISES` premises, in the order written.

    `rules` are the rules of the subject that the decisions judge; drafts have no effect and are
    left out. `any` becomes one alternative per rule and state, `every` a tree of conjunctions.
    """
    deciding = [rule for rule in rules if not rule.draft]
    expanded: list[ConclusionRule] = []
    for conclusion, alternatives in decisions.conclusions.items():
        counter = iter(range(1, 1_000_000))
        for alternative in alternatives:
            for premises in _conjunctions(alternative, deciding):
                expanded.extend(_tree(conclusion, premises, counter))
    return tuple(dict.fromkeys(expanded))


def _conjunctions(
    alternative: Mapping[str, Any], rules: Sequence[DecidingRule]
) -> Iterator[tuple[str, ...]]:
    if "all" in alternative:
        yield tuple(alternative["all"])
    elif "any" in alternative:
        for rule, state in product(
            _chosen(alternative["any"], rules), _states(alternative["any"]["finding"])
        ):
            yield (f"{rule.id} is {state}",)
    else:
        states = _states(alternative["every"]["finding"])
        chosen = _chosen(alternative["every"], rules)
        if chosen and len(states) == 1:
            yield tuple(f"{rule.id} is {states[0]}" for rule in chosen)


def _chosen(quantifier: Mapping[str, Any], rules: Sequence[DecidingRule]) -> list[DecidingRule]:
    wanted = {key: quantifier[key] for key in ("effect", "dimension") if quantifier.get(key)}
    named = quantifier.get("rule")
    return [
        rule
        for rule in rules
        if all(getattr(rule, key) == value for key, value in wanted.items())
        and (named is None or rule.id == named)
    ]


def _tree(
    conclusion: str, premises: tuple[str, ...], counter: Iterator[int]
) -> Iterator[ConclusionRule]:
    """Cut a long conjunction into words of at most `MAX_PREMISES` premises each."""
    while len(premises) > MAX_PREMISES:
        cut = [premises[i : i + MAX_PREMISES] for i in range(0, len(premises), MAX_PREMISES)]
        words = [f"{conclusion}~{next(counter)}" for _ in cut]
        yield from (ConclusionRule(word, part) for word, part in zip(words, cut, strict=True))
        premises = tuple(words)
    yield ConclusionRule(conclusion, premises)


def _states(finding: Any) -> tuple[str, ...]:
    return (finding,) if isinstance(finding, str) else tuple(finding)


def fixpoint(rules: Sequence[ConclusionRule], words: Iterable[str]) -> frozenset[str]:
    """Return the words and everything that follows from them."""
    known = set(words)
    pending = list(rules)
    while True:
        waiting = [rule for rule in pending if not known.issuperset(rule.premises)]
        if len(waiting) == len(pending):
            return frozenset(known)
        fired = (rule.conclusion for rule in pending if known.issuperset(rule.premises))
        known.update(tuple(fired))
        pending = waiting


def undecided_combinations(decisions: Decisions, rules: Sequence[DecidingRule]) -> list[str]:
    """Return each combination of gates, floor and condition that concludes no verdict, in words."""
    expanded = expand(decisions, rules)
    gates = [rule for rule in rules if rule.effect == Effect.GATE and not rule.draft]
    combinations = []
    for state, floor, condition in product(STATES, FLOOR_WORDS, (True, False)):
        if state != "clear" and not gates:
            continue
        known = fixpoint(expanded, _scenario(rules, gates, state, floor, condition=condition))
        if not known.intersection(decisions.verdicts):
            stands = "a condition stands" if condition else "no condition stands"
            combinations.append(f"a gate is {state}, integrity {floor}, {stands}")
    return combinations


def _scenario(
    rules: Sequence[DecidingRule],
    gates: Sequence[DecidingRule],
    state: str,
    floor: str,
    *,
    condition: bool,
) -> set[str]:
    """Return the words of one combination: the first gate in the state, all other rules clear."""
    words = {f"{rule.id} is clear" for rule in rules} | {f"integrity {floor}"}
    if state == "clear":
        words.add(EVERY_GATE_CLEAR)
    else:
        words -= {f"{gates[0].id} is clear"}
        words.add(f"{gates[0].id} is {state}")
    return words | ({CONDITION_STANDS} if condition else set())
