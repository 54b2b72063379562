"""Statements that somebody supposes, as `price=9` or `monitoring_years=60@E2`."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.normalise.readers import UNTOLD, reader_for
from offsetcheck.intake.normalise.text import OneOf
from offsetcheck.vocabulary.dictionary import Dictionary, Field
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.vocabulary.problem import Place, Problem, RequestError, UnreadableError

NO_GRADE = re.compile(r"@[Ee]\d+\Z")
FORM = re.compile(r"(?P<field>[^=]+)=(?P<value>.*?)(?:@(?P<grade>[Ee][1-4]))?", re.DOTALL)
PURCHASE = "purchase."
# Another id is another project, whose record is not at hand; another city has other rules.
NEVER = {"id": "explain that offer", f"{PURCHASE}city": "name the city with `--city`"}
EXAMPLE = "write `price=9`, or `monitoring_years=60@E2` with the grade of the paper behind it"
OPTION = "set"


@dataclass(frozen=True, slots=True)
class SupposedValue:
    """A value that a field is supposed to have; `grade` None: as what is stated now."""

    value: Value | None
    grade: EvidenceGrade | None


def read_supposed(texts: Iterable[str], dictionary: Dictionary) -> dict[str, SupposedValue]:
    """Return what is supposed by field, those of the purchase as `purchase.year`.

    A blank value says that nothing is stated. Raises RequestError with every text that cannot be
    read.
    """
    known = _fields(dictionary)
    found: dict[str, SupposedValue] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            name, value = _read(text, known, found)
        except UnreadableError as why:
            problems.append(Problem(why.reason, Place(OPTION), why.hint))
        else:
            found[name] = value
    if problems:
        raise RequestError(problems)
    return found


def supposed_text(value: Value | None) -> str:
    """Return the text of a value that `read_supposed` reads as this value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value) or "none"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else _decimal(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _decimal(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    three = len(text.rpartition(".")[2]) == 3  # noqa: PLR2004 - as thousands are written
    return f"{text}0" if three else text


def _fields(dictionary: Dictionary) -> dict[str, Field]:
    purchase = {f"{PURCHASE}{name}": field for name, field in dictionary.purchase.items()}
    return {**dictionary.candidate, **purchase}


def _read(
    text: str, known: Mapping[str, Field], taken: Collection[str]
) -> tuple[str, SupposedValue]:
    parts = FORM.fullmatch(text)
    if parts is None:
        raise UnreadableError(f"“{text}” supposes nothing", EXAMPLE)
    name = parts["field"].strip()
    field = _field(name, known)
    if name in taken:
        raise UnreadableError(f"`{name}` is supposed twice", "leave one of them out")
    if NO_GRADE.search(parts["value"]) and not parts["grade"]:
        raise UnreadableError(
            f"“{text}” names no grade of evidence", "grades are E1, E2, E3 and E4"
        )
    value = reader_for(field, UNTOLD)(parts["value"].strip())
    if isinstance(value, OneOf):
        raise UnreadableError(f"“{parts['value']}” could be several values of {name}", "say which")
    grade = EvidenceGrade[parts["grade"].upper()] if parts["grade"] else None
    return name, SupposedValue(value, grade)


def _field(name: str, known: Mapping[str, Field]) -> Field:
    field = known.get(name)
    if field is None:
        raise UnreadableError(f"there is no field `{name}`", did_you_mean(name, known) or EXAMPLE)
    if not field.is_input:
        raise UnreadableError(f"`{name}` is worked out from other fields", "suppose one of these")
    if name in NEVER:
        raise UnreadableError(f"`{name}` cannot be supposed", NEVER[name])
    return field
