"""Dated values: what a guide, a jurisdiction or a city sets for a parameter, day by day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from offsetcheck.difference.meaning.model import (
    Books,
    Change,
    Period,
    Topic,
    names_of_both,
    period_of,
    steps_in_time,
)
from offsetcheck.difference.meaning.rules import file_of
from offsetcheck.rulebook.policies.layers import GUIDE, layer_values
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.policies.values import PolicyParameter, PolicyValue
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import SHARED, Parameter, ParameterValue, is_shared
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.document import Steps

Policy = CityFile | Jurisdiction
Entry = ParameterValue | PolicyValue


Moved = frozenset[tuple[str, str]]
"""Of layers, the values that stand under one name in the older rules and another in the newer."""


@dataclass(frozen=True, slots=True)
class Written:
    """One parameter as one layer has it in both rulebooks, `full` its name with the rule."""

    full: str
    layer: str
    file: str
    steps: Steps
    old: Mapping[date, Entry]
    new: Mapping[date, Entry]
    about: tuple[str, ...]

    @property
    def rule(self) -> str | None:
        """The rule of the parameter, None where several share it."""
        return None if is_shared(self.full) else self.full.rpartition(".")[0]

    def rules(self, books: Books) -> tuple[str, ...]:
        """Return the rules that read the parameter in either rulebook."""
        read = [rule for book in books.sides for rule, _ in book.reading(self.full)]
        return tuple(dict.fromkeys(read))

    @property
    def name(self) -> str:
        """The name of the parameter in its rule."""
        return self.full.rpartition(".")[2]


def value_changes(books: Books) -> Iterator[Change]:
    """Yield each value of a guide, jurisdiction or city that is otherwise from some day on."""
    found = (*_of_guide(books), *_of_shared(books), *_of_layers(books))
    moved = _moved_values(found)
    for written in found:
        if _plain(written.old) != _plain(written.new) and not _is_moved(written, moved):
            yield from _of(written, books)


def _plain(values: Mapping[date, Entry]) -> dict[date, object]:
    return {day: _shown(entry) for day, entry in values.items()}


def _of_guide(books: Books) -> Iterator[Written]:
    for rule in names_of_both(books.old.rules, books.new.rules):
        sides = [_guide_parameters(book, rule) for book in books.sides]
        if rule in books.old.rules and rule in books.new.rules:
            for name in names_of_both(*sides):
                old, new = (side[name].values if name in side else {} for side in sides)
                full = f"{rule}.{name}"
                steps = ("parameters", name, "values")
                yield Written(full, GUIDE, file_of(rule), steps, old, new, (full, rule))


def _of_shared(books: Books) -> Iterator[Written]:
    for full in names_of_both(books.old.shared, books.new.shared):
        old, new = (
            book.shared[full].parameter.values if full in book.shared else {}
            for book in books.sides
        )
        file = f"parameters/{full.removeprefix(SHARED)}.yaml"
        yield Written(full, GUIDE, file, ("values",), old, new, (full,))


def _guide_parameters(book: Rulebook, rule: str) -> Mapping[str, Parameter]:
    return book.rules[rule].file.parameters if rule in book.rules else {}


def _of_layers(books: Books) -> Iterator[Written]:
    for folder, (old, new) in (
        ("jurisdictions", (books.old.jurisdictions, books.new.jurisdictions)),
        ("cities", (books.old.cities, books.new.cities)),
    ):
        for layer in sorted(old.keys() & new.keys()):
            yield from _of_layer(f"{folder}/{layer}", old[layer], new[layer])


def _of_layer(path: str, old: Policy, new: Policy) -> Iterator[Written]:
    for full in names_of_both(old.parameters, new.parameters):
        was, now = (_dated(side.parameters.get(full)) for side in (old, new))
        steps = ("parameters", full)
        about = (f"{path}.{full}", path)
        yield Written(full, new.id, f"{path}.yaml", steps, was, now, about)


def _dated(parameter: PolicyParameter | None) -> Mapping[date, PolicyValue]:
    return {} if parameter is None else parameter.dated


def _of(written: Written, books: Books) -> Iterator[Change]:
    """Yield the periods in which a layer's value differs, and whom each reaches."""
    in_force = [
        period
        for book in books.sides
        for rule in written.rules(books)
        if (period := period_of(book, rule)) is not None
    ]
    days = {*written.old, *written.new}
    for period, before, after in steps_in_time(
        days, _Timeline(written.old), _Timeline(written.new)
    ):
        served = None if _is_one_sided(written) else _served(period, in_force)
        reach, covered = _whom(written, served, books) if served else ((), ())
        yield Change(
            Topic.VALUE, "value", written.file, written.about, _place(written, period),
            rule=written.rule, name=written.name,
            layer=None if written.layer == GUIDE else written.layer,
            before=before, after=after, unit=_unit(written, books),
            tighter=_tighter(written, books), period=served or period, reach=reach,
            covered=covered, decides=served is not None, noted=_noted(written, period),
            readers=() if written.rule else written.rules(books),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Timeline:
    """The value of a layer on a day, None before the first."""

    values: Mapping[date, Entry]

    def __call__(self, day: date) -> object:
        begun = [since for since in self.values if since <= day]
        return _shown(self.values[max(begun)]) if begun else None


def _moved_values(found: Sequence[Written]) -> Moved:
    """Return the layers' values that were moved to another name, such as a shared one."""
    gone = {(one.layer, str(_plain(one.old))) for one in found if not one.new}
    come = {(one.layer, str(_plain(one.new))) for one in found if not one.old}
    return frozenset(gone & come)


def _is_moved(written: Written, moved: Moved) -> bool:
    """Whether a value of one rulebook alone stands under another name in the other."""
    whole = str(_plain(written.old or written.new))
    return not (written.old and written.new) and (written.layer, whole) in moved


def _is_one_sided(written: Written) -> bool:
    """Whether the guide has a parameter in one rulebook alone: rules tell what they ask by it."""
    return written.layer == GUIDE and not (written.old and written.new)


def _shown(entry: Entry) -> object:
    """Return what an entry sets: a value, or what it adds to a list and takes from it."""
    if isinstance(entry, PolicyValue) and entry.changes_a_list:
        return (*(f"+{one}" for one in entry.add), *(f"−{one}" for one in entry.remove))
    return entry.value


def _served(period: Period, in_force: list[Period]) -> Period | None:
    """Return the days of a period on which the rule is in force in either rulebook."""
    within = [days for one in in_force if (days := period.within(one)) is not None]
    if not within:
        return None
    ends = [days.until for days in within]
    until = None if None in ends else max(end for end in ends if end is not None)
    return Period(min(days.since for days in within), until)


def _whom(
    written: Written, period: Period, books: Books
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the cities whose value is another by what this layer says, and the others under it."""
    reach: list[str] = []
    covered: list[str] = []
    for city in books.lasting:
        if not _is_under(written, city, books):
            continue
        days = {period.since, *_days_within(written, city, period, books)}
        found = any(_turns(written, city, day, books) for day in days)
        (reach if found else covered).append(city)
    return tuple(reach), tuple(covered)


def _is_under(written: Written, city: str, books: Books) -> bool:
    """Whether a city has the rule, and the layer."""
    rules = written.rules(books)
    if all(books.effective(book, rule, city) is None for book in books.sides for rule in rules):
        return False
    layers = {layer.id for book in books.sides for layer in books.layers(book, city)}
    return written.layer == GUIDE or written.layer in layers


def _days_within(written: Written, city: str, period: Period, books: Books) -> Iterator[date]:
    """Yield the days of a period on which a layer of a city begins another value."""
    for book in books.sides:
        for layer in books.layers(book, city):
            parameter = layer.parameters.get(written.full)
            days = (max(day, period.since) for day in _dated(parameter))
            yield from (day for day in days if period.holds(day))


def _turns(written: Written, city: str, day: date, books: Books) -> bool:
    """Whether a city's value on a day is another, and this layer's word is the one that counts."""
    last = [_last(written, city, day, book, books) for book in books.sides]
    values = [None if one is None else one[1] for one in last]
    layers = [None if one is None else one[0] for one in last]
    if values[0] == values[1]:
        return False
    return written.layer in layers or _passes_on(written, city, layers, books)


def _passes_on(written: Written, city: str, layers: Sequence[str | None], books: Books) -> bool:
    """Whether the layer that counts is as it was, so that the difference comes from beneath it."""
    own = [
        {layer.id: layer.parameters.get(written.full) for layer in books.layers(book, city)}
        for book in books.sides
    ]
    return layers[0] == layers[1] and own[0].get(layers[0] or "") == own[1].get(layers[1] or "")


def _last(
    written: Written, city: str, day: date, book: Rulebook, books: Books
) -> tuple[str, Value] | None:
    """Return who sets the value of a city on a day and which, None where nobody does."""
    parameter = _parameter_in(written, book)
    if parameter is None:
        return None
    found = layer_values(parameter, written.full, books.layers(book, city), day)
    return (found[-1].layer, found[-1].value) if found else None


def _place(written: Written, period: Period) -> Steps:
    begun = [day for day in written.new if day <= period.since]
    if not begun:
        return written.steps
    if written.layer == GUIDE:
        return (*written.steps, max(begun).isoformat())
    return (*written.steps, "values", max(begun).isoformat())


def _noted(written: Written, period: Period) -> bool:
    """Whether the value that begins a period has a note that the older rulebook had not."""
    begun = [day for day in written.new if day <= period.since]
    if not begun:
        return False
    entry, was = written.new[max(begun)], written.old.get(max(begun))
    return entry.note is not None and (was is None or was.note != entry.note)


def _parameter(written: Written, books: Books) -> Parameter | None:
    found = (_parameter_in(written, book) for book in reversed(books.sides))
    return next((one for one in found if one is not None), None)


def _parameter_in(written: Written, book: Rulebook) -> Parameter | None:
    if written.rule is None:
        shared = book.shared.get(written.full)
        return shared.parameter if shared else None
    rule = book.rules.get(written.rule)
    return rule.file.parameters.get(written.name) if rule else None


def _unit(written: Written, books: Books) -> str | None:
    parameter = _parameter(written, books)
    return parameter.unit if parameter else None


def _tighter(written: Written, books: Books) -> str | None:
    parameter = _parameter(written, books)
    return parameter.tighter if parameter else None
