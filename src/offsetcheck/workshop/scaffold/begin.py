"""The files of a new rule, city, table or field, as text to be filled in."""

import re
from datetime import date
from pathlib import Path
from string import Template

HERE = Path(__file__).parent
FAMILIES = re.compile(r"^families:[^\n]*\n", re.MULTILINE)
KEYED = re.compile(r"^(?P<key>id|code|status): [^\n]*$", re.MULTILINE)


def rule_text(rule: str, code: str, day: date) -> str:
    """Return a rule to be filled in: it loads, and its examples pass."""
    return _filled("rule", id=rule, code=code, day=day.isoformat())


def copied_rule(text: str, rule: str, code: str) -> str:
    """Return a rule's file as the draft of another one, its comments kept."""
    values = {"id": rule, "code": code, "status": "draft"}
    return KEYED.sub(lambda found: f"{found['key']}: {values[found['key']]}", text)


def city_text(city: str) -> str:
    """Return a city's file to be filled in."""
    return _filled("city", id=city)


def table_entry(table: str, day: date) -> str:
    """Return what tables.yaml says of a new table."""
    return _filled("table", id=table, day=day.isoformat())


def table_rows() -> str:
    """Return the first rows of a new table."""
    return _filled("rows")


def field_entry(field: str, kind: str, unit: str | None = None) -> str:
    """Return a field of the dictionary to be filled in, in its unit where that is known."""
    return _filled("field", id=field, type=kind, unit=f"  unit: {unit}\n" if unit else "")


def appended(text: str, entry: str) -> str:
    """Return a file with an entry at its end, after one blank line."""
    body = text.rstrip("\n")
    return f"{body}\n\n{entry}" if body else entry


def listing(text: str, code: str) -> str:
    """Return a catalogue of criteria in which a new one is begun, after the last of its family."""
    family, entry = code.partition("-")[0], _filled("criterion", id=code).rstrip("\n")
    own = rf"^(?P<indent> +){family}-[0-9]+:[^\n]*\n?(?:(?P=indent) +[^\n]*\n?)*"
    if found := list(re.finditer(own, text, re.MULTILINE)):
        last = found[-1]
        head = text[: last.end()].rstrip("\n")
        return f"{head}\n{last['indent']}{entry}\n{text[last.end() :]}"
    begun = _filled("family", id=family, criterion=entry)
    return FAMILIES.sub(lambda at: at[0] + begun, text, count=1)


def _filled(name: str, **values: str) -> str:
    return Template((HERE / f"{name}.txt").read_text("utf-8")).substitute(values)
