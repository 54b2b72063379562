"""Explanations as reports: whole, or as a part of a page of the app."""

from offsetcheck.api.report_in_page import embedded, report_html
from offsetcheck.vocabulary.explained import Explanation
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.routes import found
from offsetcheck.web.visit import GET, Report, Shown


class ReportPart(Shown):
    """A report within a page: its HTML, of the app's own templates, and where its style lies."""

    html: str
    style: str


def report_part(tender: Opened, explained: Explanation) -> ReportPart:
    """Return a report as a part of a page; a city's own templates have no say in the app's."""
    words = tender.case.setting.wording.words
    return ReportPart(html=embedded(explained, words), style=f"/report-style/{explained.kind}")


def whole_report(tender: Opened, explained: Explanation, back: str | None = None) -> Report:
    """Return a report whole, by the city's own templates where it has any."""
    return Report(report_html(tender.case, explained, back))


def is_page(address: str) -> bool:
    """Return whether the app has a page at an address."""
    return found(GET, address.partition("?")[0]) is not None
