"""Which rows of a list meet a row of a table, and the keys that most often meet none."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from offsetcheck.engine.deciders import answering_rows
from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.nodes import Binder
from offsetcheck.rulebook.expression.nodes import FieldRef, Lookup
from offsetcheck.rulebook.fields.names import lookup_keys
from offsetcheck.rulebook.policies.city_values import city_constants
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.matching import KeyLine, LookupLine
from offsetcheck.vocabulary.purchase import Purchase

MOST_KEYS = 10
TONNES = "tonnes"
FOUND, NONE, STALE, UNKNOWN = "found", "none", "stale", "key_unknown"

Key = tuple[tuple[str, str], ...]


def looked_up_in(rulebook: Rulebook, table: str) -> tuple[Field, ...]:
    """Return the fields of candidates that are looked up in a table."""
    fields = rulebook.dictionary.candidate.values()
    return tuple(field for field in fields if field.lookup and field.lookup.table == table)


def match(
    rulebook: Rulebook,
    table: str,
    candidates: Iterable[Candidate],
    purchase: Purchase,
    *,
    wording: Wording,
    day: date,
) -> tuple[LookupLine, ...]:
    """Return how each field that a table answers fares on some candidates on a day."""
    binder = Binder(rulebook, day, city_constants(rulebook, None, day))
    rows = list(candidates)
    return tuple(
        _line(field, binder, rows, purchase, wording=wording, day=day)
        for field in looked_up_in(rulebook, table)
    )


def _line(
    field: Field,
    binder: Binder,
    candidates: Sequence[Candidate],
    purchase: Purchase,
    *,
    wording: Wording,
    day: date,
) -> LookupLine:
    node = binder.bind(FieldRef(field.name, field.type), {})
    if not isinstance(node, Lookup):
        raise TypeError(f"{field.name} is looked up and no lookup")
    counts: Counter[str] = Counter()
    keys: Counter[Key] = Counter()
    tonnes: dict[Key, list[float]] = defaultdict(list)
    for candidate in candidates:
        how, key = _met(node, Facts(candidate, purchase, day))
        counts[how] += 1
        if how == NONE:
            keys[key] += 1
            offered = candidate.value(TONNES)
            if isinstance(offered, int | float):
                tonnes[key].append(float(offered))
    lookup = field.lookup
    return LookupLine(
        field=field.name,
        title=wording.title(field.name),
        on=lookup_keys(field),
        absent=None if lookup is None or lookup.absent is None else str(lookup.absent),
        rows=len(candidates),
        found=counts[FOUND],
        none=counts[NONE],
        stale=counts[STALE],
        key_unknown=counts[UNKNOWN],
        without=tuple(
            KeyLine(key=key, rows=rows, tonnes=sum(tonnes[key]) if tonnes[key] else None)
            for key, rows in sorted(keys.items(), key=lambda one: (-one[1], one[0]))[:MOST_KEYS]
        ),
    )


def _met(lookup: Lookup, facts: Facts) -> tuple[str, Key]:
    """Return how a lookup fares on one candidate, and its key where that is known."""
    nodes = [*lookup.keys, *([lookup.version] if lookup.version is not None else [])]
    values = [evaluate(node, facts).value for node in nodes]
    if any(value is None for value in values):
        return UNKNOWN, ()
    if lookup.stale:
        return STALE, ()
    names = [str(getattr(node, "name", "")) for node in nodes]
    key = tuple((name, str(value)) for name, value in zip(names, values, strict=True))
    answered = [row for row in answering_rows(lookup, facts) if row.value is not None]
    return (FOUND if answered else NONE), key
