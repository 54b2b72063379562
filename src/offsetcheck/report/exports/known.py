"""What is known of an offer or a purchase, by field, for exports with names of their own."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from offsetcheck.vocabulary.result_explanation import KnownLine, Plain

Known = Mapping[str, Plain]


def values_of(lines: Iterable[KnownLine]) -> dict[str, Plain]:
    """Return the values by field."""
    return {line.field: line.value for line in lines}


def remark_of(words: Mapping[str, str]) -> str:
    """Return that other rules judged than the notice of tender names; empty where they did not."""
    return words.get("notice.other_rules", "")


def text(known: Known, field: str) -> str | None:
    """Return the text of a field, None where it is not known or no text."""
    value = known.get(field)
    return value if isinstance(value, str) and value else None


def number(known: Known, field: str) -> float | int | None:
    """Return the number of a field, a whole one as an integer; None where it is not known."""
    value = known.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if float(value).is_integer() else value


def whole(known: Known, field: str) -> int | None:
    """Return the whole number of a field, None where it has a fraction or is not known."""
    value = number(known, field)
    return value if isinstance(value, int) else None


def day(known: Known, field: str) -> str | None:
    """Return the day of a field as ISO text, None where it is not known or no day."""
    value = text(known, field)
    try:
        return value if value and date.fromisoformat(value) else None
    except ValueError:
        return None


def stated(made: Any) -> Any:
    """Return data without what is not known: no null, no empty text, list or mapping."""
    if isinstance(made, Mapping):
        kept = {key: stated(value) for key, value in made.items()}
        return {key: value for key, value in kept.items() if not _is_empty(value)}
    if isinstance(made, list | tuple):
        return [value for value in map(stated, made) if not _is_empty(value)]
    return made


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list | dict) and not value)
