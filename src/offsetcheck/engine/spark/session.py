"""A session of Spark, set so that it computes what the rules mean."""

from pyspark.sql import SparkSession

# In ANSI mode nothing wraps round or turns to NULL unseen; texts hold back what would raise.
SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    # Texts of rules are written with escapes, and words that Spark knows are names of columns.
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.ansi.enforceReservedKeywords": "false",
    # Each text says by its branches what is computed when; Spark draws out of them what it finds
    # twice, and has computed so what was held back (SPARK-35449, SPARK-59579).
    "spark.sql.subexpressionElimination.enabled": "false",
    # A part that is torn or gone ends the run, and does not leave its offers out.
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    # What goes through a join as one column is not taken apart before it.
    "spark.sql.optimizer.nestedSchemaPruning.enabled": "false",
    # Of a whole stage Spark writes one method, which for rules is longer than Java compiles.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.session.timeZone": "UTC",
    # A stranger's table may have `Tonnes` beside `tonnes`: only the latter is a field.
    "spark.sql.caseSensitive": "true",
    # Days are those of the calendar of today, also before 1582.
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    # Many programs write moments in nanoseconds; Spark refuses a file for them, read or not.
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    # Parts of a table may have been written at different times, with other columns: without this
    # Spark takes those of one part, and passes over what only another has.
    "spark.sql.parquet.mergeSchema": "true",
    # Rules take far longer than reading: a task of Spark's 128 MB of facts would take an hour.
    "spark.sql.files.maxPartitionBytes": "16m",
    "spark.sql.files.openCostInBytes": "256k",
    # Joins are told how to be made. Planning anew whenever one of them is ready takes most of the
    # time before a row is judged; and what is shuffled are a few short texts.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "16",
    # A row has thousands of columns between two layers; plans are not for reading here.
    "spark.sql.debug.maxToStringFields": "20",
}

# What can only be said before a session is begun. Answers of lookups are joined as some twenty
# small tables, each of which takes at least one page on every machine: 64 MB unless told.
BEGUN_WITH = {"spark.ui.showConsoleProgress": "false", "spark.buffer.pageSize": "1m"}


def session(master: str) -> SparkSession:
    """Return the session of this process, begun at a master where there is none."""
    builder = SparkSession.builder.master(master).appName("offsetcheck")
    begun = builder.config(map=BEGUN_WITH).getOrCreate()
    for key, value in SETTINGS.items():
        if begun.conf.get(key) != value:  # Spark warns of some whenever they are set
            begun.conf.set(key, value)
    return begun
