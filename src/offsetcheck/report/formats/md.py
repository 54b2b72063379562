"""Markdown: every value loses the characters that Markdown or HTML would read."""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format, template_kinds

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

BLANK_LINES = re.compile(r"\n{3,}")
# Values that choose an entry of a mapping are our own codes and must stay as they are.
CODES = frozenset({"status", "verdict", "effect", "who", "severity", "stage", "said"})

# What stands beside the report in a context and repeats parts of it.
OF_THE_REPORT = ("groups", "lines", "order_lines", "every_step", "apart")


def markdown(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return an explanation as Markdown; a city's own templates run in a process apart.

    Raises InputError for a template that cannot be used.
    """
    del back  # files of Markdown are read one by one
    if templates is not None:
        from offsetcheck.report.apart.run import run_apart

        name = f"{__name__}:markdown_bytes"
        arguments = (explanation, dict(words), templates)
        return run_apart(name, *arguments, templates=str(templates)).decode()
    return _markdown(explanation, words, templates)


def markdown_bytes(explanation: "Explanation", words: Mapping[str, str], templates: Path) -> bytes:
    """Return the Markdown in UTF-8, made in this process."""
    return _markdown(explanation, words, templates).encode()


def _markdown(explanation: "Explanation", words: Mapping[str, str], templates: Path | None) -> str:
    from offsetcheck.report.context import context_of
    from offsetcheck.report.environment import environment, page, template_problems

    context = context_of(explanation, words)
    context["report"] = _escaped(context["report"])
    context |= {name: _escaped(context[name]) for name in OF_THE_REPORT if name in context}
    with template_problems(templates):
        made = environment(templates, autoescape=False)
        text = page(made, f"{explanation.kind}.md.jinja", context)
    return BLANK_LINES.sub("\n\n", text).strip() + "\n"


def _escaped(value: object) -> object:
    from offsetcheck.report.cleaning import cleaned, markdown_text

    if isinstance(value, dict):
        return {
            key: item if key in CODES and isinstance(item, str) else _escaped(item)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_escaped(item) for item in value]
    return cleaned(value, markdown_text)


FORMAT = Format(name="md", suffix="md", render=markdown, kinds=partial(template_kinds, "md"))
