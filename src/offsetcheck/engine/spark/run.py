"""One table of facts from file to files: read, judged, written and concluded by Spark."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from offsetcheck.engine.spark.fields import OFFER
from offsetcheck.engine.spark.frames import Judged, conclude, judge, of_alike
from offsetcheck.engine.spark.plan import columns_read
from offsetcheck.engine.spark.session import session
from offsetcheck.engine.spark.tables import (
    Types,
    misfits,
    no_parquet_file,
    no_parts,
    unlike_parts,
)
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.problem import InputError, Problem, RequestError, Severity
from offsetcheck.vocabulary.purchase import Purchase

PARQUET = "parquet"
VERDICTS, FINDINGS, STAGED = "verdicts", "findings", "staged"
ROWS, ALIKE = "rows", "alike"
PATTERN_SIGNS = re.compile(r"[\[\]{}*?]")
UNLIKE_PARTS, NO_PARTS = "[CANNOT_MERGE_SCHEMAS]", "[UNABLE_TO_INFER_SCHEMA]"
NO_PARQUET = re.compile(r"while reading file (.+?)\. Could not read footer")
LOCAL = re.compile("^file:/+")
MOST_PARTS = 100  # of a table are opened one by one to find those that differ


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
    """How many rows have which verdict; problems of the table's columns.

    `alike` are the rows that differ in what rules find, `patterns` in what decides.
    """

    counts: Mapping[str, int]
    patterns: int
    alike: int
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
            read = columns_read(bound)
            frame = _opened(begun, facts, read)
            problems = misfits(dict(frame.dtypes), read, facts.path)
            if any(problem.severity is Severity.ERROR for problem in problems):
                raise InputError(problems)
            judged = judge(frame, bound, purchase)
            return self._written(begun, judged, folder, tuple(problems))

    def _written(
        self, begun: SparkSession, judged: Judged, folder: str, problems: tuple[Problem, ...]
    ) -> Outcome:
        # Written before anything is made of them, so that nothing is computed twice.
        rows = _staged(begun, judged.rows, f"{folder}/{STAGED}/{ROWS}")
        alike = _staged(begun, of_alike(judged, rows), f"{folder}/{STAGED}/{ALIKE}")
        concluded = conclude(judged, rows, alike)
        for name, frame in ((VERDICTS, concluded.verdicts), (FINDINGS, concluded.findings)):
            frame.write.format(self.format).save(f"{folder}/{name}.{self.format}")
        return Outcome(concluded.counts, concluded.patterns, concluded.alike, problems)


def _staged(begun: SparkSession, frame: DataFrame, path: str) -> DataFrame:
    frame.write.parquet(path)
    return begun.read.parquet(as_it_stands(path))


def as_it_stands(path: str) -> str:
    """Return a path in which Spark sees no pattern: `[`, `{`, `*` and `?` are signs of a name."""
    return PATTERN_SIGNS.sub(r"\\\g<0>", path)


def _opened(begun: SparkSession, facts: Table, read: Types) -> DataFrame:
    """Return a table; InputError where it has no parts, or parts that make no one table."""
    try:
        return begun.read.format(facts.format).load(facts.named)
    except (PySparkException, Py4JError) as error:
        found = _unopened(begun, facts, read, str(error)) if facts.format == PARQUET else []
        if not found:
            raise
        raise InputError(found) from error


def _unopened(begun: SparkSession, facts: Table, read: Types, said: str) -> list[Problem]:
    """Return why Spark does not open a table of Parquet files, as far as what it says is known."""
    if NO_PARTS in said:
        return [no_parts(facts.path)]
    if UNLIKE_PARTS in said:
        return unlike_parts(_types_of_parts(begun, facts), read)
    no_parquet = NO_PARQUET.search(said)
    return [no_parquet_file(_path(no_parquet[1]))] if no_parquet else []


def _types_of_parts(begun: SparkSession, facts: Table) -> dict[str, dict[str, str]]:
    """Return the columns of the first files of a table, each read by itself."""
    parts = begun.read.schema(f"{OFFER} STRING").parquet(facts.named).inputFiles()
    paths = [_path(unquote(part)) for part in sorted(parts)[:MOST_PARTS]]
    return {path: dict(begun.read.parquet(as_it_stands(path)).dtypes) for path in paths}


def _path(told: str) -> str:
    """Return a path of a file of this machine as it is written there, another as it is told."""
    return LOCAL.sub("/", told)


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
