"""Whether two versions of a rule can ever come to different things."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.workshop.proofs.outcomes import encoded
from offsetcheck.workshop.proofs.sample import Sampler
from offsetcheck.workshop.proofs.settings import free_unknown
from offsetcheck.workshop.proofs.situation import Situation, outcome_in
from offsetcheck.workshop.proofs.solve import PATIENCE, Found, Never, find, simplest
from offsetcheck.workshop.proofs.world import World


@dataclass(frozen=True, slots=True)
class Equivalent:
    """No facts make a difference, stated or not, of whatever grade."""


@dataclass(frozen=True, slots=True)
class Different:
    """The facts of `counterexample` make one, as the engine confirms."""

    counterexample: Situation


@dataclass(frozen=True, slots=True)
class Undecided:
    """The solver gave up."""


Comparison = Equivalent | Different | Undecided
DRAWS = 60


def equivalent(
    rule: BoundRule, other: BoundRule, dictionary: Dictionary, day: date, patience: int = PATIENCE
) -> Comparison:
    """Return whether two versions of a rule come to the same for all facts.

    What they come to is outcome, level, the bounds of a scale, and whether it rests on the seller's
    word; effect, cap, weight and words do not count. A value that nobody has set may be anything,
    and stands in a counter-example under its name (`$x`, `city.x`). Facts known as one of several
    values are tried at random, all others proved. `patience` is in steps.
    """
    rule, other = (one.with_expressions(free_unknown) for one in (rule, other))
    if _reads_alike(rule, other):
        return Equivalent()
    world = World(dictionary, (*rule.expressions(), *other.expressions()))

    def differs(situation: Situation) -> bool:
        return told(rule, situation, day) != told(other, situation, day)

    sampler = Sampler(world)
    for situation in sampler.situations(DRAWS):
        if differs(situation):
            return Different(simplest(situation, differs))
    wanted = encoded(rule, world).differ(encoded(other, world))
    match find(world, wanted, differs, patience):
        case Found(situation):
            return Different(situation)
        case Never():
            return _known_in_part(sampler, differs)
    return Undecided()


def told(rule: BoundRule, situation: Situation, day: date) -> tuple[object, ...]:
    """Return all that can tell two versions of a rule apart in a situation."""
    found = outcome_in(rule, situation, day)
    return found.outcome, found.lower, found.upper, found.on_word


def _reads_alike(rule: BoundRule, other: BoundRule) -> bool:
    """Whether two versions are written alike, apart from what does not count here."""
    return (
        rule.applies_when == other.applies_when
        and rule.conditions == other.conditions
        and (rule.at_least, rule.heard, rule.declare)
        == (other.at_least, other.heard, other.declare)
    )


def _known_in_part(sampler: Sampler, differs: Callable[[Situation], bool]) -> Comparison:
    for situation in sampler.situations(DRAWS, in_part=True):
        if differs(situation):
            return Different(simplest(situation, differs))
    return Equivalent()
