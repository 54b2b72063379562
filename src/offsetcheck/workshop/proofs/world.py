"""The fields that rules read, as variables: stated or not, of which grade, and with which value.

Words are numbered: those of closed lists, those that the rules and tables speak of, and a few that
nobody has heard of, so that fields of free text can differ from all of them and from each other.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import z3

from offsetcheck.rulebook.expression.nodes import Constant, FieldRef, Function, Lookup, Node
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.fields.names import field_named
from offsetcheck.rulebook.tables.versions import DASH, LIST
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.workshop.proofs.terms import (
    Day,
    Formula,
    Listed,
    days_in,
    every,
    number,
    some,
)

TEXTS = frozenset((FieldType.TEXT, FieldType.CODE))
LISTS = frozenset((FieldType.CODES, FieldType.INTEGERS))
BITS = 16
CITY, PARAMETER = "city.", "$"
UNHEARD = ("another", "yet another", "a third")
EARLIEST, LATEST = 1900, 2200
LONGEST = 20


class World:
    """What there could be to be judged, as far as some trees can tell it apart."""

    def __init__(
        self, dictionary: Dictionary, trees: Iterable[Node], values: Iterable[Value] = ()
    ) -> None:
        self.nodes = list({id(part): part for tree in trees for part in walk(tree)}.values())
        fields = {one.name: one for one in self.nodes if isinstance(one, FieldRef)}
        self.fields: dict[str, FieldRef] = dict(sorted(fields.items()))
        self.dictionary = dictionary
        self.screened = z3.Bool("a search was recorded")
        spoken = [*self._spoken_of(), *UNHEARD, *words_in(values)]
        coded = (code for name in self.fields for code in self.codes(name))
        self.words = list(dict.fromkeys((*coded, *spoken)))
        self._places = {word: place for place, word in enumerate(self.words)}
        self._in_lists = self._words_of_lists(spoken)
        self.numbers = sorted({*self._numbers_of_lists(), *_numbers_in(values)})
        self._values: dict[str, Any] = {}

    def definition(self, name: str) -> Field | None:
        """Return the field of the dictionary that rules read under a name."""
        return field_named(self.dictionary, name)

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the closed list of a field, none where it has none."""
        field = self.definition(name)
        return field.narrow if field is not None else ()

    def word(self, text: str) -> Formula:
        """Return the number of a word."""
        return z3.BitVecVal(self._places[text], BITS)

    def stated(self, name: str) -> Formula:
        """Return whether a field has a value."""
        return z3.Bool(f"{name} is stated")

    def grade(self, name: str) -> Formula:
        """Return the place of the evidence grade of a field, 1 the strongest."""
        return z3.Int(f"{name} is of grade")

    def value(self, name: str) -> Any:
        """Return the value of a field, as its type has it."""
        if name not in self._values:
            self._values[name] = self._variable(name, self.fields[name].type)
        return self._values[name]

    def constant(self, value: Value) -> Any:
        """Return a value that stands in a rule or a table."""
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return number(value)
        if isinstance(value, date):
            return Day(value.year, value.month, value.day)
        if isinstance(value, str):
            return self.word(value)
        times: dict[Any, int] = {}
        for item in value:
            times[item] = times.get(item, 0) + 1
        return Listed(times, 0)

    def nothing(self, kind: FieldType) -> Any:
        """Return some value of a type, to stand where none is known."""
        if kind is FieldType.BOOLEAN:
            return False
        if kind is FieldType.DATE:
            return Day(1, 1, 1)
        if kind in LISTS:
            return Listed({}, 0)
        return self.word(self.words[0]) if kind in TEXTS else number(0)

    def known(self) -> list[Formula]:
        """Return what every offer is held to: ranges, codes, days that there are."""
        return [one for name, field in self.fields.items() for one in self._held(name, field.type)]

    def _variable(self, name: str, kind: FieldType) -> Any:
        match kind:
            case FieldType.BOOLEAN:
                return z3.Bool(name)
            case FieldType.NUMBER:
                return z3.Real(name)
            case FieldType.INTEGER:
                return z3.ToReal(z3.Int(name))
            case FieldType.DATE:
                return Day(*(z3.Int(f"{part} of {name}") for part in ("year", "month", "day")))
            case FieldType.TEXT | FieldType.CODE:
                return z3.BitVec(name, BITS)
        items: Iterable[Any] = self.numbers if kind is FieldType.INTEGERS else self._listable(name)
        times = {item: z3.Int(f"{item} in {name}") for item in items}
        return Listed(times, z3.Int(f"others in {name}"))

    def _listable(self, name: str) -> list[str]:
        codes = self.codes(name)
        return [word for word in self._in_lists if not codes or word in codes]

    def _held(self, name: str, kind: FieldType) -> Iterator[Formula]:
        grade, value = self.grade(name), self.value(name)
        weakest = 1 if is_unset(name) else max(EvidenceGrade)
        yield every((grade >= 1, grade <= int(weakest)))
        match kind:
            case FieldType.NUMBER | FieldType.INTEGER:
                yield from self._in_range(name, value)
            case FieldType.DATE:
                yield every((value.year >= EARLIEST, value.year <= LATEST))
                yield every((value.month >= 1, value.month <= len("JFMAMJJASOND")))
                yield every((value.day >= 1, value.day <= days_in(value.year, value.month)))
            case FieldType.TEXT | FieldType.CODE:
                yield self._one_of(value, self.codes(name))
            case FieldType.CODES | FieldType.INTEGERS:
                yield from self._as_long(name, value)

    def _in_range(self, name: str, value: Formula) -> Iterator[Formula]:
        field = self.definition(name)
        low, high = field.range if field is not None and field.range is not None else (None, None)
        if low is not None:
            yield value >= number(low)
        if high is not None:
            yield value <= number(high)

    def _one_of(self, value: Formula, codes: tuple[str, ...]) -> Formula:
        places = sorted(self._places[code] for code in codes) or list(range(len(self.words)))
        ends: list[list[int]] = []
        for place in places:
            if ends and ends[-1][1] == place - 1:
                ends[-1][1] = place
            else:
                ends.append([place, place])
        return some(every((z3.UGE(value, low), z3.ULE(value, high))) for low, high in ends)

    def _as_long(self, name: str, value: Listed) -> Iterator[Formula]:
        codes = self.codes(name)
        most = len([code for code in codes if code not in value.times]) if codes else LONGEST
        yield every((value.others >= 0, value.others <= most))
        for times in value.times.values():
            yield every((times >= 0, times <= 1))

    def _spoken_of(self) -> Iterator[str]:
        for node in self.nodes:
            if isinstance(node, Constant) and node.value is not None:
                yield from words_in((node.value,))
            if isinstance(node, Lookup):
                yield from _words_of_table(node)

    def _words_of_lists(self, spoken: list[str]) -> list[str]:
        """Return the words whose place in a list matters: all, where a field is held against it."""
        asked = [one for one in self.nodes if isinstance(one, Function) and one.name == "contains"]
        fixed = all(isinstance(one.arguments[1], Constant) for one in asked)
        constants = (one.value for one in self.nodes if isinstance(one, Constant))
        named = words_in(value for value in constants if value is not None)
        found = (word for one in self.nodes if isinstance(one, Lookup) for word in _collected(one))
        return list(dict.fromkeys((*named, *found) if fixed else (*self.words, *spoken)))

    def _numbers_of_lists(self) -> Iterator[float]:
        constants = [one.value for one in self.nodes if isinstance(one, Constant)]
        yield from _numbers_in(value for value in constants if value is not None)
        for one in self.nodes:
            if isinstance(one, Lookup):
                yield from _numbers_in(
                    row.value for rows in one.rows.values() for row in rows if row.value is not None
                )


