"""For how long a search for adverse events counts under a city's layers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from offsetcheck.rulebook.binding.bound import BoundRule, ScreeningTerm
from offsetcheck.rulebook.binding.rules import source
from offsetcheck.rulebook.policies.layers import GUIDE, Layer
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.vocabulary.evidence import Standing

OURS = SourceEntry(standing=Standing.DESIGN)


def screening_term(rulebook: Rulebook, layers: Iterable[Layer]) -> ScreeningTerm | None:
    """Return the term of the last layer that sets one, else the guide's; None where none does."""
    guide = rulebook.guide.screening
    term = ScreeningTerm(guide.holds_days, GUIDE, source(guide.source)) if guide else None
    for layer in layers:
        own = layer.screening
        if own is not None:
            term = ScreeningTerm(own.holds_days, layer.id, source(own.source or OURS))
    return term


def with_term(rules: Mapping[str, BoundRule], term: ScreeningTerm | None) -> dict[str, BoundRule]:
    """Return rules that know for how long a search counts."""
    days = term.days if term is not None else None
    return {name: replace(rule, screening_days=days) for name, rule in rules.items()}
