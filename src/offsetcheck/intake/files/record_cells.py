"""An object of JSON or YAML as cells: what is nested is spread, what stands twice is told."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from offsetcheck.intake.normalise.numbers import number_text
from offsetcheck.vocabulary.problem import InputError, Place, Problem

MAX_NESTED = 5  # objects within objects; what lies deeper stays JSON

ABOUT = ("document", "page", "kind")  # what a value's record may say of the paper behind it


class JsonObject(dict[str, Any]):
    """A JSON object that remembers which of its keys stood there more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counted = Counter(name for name, _ in pairs)
        self.doubled = tuple(name for name, count in counted.items() if count > 1)


def is_record(item: object) -> bool:
    """Return whether an entry of a list is an object."""
    return isinstance(item, Mapping)


def flat_record(record: Mapping[str, Any], file: str, line: int) -> dict[str, str]:
    """Return a record's values as text; raises InputError where they are nested too deeply."""
    try:
        return _cells(record)
    except RecursionError:
        raise InputError([Problem("the JSON is nested too deeply", Place(file, line))]) from None


def _cells(record: Mapping[str, Any]) -> dict[str, str]:
    cells: dict[str, str] = {}
    doubled = doubled_within(record)
    for name, value in record.items():
        if name in doubled:
            cells[name] = ""
        elif isinstance(value, Mapping) and "value" in value:
            cells |= _spread(name, value["value"])
            cells |= {
                f"{name} {about}": cell_text(value[about]) for about in ABOUT if about in value
            }
        else:
            cells |= _spread(name, value)
    return cells


def _spread(name: str, value: object, within: int = MAX_NESTED) -> dict[str, str]:
    """Return a value as cells: an object within is one cell per key, headed `name.key`.

    A list of objects is headed `name[].key`, its values a list in one cell where it has several:
    in the order of the objects, `null` where one has none, so that two such cells can be held
    against each other and none that stands twice is lost. What lies deeper than anybody looks is
    headed `name.*`, so that no field has JSON for a value.
    """
    if not within and (is_record(value) or _holds_records(value)):
        return {f"{name}.*": cell_text(value)}
    if isinstance(value, Mapping):
        parts = [_spread(f"{name}.{key}", part, within - 1) for key, part in value.items()]
        return {heading: cell for part in parts for heading, cell in part.items()}
    if isinstance(value, list) and _holds_records(value):
        return _spread_list(f"{name}[]", value, within - 1)
    return {name: cell_text(value)}


def _holds_records(value: object, within: int = MAX_NESTED) -> bool:
    """Return whether a list holds an object, or is nested deeper than anybody looks."""
    if not isinstance(value, list):
        return False
    return not within or any(is_record(item) or _holds_records(item, within - 1) for item in value)


def _spread_list(name: str, items: Sequence[Any], within: int) -> dict[str, str]:
    spread = [_spread(name, item, within) for item in items]
    if len(spread) == 1:
        return spread[0]
    headings = dict.fromkeys(heading for cells in spread for heading in cells)
    return {heading: _listed([cells.get(heading) for cells in spread]) for heading in headings}


def _listed(cells: Sequence[str | None]) -> str:
    said = [cell or None for cell in cells]
    return json.dumps(said, ensure_ascii=False) if any(said) else ""


def doubled_within(record: object) -> tuple[str, ...]:
    """Return the keys of a record that stand twice, or whose own mapping holds a key twice."""
    if not isinstance(record, Mapping):
        return ()
    within = [name for name, value in record.items() if doubled_keys(value)]
    return tuple(dict.fromkeys([*doubled_keys(record), *within]))


def doubled_keys(record: object) -> tuple[str, ...]:
    """Return the keys of a record that stood there more than once."""
    return record.doubled if isinstance(record, JsonObject) else ()


def cell_text(value: object) -> str:
    """Return a value as the text of a cell; a list as JSON, so that its words stay apart."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_text(value)
        case _:
            return json.dumps(value, ensure_ascii=False)