def is_unset(name: str) -> bool:
    """Whether a field stands for a value that a city states, or a parameter that nobody set."""
    return name.startswith((CITY, PARAMETER))


def words_in(values: Iterable[Value]) -> Iterator[str]:
    """Yield the words that values are or hold."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, str))


def _numbers_in(values: Iterable[Value]) -> Iterator[float]:
    for value in values:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, int | float) and not isinstance(item, bool):
                yield float(item)


def _collected(lookup: Lookup) -> Iterator[str]:
    for rows in lookup.rows.values():
        yield from words_in(row.value for row in rows if row.value is not None)


def _words_of_table(lookup: Lookup) -> Iterator[str]:
    """Yield keys, values and versions of a table: what ranges begin and end with, and beside."""
    for key in lookup.rows:
        yield from key
    yield from _collected(lookup)
    if lookup.absent is not None:
        yield from words_in((lookup.absent,))
    ranges = {row.version for rows in lookup.rows.values() for row in rows if row.version}
    for text in sorted(ranges):
        for part in LIST.split(text.strip()):
            yield from (version for end in DASH.split(part) for version in _around(end.strip()))


def _around(end: str) -> tuple[str, ...]:
    """Return a version, one that lies right behind it, and one of the next whole number."""
    plain = end.removesuffix(".")
    whole = "".join(sign for sign in plain.split(".")[0] if sign.isdecimal())
    after = (str(int(whole) + 1),) if whole else ()
    return (plain, f"{plain}.0.1", *after, "0")
