"""Self-contained HTML: no script, no address that a browser would fetch."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from offsetcheck.report.context import context_of, finding_lines
from offsetcheck.report.environment import environment, page
from offsetcheck.vocabulary.explanation import Explained

MACROS = "_base/macros.html.jinja"
MOST_KEPT = 4096


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
    run = (report["audit"]["rulebook_hash"], report["language"])
    lines = {line["rule"]: line for line in finding_lines(report)}
    made = environment(folder, autoescape=True)
    missing = [rule for rule in lines if (*run, rule) not in made.said]
    if missing:
        parts = made.get_template(MACROS).make_module(dict(context))
        told: Callable[[Mapping[str, Any]], str] = parts.of_the_rule  # type: ignore[attr-defined]
        if len(made.said) > MOST_KEPT:
            made.said.clear()
            missing = list(lines)
        for rule in missing:
            made.said[*run, rule] = told(lines[rule])
    return {rule: made.said[*run, rule] for rule in lines}


def html_page(template: str, context: Mapping[str, Any], folder: Path | None) -> str:
    """Return a template of a context as HTML, every value escaped."""
    return page(environment(folder, autoescape=True), template, context)
