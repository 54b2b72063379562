"""Markdown: every value loses the signs that Markdown or HTML would read."""

import re
from collections.abc import Mapping
from pathlib import Path

from offsetcheck.report.cleaning import cleaned, markdown_text
from offsetcheck.report.context import context_of
from offsetcheck.report.environment import environment, page
from offsetcheck.vocabulary.explanation import Explained

BLANK_LINES = re.compile(r"\n{3,}")
# Values that choose an entry of a mapping are our own codes and must stay as they are.
CODES = frozenset({"status", "verdict", "effect", "who", "severity", "stage"})


def markdown(explanation: Explained, words: Mapping[str, str], folder: Path | None) -> str:
    """Return an explanation as Markdown."""
    context = context_of(explanation, words)
    context["report"] = _escaped(context["report"])
    if "groups" in context:
        context["groups"] = _escaped(context["groups"])
    kind = explanation.kind  # type: ignore[attr-defined] # every explanation names its kind
    text = page(environment(folder, autoescape=False), f"{kind}.md.jinja", context)
    return BLANK_LINES.sub("\n\n", text).strip() + "\n"


def _escaped(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: item if key in CODES and isinstance(item, str) else _escaped(item)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_escaped(item) for item in value]
    return cleaned(value, markdown_text)
