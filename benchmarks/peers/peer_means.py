"""How the levels of scales come together in the bounds of a dimension, as each peer says it."""

from collections.abc import Sequence
from dataclasses import dataclass

from offsetcheck.engine.scores import CRITICAL_MARGIN, POINT
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.finding import Effect

SIDES = ("lower", "upper")


@dataclass(frozen=True, slots=True)
class Mean:
    """One dimension: groups of scales of which the best counts, with a weight each, and limits."""

    dimension: str
    groups: tuple[tuple[int, tuple[str, ...]], ...]
    critical: tuple[str, ...]
    margin: int = CRITICAL_MARGIN
    point: int = POINT


def means_of(rules: Sequence[BoundRule]) -> list[Mean]:
    """Return the dimensions in which a scale counts."""
    scored = [r for r in rules if r.is_scale and r.effect is Effect.SCORE and not r.draft]
    names = dict.fromkeys(rule.dimension for rule in scored)
    return [_mean(name, [rule for rule in scored if rule.dimension == name]) for name in names]


def _mean(name: str, rules: Sequence[BoundRule]) -> Mean:
    groups: dict[str, list[BoundRule]] = {}
    for rule in rules:
        groups.setdefault(f"route {rule.route}" if rule.route else rule.id, []).append(rule)
    weighed = tuple((g[0].weight, tuple(r.id for r in g)) for g in groups.values() if g[0].weight)
    return Mean(name, weighed, tuple(rule.id for rule in rules if rule.critical))
