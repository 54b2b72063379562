"""What is asked of Spark and cannot be had is refused before Spark is begun."""

from datetime import date

import pytest

import offsetcheck
from offsetcheck.api.judge_list import BatchOptions, Engine
from offsetcheck.api.judge_spark import refuse_options
from offsetcheck.vocabulary.problem import InputError, RequestError

DAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("asked", "argument"),
    [
        ({"formats": ("csv",)}, "formats"),
        ({"formats": ("parquet", "delta")}, "formats"),
        ({"missing": "csv"}, "missing"),
        ({"deciding": True}, "deciding"),
        ({"explainable": True}, "explainable"),
        ({"reports": "all"}, "reports"),
    ],
)
def test_what_spark_does_not_write_is_refused(asked, argument):
    """Spark writes verdicts and findings; what else is asked for is told, and not left out."""
    with pytest.raises(RequestError) as told:
        refuse_options(BatchOptions(engine=Engine.SPARK, **asked))
    assert told.value.problems[0].place.file == argument


def test_tables_alone_may_be_asked_for():
    """Parquet, Delta, or nothing said is what Spark writes."""
    for formats in ((), ("parquet",), ("delta",)):
        refuse_options(BatchOptions(formats, engine=Engine.SPARK))


def test_tables_of_facts_are_for_spark_alone(tmp_path):
    """Another engine reads lists, in which columns are found by their headings."""
    with pytest.raises(RequestError, match="read by Spark alone"):
        offsetcheck.batch(
            [tmp_path], offsetcheck.open_rulebook(), tmp_path / "out",
            as_of=DAY, cities=["bogota"], options=BatchOptions(facts=True),
        )  # fmt: skip


def test_a_table_of_facts_has_what_registry_lists_say(tmp_path):
    """Nothing is joined to it: a list named beside it would be silently without effect."""
    with pytest.raises(RequestError, match="not joined"):
        offsetcheck.batch(
            [tmp_path], offsetcheck.open_rulebook(), tmp_path / "out",
            as_of=DAY, cities=["bogota"], registries=["list.csv"],
            options=BatchOptions(engine=Engine.SPARK, facts=True),
        )  # fmt: skip


def test_a_table_of_facts_that_is_not_there_is_named(tmp_path):
    """A wrong path is told before anything is begun, and no folder is made."""
    with pytest.raises(InputError, match="no such table"):
        offsetcheck.batch(
            [tmp_path / "gone"], offsetcheck.open_rulebook(), tmp_path / "out",
            as_of=DAY, cities=["bogota"], options=BatchOptions(engine=Engine.SPARK, facts=True),
        )  # fmt: skip
    assert not (tmp_path / "out").exists()
