"""Values of a field that a rule may tell apart: what it names, and what lies beside that."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from offsetcheck.rulebook.expression.nodes import Constant, FieldRef, In, Node
from offsetcheck.rulebook.expression.walk import children, walk
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.model import parameter_values
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.workshop.mutation.expressions import beside

MOST_YEARS = 200
MOST_VALUES = 80
MOST_OF_A_LIST = 50
ONE_DAY = timedelta(days=1)


def answers(
    rulebook: Rulebook, rule: LoadedRule, asked: Field, before: Sequence[Any], day: date
) -> tuple[Any, ...]:
    """Return the values of a field that a rule may tell apart."""
    constants = list(_constants(rulebook, rule))
    if asked.type is FieldType.TEXT:
        constants = [c for c in constants if c in _beside(rule, asked.name)]
    broad = _lists(rule, asked) if asked.type in {FieldType.CODE, FieldType.TEXT} else ()
    found = (*broad, *_answers(asked, constants, before, day))
    return tuple(value for value in _distinct(found) if _is_allowed(value, asked))


def _answers(asked: Field, constants: list[Any], before: Sequence[Any], day: date) -> Iterator[Any]:
    yield from before
    match asked.type:
        case FieldType.BOOLEAN:
            yield from (True, False)
        case FieldType.CODE:
            named = [c for c in constants if c in asked.narrow]
            yield from named
            yield from [code for code in asked.narrow if code not in named][:1]
        case FieldType.CODES:
            named = [
                c for c in constants if isinstance(c, str) and (c in asked.codes or not asked.codes)
            ]
            yield from ([one] for one in named)
            yield from ([one, other] for one, other in combinations(named[:4], 2))
            yield []
        case FieldType.INTEGERS:
            yield from ([int(n)] for n in constants if _is_number(n))
            yield []
        case FieldType.NUMBER | FieldType.INTEGER:
            yield from _numbers([*constants, *before])
        case FieldType.DATE:
            yield from _dates(constants, before, day)
        case _:
            yield from (c for c in constants if isinstance(c, str))


def _parts(codes: list[Any]) -> Iterator[list[Any]]:
    """Yield codes in lists that a field may hold as its possible values."""
    yield from (codes[at : at + MOST_OF_A_LIST] for at in range(0, len(codes), MOST_OF_A_LIST))


def _lists(rule: LoadedRule, asked: Field) -> Iterator[list[Any]]:
    """Yield the lists of a rule that hold codes of a field, each as one broad answer."""
    lists = [value for p in rule.parameters.values() for value in parameter_values(p)]
    lists += [
        tuple(str(o.value) for o in node.options if isinstance(o, Constant))
        for tree in rule.trees.values()
        for node in walk(tree)
        if isinstance(node, In)
    ]
    for listed in lists:
        if isinstance(listed, list | tuple):
            known = asked.narrow or _beside(rule, asked.name)
            codes = [code for code in listed if code in known]
            yield from (part for part in _parts(codes) if len(part) > 1)


def _beside(rule: LoadedRule, name: str) -> set[Any]:
    """Return the texts that a rule puts beside a field in one comparison or list."""
    found: set[Any] = set()
    for tree in rule.trees.values():
        for node in walk(tree):
            parts = children(node)
            if any(isinstance(part, FieldRef) and part.name == name for part in parts):
                found.update(*(_texts(rule, part) for part in parts if isinstance(part, Constant)))
    return found


def _texts(rule: LoadedRule, constant: Constant) -> list[Any]:
    parameter = rule.parameters.get((constant.name or "").removeprefix("$"))
    values = [constant.value] if parameter is None else parameter_values(parameter)
    return [one for v in values for one in (v if isinstance(v, list | tuple) else (v,))]


def _numbers(known: list[Any]) -> Iterator[Any]:
    yield 0
    for number in known:
        if _is_number(number):
            for value in (number, *beside(number)):
                yield int(value) if float(value).is_integer() else value


def _dates(constants: list[Any], before: Sequence[Any], day: date) -> Iterator[str]:
    whole = [
        int(n) for n in constants if _is_number(n) and float(n).is_integer() and n < MOST_YEARS
    ]
    known = [read for text in (*constants, *before) if (read := _read(text)) is not None]
    for start in (*known, day):
        yield from (text.isoformat() for text in (start - ONE_DAY, start, start + ONE_DAY))
        for number in whole:
            for moved in _shifted(start, number):
                yield from ((moved + timedelta(days=d)).isoformat() for d in (-1, 0, 1))


def _shifted(start: date, years: int) -> Iterator[date]:
    for sign in 1, -1:
        year = start.year + sign * years
        if 1900 < year < 2200:  # noqa: PLR2004 - years that a project may name
            yield start.replace(year=year, day=min(start.day, 28))


def _read(text: Any) -> date | None:
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _constants(rulebook: Rulebook, rule: LoadedRule) -> Iterator[Any]:
    """Yield every literal of a rule's expressions, of what they compute, and its parameters."""
    trees: list[Node] = [*rule.trees.values()]
    trees += [rulebook.derived[name] for name in rule.names if name in rulebook.derived]
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Constant) and node.name is None:
                yield node.value
    for parameter in rule.parameters.values():
        for value in parameter_values(parameter):
            yield from value if isinstance(value, tuple | list) else (value,)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _distinct(values: Iterable[Any]) -> Iterator[Any]:
    seen: set[str] = set()
    for value in values:
        if repr(value) not in seen and len(seen) < MOST_VALUES:
            seen.add(repr(value))
            yield value


def _is_allowed(value: Any, asked: Field) -> bool:
    if asked.type is FieldType.INTEGER and isinstance(value, float):
        return False
    if not _is_number(value) or asked.range is None:
        return True
    low, high = asked.range
    return (low is None or value >= low) and (high is None or value <= high)
