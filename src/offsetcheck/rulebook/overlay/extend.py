"""A city that builds on a shipped one: what it says of its own, and the rest as that one has it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.policies.model import CityExtension, CityFile
from offsetcheck.rulebook.policies.values import PolicyParameter
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import Problems

EXTENDS = "extends"
ADDED = ("adopt_also", "change", "sources", "notes")  # lists: the shipped entries come first
MERGED = ("parameters", "facts")  # entries by name: its own replace those of the same name


def read_city(
    document: Document, cities: Mapping[str, CityFile], problems: Problems
) -> tuple[CityFile, Document] | None:
    """Return a city's own policy, and its document with the places of what it adds.

    None where its shape is wrong; every mistake is noted.
    """
    data = document.data
    if not isinstance(data, dict) or EXTENDS not in data:
        city = build(CityFile, data, document, problems)
        return None if city is None else (city, document)
    own = build(CityExtension, data, document, problems)
    base = cities.get(str(data[EXTENDS]))
    if base is None:
        hint = did_you_mean(str(data[EXTENDS]), cities) or f"they are {', '.join(sorted(cities))}"
        problems.at_value(document, (EXTENDS,), f"no shipped city is `{data[EXTENDS]}`", hint)
    if own is None or base is None:
        return None
    _keep_jurisdictions(own, base, document, problems)
    return _extended(base, own), _moved(document, base)


def _keep_jurisdictions(
    own: CityExtension, base: CityFile, document: Document, problems: Problems
) -> None:
    """Note the base's jurisdictions that are left out: their law binds whoever builds on it."""
    if "jurisdictions" not in own.model_fields_set:
        return
    for name in base.jurisdictions:
        if name not in own.jurisdictions:
            message = f"`{name}` is left out, in which `{base.id}` lies"
            hint = f"name it, or leave `{EXTENDS}` out and write the policy whole"
            problems.at_value(document, ("jurisdictions",), message, hint)


def _extended(base: CityFile, own: CityExtension) -> CityFile:
    named = own.model_fields_set - {EXTENDS}
    given: dict[str, Any] = {name: getattr(own, name) for name in named}
    given |= {name: (*getattr(base, name), *given[name]) for name in ADDED if name in named}
    if "parameters" in named:
        given["parameters"] = _on_top(own.parameters, base.parameters)
    given |= {name: {**getattr(base, name), **given[name]} for name in MERGED if name in named}
    parameters = given.get("parameters", base.parameters)
    decided = own.parameters if "parameters" in named else {}
    opened = own.undecided if "undecided" in named else ()
    given["parameters"] = {n: p for n, p in parameters.items() if n in decided or n not in opened}
    given["undecided"] = _unique((*(n for n in base.undecided if n not in decided), *opened))
    return base.model_copy(update=given)


def _on_top(
    own: Mapping[str, PolicyParameter], base: Mapping[str, PolicyParameter]
) -> dict[str, PolicyParameter]:
    """Return what a city sets itself; what it adds to a list, it adds to the base's."""
    return {name: one.on_top_of(base[name]) if name in base else one for name, one in own.items()}


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _moved(document: Document, base: CityFile) -> Document:
    """Return a document whose entries of lists count from where the base's own end."""
    shift = {name: len(getattr(base, name)) for name in ADDED}
    kept = [name for name in base.undecided if name not in _keys(document, "parameters")]
    shift["undecided"] = len(kept)

    def there(steps: Steps) -> Steps:
        if len(steps) > 1 and steps[0] in shift and isinstance(steps[1], int):
            return (steps[0], steps[1] + shift[str(steps[0])], *steps[2:])
        return steps

    return replace(
        document,
        values={there(steps): mark for steps, mark in document.values.items()},
        keys={there(steps): mark for steps, mark in document.keys.items()},
        flow=frozenset(there(steps) for steps in document.flow),
        styles={there(steps): style for steps, style in document.styles.items()},
    )


def _keys(document: Document, name: str) -> Iterable[str]:
    found = document.data.get(name)
    return found if isinstance(found, dict) else ()
