"""A report within a page of the web app: what stands in its `header` and `main`, without a frame.

It is cut from the page that the bundled templates write, so that both say the same. Every value
of that page is escaped: the marks that it is cut at are its own.
"""

import re
from collections.abc import Mapping

from offsetcheck.report.environment import environment, template_problems
from offsetcheck.report.format import template_kinds
from offsetcheck.report.render import render
from offsetcheck.vocabulary.explained import Explanation

_HEADER = re.compile(r"<header>(.*?)</header>", re.DOTALL)
_MAIN = re.compile(r"<main>(.*)</main>", re.DOTALL)
_NOT_TWICE = re.compile(r"<h1>.*?</h1>|<nav\b.*?</nav>", re.DOTALL)
_INLINE = re.compile(r' style="')
"""No page of the app may style by attribute: its style sheet reads what stands in it instead."""
STYLE = "extra_style"


def embedded(explanation: Explanation, words: Mapping[str, str]) -> str:
    """Return a report's own part of its page, without heading, navigation and footer."""
    whole = render(explanation, "html", words)
    text = whole if isinstance(whole, str) else whole.decode()
    header, main = _HEADER.search(text), _MAIN.search(text)
    parts = [_NOT_TWICE.sub("", header[1]) if header else "", main[1] if main else ""]
    return _INLINE.sub(' data-style="', "".join(parts))


def embedded_style(kind: str) -> str:
    """Return the style that reports of a kind have beyond that of all pages, empty where none."""
    if kind not in template_kinds("html"):
        return ""
    with template_problems(None):
        template = environment(None, autoescape=False).get_template(f"_base/{kind}.html.jinja")
        block = template.blocks.get(STYLE)
        return "" if block is None else "".join(block(template.new_context({"words": {}})))
