"""Values as literals of Spark SQL."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from offsetcheck.engine.arithmetic import typed
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Value

FACT = "fact_"
LIKE_COLUMN = re.compile(r"_(?=c\d)")
SQL_TYPES: Mapping[FieldType, str] = {
    FieldType.NUMBER: "DOUBLE",
    FieldType.INTEGER: "DOUBLE",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.DATE: "DATE",
    FieldType.TEXT: "STRING",
    FieldType.CODE: "STRING",
    FieldType.CODES: "ARRAY<STRING>",
    FieldType.INTEGERS: "ARRAY<DOUBLE>",
}


def literal(value: Value | None, kind: FieldType) -> str:
    """Return a value of a type as SQL, an unknown one as a typed NULL."""
    held = typed(value, kind)
    if held is None:
        return f"CAST(NULL AS {SQL_TYPES[kind]})"
    if isinstance(held, tuple):
        return f"CAST(array({', '.join(map(_single, held))}) AS {SQL_TYPES[kind]})"
    return _single(held)


def text(value: str) -> str:
    """Return a text as SQL.

    Whatever is no plain letter or digit is written by its number: Spark reads backslashes in a
    text, and replaces `${name}` by what the name stands for in its settings. Nor does a text read
    as the name of one of the columns of a plan (`layers.COLUMN`).
    """
    return "'" + LIKE_COLUMN.sub(r"\\U0000005F", "".join(map(_character, value))) + "'"


def name(column: str) -> str:
    """Return the name of a column as SQL."""
    return "`" + column.replace("`", "``") + "`"


def fact(column: str) -> str:
    """Return the name of a column of facts within a plan, which no name of a plan's own can be.

    A field may be called `x` or `_c1`, as what a list is looked through for, or a column, is.
    """
    return name(f"{FACT}{column}")


def _character(one: str) -> str:
    if one.isalnum() or one in " _-.,:;/":
        return one
    code = ord(one)
    return f"\\U{code:08X}"


def _single(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"({value!r}D)".upper()
    if isinstance(value, date):
        return f"DATE'{value.isoformat()}'"
    return text(str(value))
