"""Pages of the web app: plain data and words -> HTML, every value escaped."""

import re
from collections.abc import Mapping
from typing import Any

from offsetcheck.report.context import context_of
from offsetcheck.report.environment import environment, page, script_hash, template_problems
from offsetcheck.vocabulary.explained import Explanation

STYLE, SCRIPT = "style.css", "app.js"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def web_page(template: str, shown: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    """Return a page by its template `web/NAME.html.jinja`; `shared` is what stands on every one.

    Raises InputError for a template that fails.
    """
    with template_problems(None):
        context = {**shared, "page": shown}
        return page(environment(None, autoescape=True), f"web/{template}.html.jinja", context)


def report_part(explanation: Explanation, words: Mapping[str, str]) -> str:
    """Return the content of a report's page without its frame, as HTML; by our own templates.

    Raises InputError for a template that fails.
    """
    with template_problems(None):
        context = context_of(explanation, words) | {"content_alone": True}
        made = environment(None, autoescape=True)
        return page(made, f"_base/{explanation.kind}.html.jinja", context)


def web_file(name: str) -> str:
    """Return the style or the script of all pages."""
    with template_problems(None):
        return page(environment(None, autoescape=False), f"web/{name}.jinja", {})


def style_hashes(html: str) -> tuple[str, ...]:
    """Return what a policy calls the styles of a report; a script of one runs nowhere."""
    return tuple(script_hash(text) for text in _STYLE.findall(html))
