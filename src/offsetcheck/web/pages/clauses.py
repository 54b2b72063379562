"""The clauses: by guide, law or study the rules that rest on each, and how its text was seen."""

from collections import Counter
from collections.abc import Mapping

from offsetcheck.api.rulebook_pages import PageKind
from offsetcheck.api.web_page import said_number, say
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.site_explanation import Named, SourcePage
from offsetcheck.web.answered import words_of
from offsetcheck.web.routes import Route
from offsetcheck.web.rules.addresses import Addresses, address, addresses
from offsetcheck.web.rules.known import known_pages, looked_up
from offsetcheck.web.visit import GET, Page, Shown, Visit


class GuideLine(Shown):
    """A guide of the index: its clauses, the rules on it, and how its clauses were seen."""

    title: str
    publisher: str
    to: str
    clauses: int
    rules: int
    standings: Mapping[str, int]


class ClausesPage(Shown):
    """All guides that are cited, those that are not, and the rules that rest on none."""

    lead: str
    standings: tuple[tuple[str, str], ...]
    guides: tuple[GuideLine, ...]
    not_cited: tuple[GuideLine, ...]
    own_design: tuple[Named, ...]
    at: Addresses


class OneGuide(Shown):
    """One guide, clause by clause."""

    shown: SourcePage
    at: Addresses
    counted: str


def _list(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    lines = [_line(page) for page in pages.site.sources]
    lines.sort(key=lambda line: (-line.rules, line.title.casefold()))
    ours = tuple(
        Named(id=page.rule.rule, title=page.rule.title)
        for page in pages.site.rules
        if all(line.guide is None for line in page.rule.sources)
    )
    cited = tuple(line for line in lines if line.clauses)
    clauses = sum(line.clauses for line in cited)
    shown = ClausesPage(
        lead=say(
            words, "web_clauses.lead",
            clauses=said_number(clauses, words), guides=len(cited),
            rules=len(pages.rule) - len(ours),
            of=len(pages.rule),
        ),
        standings=tuple((one.value, words[f"standing.{one.value}"]) for one in Standing),
        guides=cited,
        not_cited=tuple(line for line in lines if not line.clauses),
        own_design=ours,
        at=addresses(pages),
    )  # fmt: skip
    return Page("clauses", words["web_clauses.title"], shown)


def _line(page: SourcePage) -> GuideLine:
    guide = page.guide
    counts = Counter(line.standing for line in page.clauses)
    return GuideLine(
        title=guide.title,
        publisher=guide.publisher or "–",
        to=address(PageKind.SOURCE, guide.id),
        clauses=len(page.clauses),
        rules=len({rule.id for line in page.clauses for rule in line.rules}),
        standings={one.value: counts[one.value] for one in Standing},
    )


def _guide(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    page = looked_up(pages.source, visit.part("guide"), "web_rules.no_source")
    rules = len({rule.id for line in page.clauses for rule in line.rules})
    counted = say(words, "web_clauses.counted", clauses=len(page.clauses), rules=rules)
    shown = OneGuide(shown=page, at=addresses(pages), counted=counted)
    return Page("clause_guide", page.guide.title, shown)


ROUTES = (
    Route(GET, "/clauses", _list, nav=60, label="web_clauses.nav", open=True),
    Route(GET, "/clauses/{guide}", _guide, open=True),
)
