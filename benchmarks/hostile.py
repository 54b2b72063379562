"""Print how long hostile cells and workbooks take to be answered, and how the time grows with them.

A text of twice the length should take about twice as long: four times says that something is
compared with everything.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from offsetcheck.intake.ledgers.serials import read_serials
from offsetcheck.vocabulary.problem import UnreadableError

TEXTS = ("1-", "ACR-", "1 to ", "a - ", "1,234", "ACR-FR-1950-2025-7-1 to 8; ")
LENGTHS = (15_000, 30_000, 60_000)  # characters


def seconds(job: Callable[[], object]) -> float:
    begun = time.perf_counter()
    with suppress(UnreadableError):
        job()
    return time.perf_counter() - begun


def main() -> None:
    print(f"{'serial numbers':32}" + "".join(f"{length:>12,}" for length in LENGTHS))
    for text in TEXTS:
        found = [seconds(partial(read_serials, text * (n // len(text)))) for n in LENGTHS]
        print(f"{text!r:32}" + "".join(f"{one:>10.3f} s" for one in found))


if __name__ == "__main__":
    main()
