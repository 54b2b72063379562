"""What a process that makes pages may take."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

try:
    import resource
except ImportError:  # a system without it: the time limit alone holds
    resource = None  # type: ignore[assignment]

GIBIBYTE = 1024**3
SOONER = 500  # of 1000: how much sooner than the server itself it is ended where memory is short
OF_THIS_PROCESS = Path("/proc/self/oom_score_adj")  # Linux has it


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one process: bytes of memory, bytes of one file, seconds of a visit and of a job.

    `rules` is the folder of rules that it loads first, None for those installed.
    """

    memory: int = 6 * GIBIBYTE
    file: int = GIBIBYTE
    seconds: float = 60
    job_seconds: float = 1800
    rules: Path | None = None


def limit(limits: Limits) -> None:
    """Set the limits of this process, as far as the system knows them."""
    with suppress(OSError):
        OF_THIS_PROCESS.write_text(str(SOONER), "ascii")
    if resource is None:
        return
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))
