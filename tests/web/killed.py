"""Kill, again and again, a process that changes a tender and writes it down; look at what is left.

    python tests/web/killed.py FOLDER 200

Each child changes `purchase.yaml` and appends to the register as a page does, until it is killed
with SIGKILL after a random number of microseconds. Printed, as JSON: how many were killed while they
were at it, how many entries there are, the first wrong one, and whether the file was ever not whole.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from offsetcheck.web.folder.edits import seen, write_as_seen
from offsetcheck.web.folder.tenders import TenderFolder, tenders
from offsetcheck.web.register.book import Register, _opened, register_of
from offsetcheck.web.register.entry import Act
from offsetcheck.web.visit import Workplace

LINES = 2000
LONGEST = 0.15  # seconds until a child is killed


def text(number):
    """Return a file whose every line bears the number: a torn one bears two, or too few."""
    return "".join(f"line_{line}: {number}\n" for line in range(LINES))


def number_of(path):
    """Return the number that a whole file bears, None for one that is not whole."""
    said = {line.partition(": ")[2] for line in path.read_text().splitlines()}
    whole = len(said) == 1 and path.read_text() == text(next(iter(said)))
    return int(next(iter(said))) if whole else None


def change_for_ever(place, tender):
    """Change the tender and write it down until this process ends."""
    _opened.cache_clear()  # a connection is not taken over from the process before
    register = register_of(place)
    path = tender.path / "purchase.yaml"
    number = number_of(path)
    while True:
        number += 1
        write_as_seen(place, tender, path, text(number), seen(path))
        register.append(Act("anna", "purchase", tender.name, {"number": str(number)}))


def main(folder, times):
    place = Workplace(Path(folder))
    tender = TenderFolder("one", Path(folder) / "one")
    tender.path.mkdir()
    path = tender.path / "purchase.yaml"
    path.write_text(text(0))
    register_of(place).engine.dispose()
    torn = killed = 0
    draw = random.Random(times)
    for _ in range(times):
        child = os.fork()
        if not child:
            change_for_ever(place, tender)
        time.sleep(draw.random() * LONGEST)
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        torn += number_of(path) is None
    _opened.cache_clear()
    register: Register = register_of(place)
    entries = list(register.entries())
    told = {
        "killed": killed,
        "torn": torn,
        "changes": number_of(path),
        "entries": len(entries),
        "wrong": register.first_wrong(),
        "tenders": [one.name for one in tenders(place)],
        "left": sorted(one.name for one in tender.path.iterdir()),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
