"""JSON that people read and compare: indented, in the order that a data model names its fields."""

import json
from typing import Any

from offsetcheck.report.cleaning import cleaned, escape_invisible


def json_text(data: Any) -> str:
    """Return data as JSON with its invisible characters told as codes, one text for one content."""
    shown = cleaned(data, escape_invisible)
    return json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
