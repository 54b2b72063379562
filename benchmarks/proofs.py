"""How long the proofs of the shipped rules take: from nothing, again, and after one change.

Run with: python benchmarks/proofs.py
"""

import os
import tempfile
import time
from pathlib import Path

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.load import read_rulebook
from offsetcheck.workshop.proofs.kept import Memory
from offsetcheck.workshop.proofs.prove import prove

FLOOR = "permanence/storage_floor.yaml"


def main() -> None:
    """Print seconds of this process, with the questions that were asked."""
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp()
    folder = Path(bundled("rules"))
    walked = gather(folder)
    rulebook = read_rulebook(folder, walked)
    changed = dict(walked.files)
    changed[FLOOR] = changed[FLOOR].replace(b"{value: 40,", b"{value: 50,")
    other = read_rulebook(folder, type(walked)(changed, walked.names, walked.faults, walked.cut))
    for name, one in (("from nothing", rulebook), ("again", rulebook), ("one change", other)):
        begun, memory = time.process_time(), Memory()
        prove(one, memory)
        print(f"{name}: {time.process_time() - begun:.2f} s, {memory.asked} questions")


if __name__ == "__main__":
    main()
