"""Whether a table, by the names and types of its columns, is one of facts."""

from collections.abc import Collection, Mapping

from offsetcheck.engine.spark.fields import GRADE, OFFER, STATEMENTS
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.vocabulary.problem import Place, Problem, Severity

WHOLE_NUMBERS = ("tinyint", "smallint", "int", "bigint")
NUMBERS = (*WHOLE_NUMBERS, "float", "double")
FITTING = {
    "DOUBLE": NUMBERS,
    "BIGINT": NUMBERS,
    "INT": WHOLE_NUMBERS,
    "STRING": ("string",),
    "BOOLEAN": ("boolean",),
    "DATE": ("date",),
    "ARRAY<STRING>": ("array<string>",),
    "ARRAY<DOUBLE>": tuple(f"array<{kind}>" for kind in NUMBERS),
}
COLUMNS_OF_FACTS = "see docs/scale.md for the columns of a table of facts"

Types = Mapping[str, str]
"""The type of each column by its name, as Spark writes types."""


def misfits(told: Types, read: Types, path: str) -> list[Problem]:
    """Return what of a table's columns is not as a table of facts has it, errors first."""
    if OFFER not in told:
        said = f"this table has no column `{OFFER}`, which names each offer"
        return [Problem(said, Place(path), did_you_mean(OFFER, told) or COLUMNS_OF_FACTS)]
    wrong = [
        Problem(
            f"`{name}` is {told[name]} and should be {kind.lower()}",
            Place(path, field=name),
            "write the column anew with this type",
        )
        for name, kind in read.items()
        if name in told and not _fits(name, told[name], kind)
    ]
    return wrong + [_unread(name, read, path) for name in told if name not in read]


def no_parts(path: str) -> Problem:
    """Return the problem of a folder in which Spark finds no part of a table."""
    hint = "put Parquet files there; names that begin with `_` or `.` are passed over"
    return Problem("no Parquet file is in this folder", Place(path), hint)


def no_parquet_file(path: str) -> Problem:
    """Return the problem of a file among the parts of a table that is none."""
    hint = "take it out of the folder, or write it anew"
    return Problem("this is no Parquet file, or is not whole", Place(path), hint)


def unlike_parts(parts: Mapping[str, Types], read: Types) -> list[Problem]:
    """Return where a part of a table holds a column as another type than a part before it.

    `parts` are the types of each file, in the order in which they are read.
    """
    first: dict[str, tuple[str, str]] = {}
    found: dict[str, Problem] = {}
    for path, types in parts.items():
        for name, kind in types.items():
            before, other = first.setdefault(name, (path, kind))
            if kind != other and name not in found:
                said = f"`{name}` is {kind} here and {other} in {before}"
                hint = _one_type(name, read, kind, other)
                found[name] = Problem(said, Place(path, field=name), hint)
    return list(found.values())


def _one_type(name: str, read: Types, *kinds: str) -> str:
    """Return what to do about parts that hold a column as different types."""
    if name not in read:
        return "no rule reads it: leave it out of every part"
    fitting = [kind for kind in kinds if _fits(name, kind, read[name])]
    wanted = max(fitting, key=_width) if fitting else read[name].lower()
    return f"write it as {wanted} in every part"


def _width(kind: str) -> int:
    return NUMBERS.index(kind) if kind in NUMBERS else -1


def _fits(name: str, told: str, kind: str) -> bool:
    if name.endswith(STATEMENTS):
        return told.startswith("array<struct<grade:") and ",values:array<" in told
    fitting = FITTING[kind]
    return told in fitting or ("double" in fitting and told.startswith("decimal("))


def _unread(name: str, read: Collection[str], path: str) -> Problem:
    said = f"no rule reads `{name}`: the column was passed over"
    fields = [field for field in read if not field.endswith((GRADE, STATEMENTS))]
    return Problem(said, Place(path, field=name), did_you_mean(name, fields), Severity.WARNING)
