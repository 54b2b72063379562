"""How long `rules diff --on` takes for three cities: `python benchmarks/rules_diff.py OLD NEW LIST`."""

import sys
import time
from datetime import date
from pathlib import Path

from offsetcheck.api.rule_sources import open_rules
from offsetcheck.api.rules_diff import Asked, diff_rules

CITIES = ("turku", "bogota", "melbourne")


def main() -> None:
    """Compare two rulebooks on a list and print seconds, and what turned for each city."""
    old, new, listed = sys.argv[1:]
    began, used = time.perf_counter(), time.process_time()
    sides = open_rules(old), open_rules(new)
    made = diff_rules(*sides, Asked(date(2026, 11, 27), (Path(listed),), CITIES))
    took, spent = time.perf_counter() - began, time.process_time() - used
    print(f"{took:.1f} s, {spent:.1f} s of one core")
    for effect in made.explained.effects:
        print(f"{effect.city}: {effect.summary}")


if __name__ == "__main__":
    main()
