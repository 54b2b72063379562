"""A session of Spark, set so that it computes what the rules mean."""

from pyspark.sql import SparkSession

# In ANSI mode nothing wraps round or turns to NULL unseen; texts hold back what would raise.
SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    # Days are those of the calendar of today, also before 1582.
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    # A row has thousands of columns between two layers; plans are not for reading here.
    "spark.sql.debug.maxToStringFields": "20",
}


def session(master: str) -> SparkSession:
    """Return the session of this process, begun at a master where there is none."""
    builder = SparkSession.builder.master(master).appName("offsetcheck")
    begun = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    for key, value in SETTINGS.items():
        begun.conf.set(key, value)
    return begun
