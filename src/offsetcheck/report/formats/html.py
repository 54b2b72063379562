"""Self-contained HTML: no script, no address that a browser would fetch."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from offsetcheck.report.context import context_of, finding_lines
from offsetcheck.report.environment import ReportEnvironment, environment, page
from offsetcheck.vocabulary.explanation import Explained

MACROS = "_base/macros.html.jinja"
MOST_KEPT = 4096
_rules_said: dict[tuple[tuple[Path | None, str, str], str], str] = {}


def html(
    explanation: Explained, words: Mapping[str, str], folder: Path | None, back: str | None
) -> str:
    """Return an explanation as one page; `back` is the address of the list it belongs to."""
    context = context_of(explanation, words) | {"back": back}
    context["kept"] = _kept(context, folder)
    kind = explanation.kind  # type: ignore[attr-defined] # every explanation names its kind
    return html_page(f"{kind}.html.jinja", context, folder)


def _kept(context: Mapping[str, Any], folder: Path | None) -> dict[str, str]:
    """Return what is said of each rule whatever the offer, rendered once for a run's rulebook.

    The hash of the bound rulebook and the language fix every word of it.
    """
    report = context["report"]
    run = (folder, report["audit"]["rulebook_hash"], report["language"])
    lines = {line["rule"]: line for line in finding_lines(report)}
    missing = [rule for rule in lines if (run, rule) not in _rules_said]
    if missing:
        parts = _environment(folder).get_template(MACROS).make_module(dict(context))
        said: Callable[[Mapping[str, Any]], str] = parts.of_the_rule  # type: ignore[attr-defined]
        if len(_rules_said) > MOST_KEPT:
            _rules_said.clear()
        for rule in missing:
            _rules_said[run, rule] = said(lines[rule])
    return {rule: _rules_said[run, rule] for rule in lines}


def html_page(template: str, context: Mapping[str, Any], folder: Path | None) -> str:
    """Return a template of a context as HTML, every value escaped."""
    return page(_environment(folder), template, context)


@lru_cache(maxsize=8)
def _environment(folder: Path | None) -> ReportEnvironment:
    return environment(folder, autoescape=True)
