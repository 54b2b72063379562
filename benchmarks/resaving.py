"""Each public list saved anew in eight ways, and how many of its cells are then read as before."""

import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from offsetcheck.vocabulary.dictionary import Dictionary  # noqa: E402
from offsetcheck.vocabulary.problem import InputError  # noqa: E402
from resaved import WAYS, Compared, cells_of, compare  # noqa: E402 - tests/ is found by the line above

LINE = "{:44} {:22} {:>6} {:>8} {:>7} {:>7} {:>8}"


def print_resaved(paths: Sequence[Path], dictionary: Dictionary, most: int | None = None) -> bool:
    """Print the table; return whether no cell was read as another value than before."""
    print(LINE.format("file", "saved as", "rows", "same", "lost", "wrong", "problems"))
    totals = {way: Compared() for way in WAYS}
    for path in paths:
        cells = cells_of(path.read_bytes(), path.name, dictionary, most)
        for way, total in totals.items():
            try:
                found = compare(cells, way, path.stem, dictionary)
            except InputError as refused:
                print(f"{path.name[-44:]:44} {way:22} not read: {refused.problems[0].hint}")
                continue
            figures = (found.rows, found.same, found.lost, found.wrong, found.errors)
            print(LINE.format(path.name[-44:], way, *figures), *found.shown[:3], sep="\n    ")
            for name in ("same", "lost", "wrong", "rows", "errors"):
                setattr(total, name, getattr(total, name) + getattr(found, name))
    for way, total in totals.items():
        figures = (total.rows, total.same, total.lost, total.wrong, total.errors)
        print(LINE.format("all", way, *figures))
    return not any(total.wrong for total in totals.values())
