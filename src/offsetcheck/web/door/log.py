"""What a city's server tells its log: who was refused what, and faults; one JSON object a line."""

import json
import sys
from datetime import UTC, datetime

LONGEST = 300


def tell(
    event: str, *, person: str = "", path: str = "", status: int = 0, reason: str = ""
) -> None:
    """Write an event to standard error, with its time (ISO, UTC); no token, form or file is told.

    What a browser sends stands in JSON, so that it can begin no line of its own.
    """
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    told = {"at": now, "event": event, "person": person, "path": path[:LONGEST], "status": status}
    if reason:
        told["reason"] = reason[:LONGEST]
    sys.stderr.write(f"{json.dumps(told)}\n")
