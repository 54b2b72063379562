"""The tables of docs/cities.md: what cities, standards and jurisdictions set, change and add."""

from collections.abc import Iterable, Iterator, Mapping

from offsetcheck.rulebook.policies.model import (
    CityFile,
    Jurisdiction,
    RuleChange,
)
from offsetcheck.rulebook.policies.values import ALWAYS, PolicyParameter, Setting
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.workshop.markdown import cell, table

PROFILE_HEADS = (
    "profile", "law above it", "sets", "changes", "adds", "floor", "undecided", "sources",
)  # fmt: skip
LAW_HEADS = ("jurisdiction", "binding", "sets", "changes", "adds", "sources and status")
NOTHING = "none"


def profile_rows(rulebook: Rulebook, kind: str) -> Iterator[str]:
    """Yield the table of all profiles of a kind, `city` or `standard`, by id.

    A standard says whom it speaks of; a city speaks for all that is its own.
    """
    cities = {name: city for name, city in rulebook.cities.items() if city.kind == kind}
    if kind == "city":
        yield from table(PROFILE_HEADS, (_profile(name, cities[name]) for name in sorted(cities)))
        return
    heads = (PROFILE_HEADS[0], "speaks of", *PROFILE_HEADS[1:])
    yield from table(heads, (_standard(name, cities[name]) for name in sorted(cities)))


def jurisdiction_rows(rulebook: Rulebook) -> Iterator[str]:
    """Yield the table of all jurisdictions, by id."""
    laws = rulebook.jurisdictions
    yield from table(LAW_HEADS, (_jurisdiction(name, laws[name]) for name in sorted(laws)))


def _standard(name: str, city: CityFile) -> tuple[str, ...]:
    source = city.speaks_of.source if city.speaks_of is not None else None
    own, *rest = _profile(name, city)
    return (own, f"{', '.join(city.spoken_of)}{_cited(source)}", *rest)


def _profile(name: str, city: CityFile) -> tuple[str, ...]:
    floor = city.floor
    return (
        f"`{name}`",
        ", ".join(city.jurisdictions) or NOTHING,
        _own_words(city),
        _changes(city.change),
        _lines(map(_code, sorted(city.adopt_also))),
        NOTHING if floor is None else f"{cell(floor.integrity)}{_cited(floor.source)}",
        _lines(map(_code, city.undecided)),
        ", ".join(sorted({source.guide for source in city.sources if source.guide})) or NOTHING,
    )


def _own_words(city: CityFile) -> str:
    """Return what a profile sets, below a line that it is an example where it is one."""
    sets = _sets(city.parameters)
    return sets if city.example is None else f"an example: {cell(city.example)}<br>{sets}"


def _jurisdiction(name: str, law: Jurisdiction) -> tuple[str, ...]:
    return (
        f"`{name}`",
        law.binding,
        _sets(law.parameters),
        _changes(law.change),
        _lines(map(_code, sorted(law.adopt_also))),
        _lines(map(_status, law.sources)),
    )


def _sets(parameters: Mapping[str, PolicyParameter]) -> str:
    """Return one line for each value of each parameter, with the day from which it holds."""
    return _lines(
        f"{_code(name)}{_set(value)}"
        + ("" if since == ALWAYS else f" from {since.isoformat()}")
        + _cited(value.source or parameter.source)
        for name, parameter in sorted(parameters.items())
        for since, value in sorted(parameter.dated.items())
    )


def _set(setting: Setting) -> str:
    if not setting.changes_a_list:
        return f" = {_value(setting.value)}"
    said = {"add": "with", "remove": "without"}
    return ", ".join(f" {said[key]} {_value(part)}" for key, part in setting.parts if part)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return cell(", ".join(map(str, value))) or "empty list"
    return cell(f"{value:g}" if isinstance(value, float) else str(value))


def _changes(changes: Iterable[RuleChange]) -> str:
    return _lines(f"{_code(change.rule)}: {', '.join(_changed(change))}" for change in changes)


def _changed(change: RuleChange) -> Iterator[str]:
    """Yield in words what a layer changes of a rule."""
    if change.leave_out:
        yield "left out"
    for key in ("effect", "cap", "limit", "weight", "if_unknown"):
        value = getattr(change, key)
        if value is not None:
            yield f"{key.replace('_', ' ')} {cell(str(value))}"
    if change.levels is not None:
        yield "other levels"
    if change.evidence is not None:
        yield "other evidence"
    if change.applies_when is not None:
        yield f"asked only where {_code(change.applies_when)}"


def _status(source: SourceEntry) -> str:
    """Return a source with its standing and what is known of its force, else the clause cited."""
    force = (source.status or "").replace("_", " ")
    noted = (source.note or "").casefold().startswith(force)
    said = [f"Status: {force}."] if force and not noted else []
    said += [source.note] if source.note else []
    words = cell(" ".join(said) or source.clause or "")
    return f"{cell(source.guide or 'own design')} ({source.standing})" + (words and f": {words}")


def _cited(source: SourceEntry | None) -> str:
    if source is None:
        return ""
    return f" ({', '.join(filter(None, (source.guide, source.standing)))})"


def _code(text: str) -> str:
    return f"`{cell(text)}`"


def _lines(items: Iterable[str]) -> str:
    return "<br>".join(items) or NOTHING
