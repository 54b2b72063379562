"""One table of facts from file to files: read, judged, written and concluded by Spark."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from offsetcheck.engine.spark.fields import GRADE, OFFER, STATEMENTS
from offsetcheck.engine.spark.frames import Judged, conclude, judge
from offsetcheck.engine.spark.plan import columns_read
from offsetcheck.engine.spark.session import session
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError, Severity
from offsetcheck.vocabulary.purchase import Purchase

PARQUET = "parquet"
VERDICTS, FINDINGS, STAGED = "verdicts", "findings", "staged"
WHOLE_NUMBERS = ("tinyint", "smallint", "int", "bigint")
NUMBERS = (*WHOLE_NUMBERS, "float", "double")
PATTERN_SIGNS = re.compile(r"[\[\]{}*?]")
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


@dataclass(frozen=True, slots=True)
class Table:
    """A table as Spark finds it: where it lies, and its format, such as parquet or delta."""

    path: str
    format: str = PARQUET

    @property
    def named(self) -> str:
        """The path as it is given to Spark, which takes one of Parquet files for a pattern."""
        return as_it_stands(self.path) if self.format == PARQUET else self.path


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows have which verdict, in how many patterns; problems of the table's columns."""

    counts: Mapping[str, int]
    patterns: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Cluster:
    """A master of Spark, to which tables are given; `format` is that of the results."""

    master: str
    format: str = PARQUET

    def run(self, facts: Table, bound: BoundRulebook, purchase: Purchase, folder: str) -> Outcome:
        """Judge a table of facts and write its results into a folder.

        Raises InputError for a table that is no table of facts, RequestError where Spark cannot
        be had, or stops.
        """
        with _told():
            begun = session(self.master)
            frame = begun.read.format(facts.format).load(facts.named)
            problems = _problems(frame, bound, facts.path)
            if any(problem.severity is Severity.ERROR for problem in problems):
                raise InputError(problems)
            judged = judge(frame, bound, purchase)
            return self._written(begun, judged, folder, tuple(problems))

    def _written(
        self, begun: SparkSession, judged: Judged, folder: str, problems: tuple[Problem, ...]
    ) -> Outcome:
        # Written before anything is concluded, so that no row is judged twice.
        staged = f"{folder}/{STAGED}"
        judged.rows.write.parquet(staged)
        concluded = conclude(judged, begun.read.parquet(as_it_stands(staged)))
        for name, frame in ((VERDICTS, concluded.verdicts), (FINDINGS, concluded.findings)):
            frame.write.format(self.format).save(f"{folder}/{name}.{self.format}")
        return Outcome(concluded.counts, concluded.patterns, problems)


def as_it_stands(path: str) -> str:
    """Return a path in which Spark sees no pattern: `[`, `{`, `*` and `?` are signs of a name."""
    return PATTERN_SIGNS.sub(r"\\\g<0>", path)


def _problems(frame: DataFrame, bound: BoundRulebook, path: str) -> list[Problem]:
    """Return what of a table's columns is not as a table of facts has it, errors first."""
    read, told = columns_read(bound), dict(frame.dtypes)
    if OFFER not in told:
        said = f"this table has no column `{OFFER}`, which names each offer"
        hint = did_you_mean(OFFER, told) or "see docs/scale.md for the columns of a table of facts"
        return [Problem(said, Place(path), hint)]
    misfits = [
        Problem(
            f"`{name}` is {told[name]} and should be {kind.lower()}",
            Place(path, field=name),
            "write the column anew with this type",
        )
        for name, kind in read.items()
        if name in told and not _fits(name, told[name], kind)
    ]
    return misfits + [_unread(name, read, path) for name in told if name not in read]


def _fits(name: str, told: str, kind: str) -> bool:
    if name.endswith(STATEMENTS):
        return told.startswith("array<struct<grade:") and ",values:array<" in told
    fitting = FITTING[kind]
    return told in fitting or ("double" in fitting and told.startswith("decimal("))


def _unread(name: str, read: Collection[str], path: str) -> Problem:
    said = f"no rule reads `{name}`: the column was passed over"
    fields = [field for field in read if not field.endswith((GRADE, STATEMENTS))]
    return Problem(said, Place(path, field=name), did_you_mean(name, fields), Severity.WARNING)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what Spark or its Java raises into a RequestError that says the first line of it."""
    try:
        yield
    except (PySparkException, Py4JError) as error:
        lines = [line.lstrip(": ") for line in str(error).splitlines() if line.strip(": ")]
        if len(lines) > 1 and lines[0].startswith("An error occurred while calling"):
            del lines[0]  # which names only a number of Java's
        lines = lines or [type(error).__name__]
        if "JAVA_GATEWAY_EXITED" in lines[0]:
            hint = "install Java 17 or later, and set JAVA_HOME where it is not found"
            raise RequestError.about("engine", "Spark needs Java to run", hint) from error
        hint = "nothing was written; the whole of what Spark says stands above"
        raise RequestError.about("engine", f"Spark stopped: {lines[0][:300]}", hint) from error
