"""What follows from words by positive conjunctions: proofs in one order, and the verdict."""

from collections.abc import Iterable, Mapping, Sequence

from offsetcheck.ground.circles import heights
from offsetcheck.rulebook.binding.bound import ConclusionRule
from offsetcheck.vocabulary.assessment import ProofStep
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError


def fired_rules(rules: Sequence[ConclusionRule], known: frozenset[str]) -> tuple[int, ...]:
    """Return the positions of the rules whose premises all hold."""
    return tuple(i for i, rule in enumerate(rules) if known.issuperset(rule.premises))


def levels(rules: Sequence[ConclusionRule]) -> dict[str, int]:
    """Return for each conclusion how many conclusions can stand beneath it.

    Raises RulebookError for a conclusion that would follow from itself.
    """
    premises: dict[str, set[str]] = {}
    for rule in rules:
        premises.setdefault(rule.conclusion, set()).update(rule.premises)
    height = heights(premises)
    if len(height) < len(premises):
        circle = ", ".join(sorted(set(premises) - set(height)))
        raise broken_decisions(f"conclusions follow from themselves: {circle}")
    return height


def proof_of(
    goal: str, rules: Sequence[ConclusionRule], fired: Iterable[int], height: Mapping[str, int]
) -> tuple[ProofStep, ...]:
    """Return every step that the goal rests on, premises before what follows from them."""
    steps = [rules[i] for i in sorted(fired)]
    needed = {goal}
    for rule in sorted(steps, key=lambda rule: -height[rule.conclusion]):
        if rule.conclusion in needed:
            needed.update(rule.premises)
    kept = [rule for rule in steps if rule.conclusion in needed]
    kept.sort(key=lambda rule: height[rule.conclusion])
    return tuple(dict.fromkeys(ProofStep(rule.conclusion, rule.premises) for rule in kept))


def first_verdict(verdicts: Sequence[str], concluded: frozenset[str]) -> str:
    """Return the first verdict that is concluded.

    Raises RulebookError where none is: the loader tries the common patterns, not all.
    """
    for verdict in verdicts:
        if verdict in concluded:
            return verdict
    raise broken_decisions("no verdict is concluded for a pattern of findings that occurs")


def broken_decisions(message: str) -> RulebookError:
    """Return the error of decisions that cannot be used."""
    return RulebookError([Problem(message, Place("decisions.yaml"))])
