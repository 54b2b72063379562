"""A server that is killed at any moment loses no tender, and its register holds."""

import json
import subprocess
import sys
from pathlib import Path


def test_a_kill_at_any_moment_leaves_a_whole_tender_and_a_register_that_holds(tmp_path):
    """Two hundred kills in the middle of changes: no file is torn, no entry is wrong, none is lost
    but the one whose writing was cut off."""
    program = Path(__file__).with_name("killed.py")
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path), "200"],
        capture_output=True, text=True, check=True, timeout=240,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert told["killed"] == 200
    assert told["torn"] == 0
    assert told["wrong"] is None
    assert told["tenders"] == ["one"]
    assert told["changes"] > 20
    # Each kill may fall between a change and its entry, or between an entry and what it tells of.
    assert told["changes"] - 200 <= told["entries"] <= told["changes"]
