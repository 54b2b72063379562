"""Spark beside the stream of Polars on one long list: time, memory, shuffle, and every row compared.

    python benchmarks/spark_long.py REAL_LIST CITY ROWS FOLDER [MASTER]

Makes a list of five facts (programme, type, country, vintage, tonnes), each drawn for itself from
a real list of projects, so that few rows are equal; writes it as a table of facts, part by part;
judges this on Spark, and the list with `--engine stream`; and compares verdicts and findings row by
row. What stands in FOLDER already is not made again. Needs the extra `spark` and Java.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
from spark import DAY, judged

from offsetcheck.api.case import open_rulebook, screening_of, told_together
from offsetcheck.engine.columns.facts import facts_frame
from offsetcheck.engine.spark.plan import fields_read
from offsetcheck.intake.asked import Asked
from offsetcheck.intake.files.parquet_parts import first_rows, long_list
from offsetcheck.intake.long_list import LongListReader
from offsetcheck.intake.tender.rates import with_rates
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import BoundRulebook

DRAWN = {"programme": "Voluntary Registry", "type": "Type", "country": "Country"}
SEVERAL = ("conditions", "unscreened", "on_word")  # rules of note, as lists in one of the two
ROWS_OF_A_GROUP = 50_000  # what one task of Spark reads at least


def drawn(real: Path, height: int) -> pl.DataFrame:
    """Return a list of so many rows, whose facts are drawn each for itself."""
    found = pl.read_parquet(real)
    known = {" ".join(name.split()): name for name in found.columns}

    def draw(heading: str, seed: int) -> pl.Series:
        return found[known[heading]].sample(height, with_replacement=True, seed=seed)

    number = pl.int_range(height, eager=True)
    return pl.DataFrame(
        {
            "id": "offer " + number.cast(pl.String),
            **{name: draw(heading, seed) for seed, (name, heading) in enumerate(DRAWN.items(), 1)},
            "vintage": 2008
            + pl.int_range(19, eager=True).sample(height, with_replacement=True, seed=7),
            "tonnes": 1 + number.shuffle(seed=8) % 900_000,
        }
    )


def write_facts(path: Path, bound: BoundRulebook, folder: Path) -> None:
    """Write a list as a table of facts, of which no more than a part is held."""
    reader = LongListReader(bound.dictionary, Asked())
    purchase, fields, rows = screening_of(DAY), fields_read(bound), 0
    folder.mkdir()
    with long_list(path, reader.names, reader.read_columns(first_rows(path))) as found:
        for part, sheet in enumerate(found.sheets):
            told = told_together(reader.read(sheet), bound.dictionary)
            table = with_rates(told, purchase, bound.dictionary)
            frame = facts_frame(table, DAY, fields).with_columns(pl.col("row") + rows)
            frame.write_parquet(folder / f"part-{part:05}.parquet", row_group_size=ROWS_OF_A_GROUP)
            rows += len(table)


def streamed(path: Path, city: str, folder: Path) -> None:
    """Judge a list with the stream of Polars, in a process of its own, and print what it took."""
    command = [sys.executable, "-m", "offsetcheck", "batch", str(path), "--engine", "stream"]
    command += ["--city", city, "--as-of", DAY.isoformat(), "-o", str(folder)]
    start = time.time()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        _, _, used = os.wait4(child.pid, 0)
    cpu = used.ru_utime + used.ru_stime
    print(f"stream: CPU {cpu:,.1f} s, on the clock {time.time() - start:,.1f} s", end="")
    print(f", largest process {used.ru_maxrss / 1e3:,.0f} MB")


def compared(spark: Path, stream: Path) -> int:
    """Print and return in how many rows of each column both differ."""
    differing = 0
    for name in ("verdicts", "findings"):
        ours = pl.read_parquet(spark / f"{name}.parquet" / "*.parquet", columns=["row", "id"])
        order = ours["row"].arg_sort()
        theirs = pl.scan_parquet(_parts(stream, name))
        columns = pl.scan_parquet(spark / f"{name}.parquet" / "*.parquet").collect_schema().names()
        both = [c for c in theirs.collect_schema().names() if c in columns and c != "row"]
        for column in both:
            one = pl.read_parquet(spark / f"{name}.parquet" / "*.parquet", columns=[column])
            ours = one.to_series().gather(order)
            other = theirs.select(column).collect().to_series()
            assert len(ours) == len(other), (name, column, len(ours), len(other))
            wrong = int(_text(ours).ne_missing(_text(other)).sum())
            differing += wrong
            if wrong:
                print(f"{name} {column}: {wrong:,} rows differ")
        print(f"{name}: {len(order):,} rows, {len(both)} columns of {len(columns)} compared")
    print(f"{differing:,} cells differ")
    return differing


def _text(column: pl.Series) -> pl.Series:
    if column.dtype == pl.List:
        column = column.list.join("; ")
    if column.dtype in (pl.Enum, pl.Categorical):
        return column.cast(pl.String)
    return column.cast(pl.Float64) if column.dtype.is_numeric() else column


def _parts(folder: Path, name: str) -> list[Path]:
    return sorted(folder.rglob(f"{name}/part-*.parquet"))


def main() -> None:
    """Make, judge and compare."""
    real, city, height, room = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    master = sys.argv[5] if len(sys.argv) > 5 else "local[2]"
    bound = bind(open_rulebook(), city, DAY)
    room.mkdir(parents=True, exist_ok=True)
    path, facts = room / "list.parquet", room / "facts"
    if not path.exists():
        drawn(real, height).write_parquet(path, row_group_size=ROWS_OF_A_GROUP)
    if not facts.exists():
        write_facts(path, bound, facts)
    if not (room / "spark").exists():
        judged(facts, bound, master, room / "spark")
    if not (room / "stream").exists():
        streamed(path, city, room / "stream")
    sys.exit(compared(room / "spark", room / "stream") > 0)


if __name__ == "__main__":
    main()
