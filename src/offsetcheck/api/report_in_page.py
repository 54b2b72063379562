"""Reports within pages of the web app, and how their verdicts and statuses look."""

from offsetcheck.api.case import Case
from offsetcheck.report.charts import bar, list_bars, supply_bar
from offsetcheck.report.embedded import embedded, embedded_style
from offsetcheck.report.format import template_kinds
from offsetcheck.report.render import render
from offsetcheck.report.signs import LOOKS, VERDICT_LOOKS, look_of
from offsetcheck.vocabulary.explained import Explanation

__all__ = [
    "LOOKS",
    "VERDICT_LOOKS",
    "bar",
    "embedded",
    "embedded_style",
    "list_bars",
    "look_of",
    "report_html",
    "supply_bar",
    "template_kinds",
]


def report_html(case: Case, explained: Explanation, back: str | None = None) -> str:
    """Return a report of a case as a page of its own, as `render` raises; `back` is for its list.

    A city's own templates write it where it has any.
    """
    words = case.setting.wording.words
    page = render(explained, "html", words, templates=case.templates, back=back)
    return page if isinstance(page, str) else page.decode()
