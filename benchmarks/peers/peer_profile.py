"""Print as JSON in which functions of offsetcheck a run over many rows is, by samples of time."""

import json
import sys
import threading
from collections import Counter
from pathlib import Path

import polars as pl
from peer_columns import engine_job
from peer_rules import shipped

EVERY = 0.002
OURS = "src/offsetcheck/"


def main() -> None:
    """Sample the main thread while the whole engine judges a file of rows."""
    known = shipped().rules
    rules = [known[name] for name in json.loads(Path(sys.argv[2]).read_text())]
    job = engine_job(rules, pl.read_parquet(sys.argv[1]))
    seen: Counter[str] = Counter()
    over, main_thread = threading.Event(), threading.get_ident()

    def sample() -> None:
        while not over.wait(EVERY):
            seen[_place(sys._current_frames()[main_thread])] += 1  # noqa: SLF001 - the one way to ask

    watching = threading.Thread(target=sample)
    watching.start()
    job()
    over.set()
    watching.join()
    total = sum(seen.values())
    print(json.dumps([[place, count / total] for place, count in seen.most_common(8)]))


def _place(frame: object) -> str:
    """Return the innermost function of offsetcheck that is at work."""
    while frame is not None:
        name = frame.f_code.co_filename
        if OURS in name:
            return f"{name.split(OURS)[1]}, `{frame.f_code.co_name}`"
        frame = frame.f_back
    return "elsewhere"


if __name__ == "__main__":
    main()
