"""The first comment of a base template: the names that it may use, their types, and its blocks.

Written as `Context: report (CandidateExplanation), words, footer.` and `Blocks: identity, audit.`;
what stands in parentheses is the type of `report`, and for other names a remark.
"""

import re
from dataclasses import dataclass

HEAD = re.compile(r"\s*\{#(?P<text>.*?)#\}", re.DOTALL)
PART = re.compile(
    r"^(?P<name>Context|Blocks):(?P<text>.*?)(?=^[A-Z][a-z]+:|\Z)", re.DOTALL | re.MULTILINE
)
NAME = re.compile(r"(?P<name>[a-z_][a-z0-9_]*)\s*(?:\((?P<remark>.*)\))?", re.DOTALL)
REPORT = "report"


@dataclass(frozen=True, slots=True)
class Head:
    """What a template declares; `report` is the name of the type of its explanation, or None."""

    context: frozenset[str]
    blocks: frozenset[str]
    report: str | None
    told: str


def head_of(source: str) -> Head:
    """Return what the first comment of a template declares; nothing where there is none."""
    found = HEAD.match(source)
    text = found["text"] if found else ""
    parts = {part["name"]: _names(part["text"]) for part in PART.finditer(text)}
    context, blocks = parts.get("Context", {}), parts.get("Blocks", {})
    told = " ".join(text.partition("\n\n")[0].split())
    remark = context.get(REPORT)
    report = remark.split(",")[0].split()[0] if remark else None
    return Head(frozenset(context), frozenset(blocks), report, told)


def _names(text: str) -> dict[str, str | None]:
    names: dict[str, str | None] = {}
    for part in _split(text.strip().rstrip(".")):
        found = NAME.fullmatch(part.strip())
        if found:
            names[found["name"]] = found["remark"]
    return names


def _split(text: str) -> list[str]:
    """Return the parts between commas and the word `and`, those within parentheses left whole."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"[(),]|\band\b", text):
        sign = match[0]
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and sign in {",", "and"}:
            parts.append(text[start : match.start()])
            start = match.end()
    return [part for part in [*parts, text[start:]] if part.strip()]
