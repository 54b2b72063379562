"""The values of a purchase as texts by name, as a form shows them, and back into the file's keys.

A field is called by its name, the paper behind it `NAME.document` and so on, a key of the award
`award.KEY`. Tables and lists are one text each, so that a form sees whether they have changed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from offsetcheck.api.web_page import escape_invisible
from offsetcheck.vocabulary.award_terms import Criterion, Group
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType
from offsetcheck.vocabulary.forms.writing import Plain

Values = Mapping[str, str]
VALUE, AWARD, RATES, REGISTRY, HASH = "value", "award", "exchange_rates", "registry", "rules_hash"
PAPER = ("document", "page", "as_of", "source")
AWARD_OFFERS = "award.offers"
LISTS = frozenset({FieldType.CODES, FieldType.INTEGERS})
TRUE, FALSE = "true", "false"


class AwardKey(StrEnum):
    """A key of the award that holds one value."""

    LOTS = "lots"
    MIN_REMOVAL_SHARE = "min_removal_share"
    MIN_DURABLE_SHARE = "min_durable_share"
    MIN_LOCAL_SHARE = "min_local_share"
    MIN_GRADE = "min_grade"
    MAX_PRICE = "max_price"
    PRICE_POINTS = "price_points"
    COMPARE_ON = "compare_on"


AWARD_GROUPS: Mapping[str, tuple[StrEnum, ...]] = {
    "max_share": tuple(Group),
    "max_tonnes": tuple(Group),
    "weights": tuple(Criterion),
}
TABLES: Mapping[str, tuple[str, ...]] = {
    RATES: ("currency", "rate", "on", "source"),
    AWARD_OFFERS: ("offer", "min", "max", "step"),
}
"""The tables of a purchase: a name in the first column, values of it in the others."""


def fields_of(dictionary: Dictionary) -> Mapping[str, Field]:
    """Return the fields that a purchase states."""
    return {name: field for name, field in dictionary.purchase.items() if field.is_input}


def names(dictionary: Dictionary) -> tuple[str, ...]:
    """Return the name of every value that a purchase may state."""
    own = [part for name in fields_of(dictionary) for part in (name, *_papers(name))]
    single = [f"{AWARD}.{key}" for key in AwardKey]
    grouped = [f"{AWARD}.{key}.{one}" for key, parts in AWARD_GROUPS.items() for one in parts]
    return (*own, *single, *grouped, *TABLES, REGISTRY, HASH)


def _papers(name: str) -> tuple[str, ...]:
    return tuple(f"{name}.{part}" for part in PAPER)


def values_of(data: Mapping[str, Any], dictionary: Dictionary) -> Values:
    """Return what the content of a file states, by name; what states nothing is left out."""
    found: dict[str, str] = {}
    for name in names(dictionary):
        steps = tuple(name.split("."))
        stated = _at(data, steps)
        if name in fields_of(dictionary) and isinstance(stated, Mapping):
            stated = stated.get(VALUE)
        if name in TABLES:
            found[name] = rows_text(_rows(name, stated))
        elif name == REGISTRY:
            found[name] = "\n".join(map(text_of, stated if isinstance(stated, list) else [stated]))
        else:
            found[name] = text_of(stated)
    return {name: text for name, text in found.items() if text}


def _at(data: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def text_of(value: Any) -> str:
    """Return a value of a file as one text, as pages show it: what is not seen by its code."""
    match value:
        case bool():
            return TRUE if value else FALSE
        case str():
            return escape_invisible(" ".join(value.split()))
        case list():
            return "; ".join(filter(None, map(text_of, value)))
        case _:
            return ""


def _rows(name: str, stated: Any) -> list[tuple[str, ...]]:
    entries = stated.items() if isinstance(stated, Mapping) else ()
    columns = TABLES[name][1:]
    return [(str(key), *(text_of(_at(one, (c,))) for c in columns)) for key, one in entries]


def rows_text(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows of a table as one text, empty ones left out."""
    kept = [list(row) for row in rows if any(row)]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def rows_in(text: str) -> list[list[str]]:
    """Return the rows of a table that `rows_text` has made a text."""
    return json.loads(text) if text else []


def odd_rows(values: Values) -> Iterator[tuple[str, int, bool]]:
    """Yield each row that cannot be written: its table, its number, and whether it stands twice.

    One that does not stand twice has no name in its first column.
    """
    for name in TABLES:
        seen: set[str] = set()
        for number, row in enumerate(rows_in(values.get(name, ""))):
            if not row[0] or row[0] in seen:
                yield name, number, bool(row[0])
            seen.add(row[0])


def content(data: Mapping[str, Any], values: Values, dictionary: Dictionary) -> Mapping[str, Plain]:
    """Return the content of a file in which some values are others, and all else is as it was."""
    made: dict[str, Any] = dict(data)
    now = dict(values_of(data, dictionary)) | dict(values)
    for name in dict.fromkeys(_key(name) for name in values):
        if name in fields_of(dictionary):
            made[name] = _field(fields_of(dictionary)[name], now, data.get(name))
        elif name == RATES:
            made[name] = _table(name, now, data.get(name))
        elif name == REGISTRY:
            made[name] = [row.strip() for row in now.get(name, "").splitlines() if row.strip()]
        elif name == HASH:
            made[name] = now.get(name) or None
        elif name == AWARD:
            made[name] = _award(values, now, data.get(name))
    return {key: value if value not in ([], {}) else None for key, value in made.items()}


def _key(name: str) -> str:
    return name.partition(".")[0]


def _field(field: Field, now: Values, known: Any) -> Any:
    value = _value(field, now.get(field.name, ""))
    paper = {part: now[key] for part in PAPER if now.get(key := f"{field.name}.{part}")}
    others = known if isinstance(known, Mapping) else {}
    kept = {key: one for key, one in others.items() if key not in {VALUE, *PAPER}}
    return {VALUE: value, **paper, **kept} if paper or kept else value


def _value(field: Field, text: str) -> Any:
    if field.type in LISTS:
        return [part.strip() for part in text.split(";") if part.strip()] or None
    if field.type is FieldType.BOOLEAN and text in {TRUE, FALSE}:
        return text == TRUE
    return text or None


def _table(name: str, now: Values, known: Any) -> dict[str, Any]:
    """Return the entries of a table by name; keys of an entry that no column shows stay."""
    columns = TABLES[name][1:]
    made: dict[str, Any] = {}
    for row in rows_in(now.get(name, "")):
        shown = dict(zip(columns, row[1:], strict=True))
        there = _at(known, (row[0],))
        others = there if isinstance(there, Mapping) else {}
        kept = {key: one for key, one in others.items() if key not in columns}
        made[row[0]] = {key: one for key, one in shown.items() if one} | kept
    return made


def _award(changed: Values, now: Values, known: Any) -> dict[str, Any]:
    made: dict[str, Any] = dict(known) if isinstance(known, Mapping) else {}
    for name in changed:
        _, _, rest = name.partition(".")
        key, _, part = rest.partition(".")
        if _key(name) != AWARD:
            continue
        if name == AWARD_OFFERS:
            made[key] = _table(name, now, made.get(key))
        elif part:
            there = made.get(key)
            others = there if isinstance(there, Mapping) else {}
            made[key] = {k: v for k, v in {**others, part: changed[name]}.items() if v}
        else:
            made[key] = changed[name] or None
    return {key: value for key, value in made.items() if value not in (None, {}, "")}
