"""Sums over what may be bought, bound: the candidates' fields and conditions that each reads."""

from offsetcheck.rulebook.binding.bound import BoundAggregate, Sum
from offsetcheck.rulebook.binding.nodes import Binder
from offsetcheck.rulebook.expression.nodes import FieldRef, Node
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import Aggregate, Field


def aggregate_reads(rulebook: Rulebook, field: Field) -> tuple[str, ...]:
    """Return the candidate's and purchase's fields that an aggregate reads, as rules name them."""
    spec = field.aggregate
    if spec is None:
        return ()
    tree = rulebook.where.get(field.name)
    named = [name for name in (spec.of, spec.by) if name is not None]
    return tuple(dict.fromkeys([*named, *(inputs_of(tree) if tree is not None else ())]))


def bound_aggregates(rulebook: Rulebook, binder: Binder) -> dict[str, BoundAggregate]:
    """Return the aggregates of the dictionary by field, ready for a day and a city."""
    fields = rulebook.dictionary.portfolio.values()
    return {
        field.name: _bound(field.name, field.aggregate, rulebook, binder)
        for field in fields
        if field.aggregate is not None
    }


def _bound(name: str, spec: Aggregate, rulebook: Rulebook, binder: Binder) -> BoundAggregate:
    def of_field(read: str | None) -> Node | None:
        if read is None:
            return None
        return binder.bind(FieldRef(read, rulebook.dictionary.candidate[read].type), {})

    tree = rulebook.where.get(name)
    return BoundAggregate(
        kind=Sum(spec.kinds[0]),
        of=of_field(spec.of),
        where=None if tree is None else binder.bind(tree, {}),
        by=of_field(spec.by),
        by_grade=dict(spec.by_grade),
    )
