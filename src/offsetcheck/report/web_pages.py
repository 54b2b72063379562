"""Pages of the web app: plain data and words -> HTML, every value escaped."""

import re
from collections.abc import Mapping
from typing import Any

from offsetcheck.report.environment import environment, page, script_hash, template_problems

STYLE, SCRIPT = "style.css", "app.js"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def web_page(template: str, shown: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    """Return a page by its template `web/NAME.html.jinja`; `shared` is what stands on every one.

    Raises InputError for a template that fails.
    """
    with template_problems(None):
        context = {**shared, "page": shown}
        return page(environment(None, autoescape=True), f"web/{template}.html.jinja", context)


def web_file(name: str) -> str:
    """Return the style or the script of all pages."""
    with template_problems(None):
        return page(environment(None, autoescape=False), f"web/{name}.jinja", {})


def style_hashes(html: str) -> tuple[str, ...]:
    """Return what a policy calls the styles of a report; a script of one runs nowhere."""
    return tuple(script_hash(text) for text in _STYLE.findall(html))
