"""Makes the hand-made rulebook of the explanations importable by the tests of reports."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "explain"))
