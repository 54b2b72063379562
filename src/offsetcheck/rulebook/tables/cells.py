"""The cells of a reference table as values of the field that looks them up."""

from offsetcheck.rulebook.expression.types import literal_number, read_date
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.numbers import INTEGER, MAX_NUMBER_LENGTH, NUMBER

WORDS = {"true": True, "false": False, "yes": True, "no": False}


def element_type(kind: FieldType) -> FieldType:
    """Return the type of one element of a list, or the type itself."""
    return {FieldType.CODES: FieldType.CODE, FieldType.INTEGERS: FieldType.INTEGER}.get(kind, kind)


def cell_value(cell: str, field: Field) -> Value | None:
    """Return a cell as a value of a field, or of its elements, None where it is none."""
    kind = element_type(field.type)
    if kind is FieldType.BOOLEAN:
        return WORDS.get(cell)
    if kind is FieldType.DATE:
        return read_date(cell)
    if kind in {FieldType.NUMBER, FieldType.INTEGER}:
        return _number(cell, kind)
    return cell if not field.codes or cell in field.codes else None


def _number(cell: str, kind: FieldType) -> Value | None:
    pattern = INTEGER if kind is FieldType.INTEGER else NUMBER
    if len(cell) > MAX_NUMBER_LENGTH or not pattern.fullmatch(cell):
        return None
    sign, digits = (-1, cell[1:]) if cell.startswith("-") else (1, cell.removeprefix("+"))
    number = literal_number(digits)
    return None if number is None else sign * number
