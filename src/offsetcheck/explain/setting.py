"""What explanations are made against: rulebook, purchase, language, and where the input is from."""

from dataclasses import dataclass, field

import offsetcheck
from offsetcheck.engine.conclude import concluded_by
from offsetcheck.engine.inputs import expressions
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.expression.nodes import Derived, Lookup
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.purchase import Purchase


@dataclass(frozen=True, slots=True)
class Origin:
    """The files that were read: names with the SHA-256 of their bytes, and the hash of them all.

    `concluded_by` names who drew the conclusions; `reproduce` is the command that makes the same
    result again.
    """

    files: tuple[tuple[str, str], ...] = ()
    input_hash: str | None = None
    engine_version: str = offsetcheck.__version__
    concluded_by: str = field(default_factory=concluded_by)
    reproduce: str = ""


@dataclass(frozen=True)
class Setting:
    """One bound rulebook and one purchase in one language, shared by all explanations of a run."""

    bound: BoundRulebook
    purchase: Purchase
    wording: Wording
    origin: Origin
    computed: dict[str, Derived | Lookup]
    rule_texts: dict[str, object] = field(default_factory=dict)


def setting(
    bound: BoundRulebook,
    purchase: Purchase,
    language: str = "en",
    origin: Origin | None = None,
) -> Setting:
    """Return the setting of a run; raise RequestError for a language that has no words."""
    return Setting(
        bound, purchase, Wording(bound, language), origin or Origin(), computed_fields(bound)
    )


def computed_fields(bound: BoundRulebook) -> dict[str, Derived | Lookup]:
    """Return the derived and looked-up fields that the rules read, by name."""
    return {
        node.name: node
        for rule in bound.rules.values()
        for expression in expressions(rule)
        for node in walk(expression)
        if isinstance(node, (Derived, Lookup))
    }
