"""The style that reports of a kind have beyond that of every page of the app."""

from offsetcheck.api.report_in_page import embedded_style, template_kinds
from offsetcheck.api.web_page import web_file
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, Answer, Download, RefusedError, Visit


def _style(visit: Visit) -> Answer:
    if visit.part("kind") not in template_kinds("html"):
        raise RefusedError(404, "web.no_page")
    text = web_file("report.css") + embedded_style(visit.part("kind"))
    return Download("report.css", "text/css; charset=utf-8", text.encode(), inline=True)


ROUTES = (Route(GET, "/report-style/{kind}", _style, open=True),)
