"""What of the installation is there, for a person who asks what works here."""

import shutil
from dataclasses import dataclass
from importlib.util import find_spec

from offsetcheck.engine.conclude import concluded_by
from offsetcheck.ground.version import __version__
from offsetcheck.report.format import format_named, offered_formats


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The version, who concludes, which formats can be written, and what longest lists need.

    `missing` are formats in whose place another is written; `spark` and `java` say whether what
    judges lists on a cluster is there.
    """

    version: str
    concluder: str
    formats: tuple[str, ...]
    missing: tuple[str, ...]
    spark: bool
    java: bool


def surroundings() -> Surroundings:
    """Return what there is in this installation; raises OffsetcheckError for a wish unmet."""
    formats = offered_formats()
    missing = tuple(name for name in formats if format_named(name).substitute() is not None)
    return Surroundings(
        version=__version__,
        concluder=concluded_by(),
        formats=tuple(name for name in formats if name not in missing),
        missing=missing,
        spark=find_spec("pyspark") is not None,
        java=shutil.which("java") is not None,
    )
