"""What rules are made of: their sources, the fields they read, tables, criteria and steps."""

from collections.abc import Mapping

from offsetcheck.api.rulebook_pages import PageKind
from offsetcheck.api.web_page import said_number, say
from offsetcheck.vocabulary.site_explanation import (
    ColumnLine,
    FamilyLine,
    FieldPage,
    StepPage,
    TablePage,
)
from offsetcheck.web.answered import words_of
from offsetcheck.web.routes import Route
from offsetcheck.web.rules.addresses import Addresses, address, addresses
from offsetcheck.web.rules.known import known_pages, looked_up
from offsetcheck.web.visit import GET, Page, Shown, Visit


class IndexLine(Shown):
    """A line of an index: what it leads to, and further cells."""

    id: str
    title: str
    to: str
    cells: tuple[str, ...]


class IndexGroup(Shown):
    """Lines under one heading."""

    id: str
    title: str
    lines: tuple[IndexLine, ...]


class IndexPage(Shown):
    """An index with a sentence above it and the heads of its columns."""

    lead: str
    heads: tuple[str, ...]
    groups: tuple[IndexGroup, ...]
    empty: str


class CriteriaPage(Shown):
    """The catalogue of criteria: the rules that carry each, or why none does."""

    families: tuple[FamilyLine, ...]
    at: Addresses


class OneField(Shown):
    """One field of the dictionary."""

    shown: FieldPage
    at: Addresses


class OneTable(Shown):
    """One reference table."""

    shown: TablePage
    at: Addresses
    described: tuple[ColumnLine, ...]
    rows_words: str


class OneStep(Shown):
    """One step of comparable tonnes."""

    shown: StepPage
    at: Addresses


def _sources(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    lines = tuple(
        IndexLine(
            id=page.guide.id,
            title=page.guide.title,
            to=address(PageKind.SOURCE, page.guide.id),
            cells=(
                page.guide.publisher or "–",
                ", ".join(filter(None, (page.guide.edition, page.guide.date))) or "–",
                _standings([line.standing for line in page.clauses], words),
                str(len({rule.id for line in page.clauses for rule in line.rules})),
            ),
        )
        for page in sorted(pages.site.sources, key=lambda one: one.guide.title.casefold())
    )
    heads = ("source", "publisher", "edition", "standing", "cited_by")
    return _index(visit, "sources", heads, (IndexGroup(id="all", title="", lines=lines),))


def _standings(standings: list[str], words: Mapping[str, str]) -> str:
    """Return how the clauses of a source were seen, each standing with its count."""
    counts = {one: standings.count(one) for one in dict.fromkeys(standings)}
    return ", ".join(f"{words[f'standing.{one}']}: {count}" for one, count in counts.items()) or "–"


def _fields(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    groups = []
    for subject in dict.fromkeys(page.subject for page in pages.site.fields):
        own = [page for page in pages.site.fields if page.subject == subject]
        lines = tuple(
            IndexLine(
                id=page.id,
                title=page.title,
                to=address(PageKind.FIELD, page.id),
                cells=(words[f"site.type_of.{page.type}"], page.unit or "–", str(len(page.rules))),
            )
            for page in sorted(own, key=lambda one: one.title.casefold())
        )
        title = words[f"site.subject.{subject}"]
        groups.append(IndexGroup(id=subject, title=title[:1].upper() + title[1:], lines=lines))
    return _index(visit, "fields", ("field", "type", "unit", "read_by"), tuple(groups))


def _tables(visit: Visit) -> Page:
    pages = known_pages(visit)
    lines = tuple(
        IndexLine(
            id=page.id,
            title=page.title,
            to=address(PageKind.TABLE, page.id),
            cells=(
                next((one.label for one in page.editions if one.serves), "–"),
                said_number(len(page.rows), words_of(visit)),
                str(len(page.rules)),
            ),
        )
        for page in pages.site.tables
    )
    heads = ("table", "edition", "rows", "read_by")
    return _index(visit, "tables", heads, (IndexGroup(id="all", title="", lines=lines),))


def _steps(visit: Visit) -> Page:
    pages = known_pages(visit)
    lines = tuple(
        IndexLine(
            id=page.step.step,
            title=page.step.title,
            to=address(PageKind.STEP, page.step.step),
            cells=(page.step.does, page.step.acts_under or "–"),
        )
        for page in pages.step.values()
    )
    heads = ("step", "does", "treatments")
    return _index(visit, "tonnes", heads, (IndexGroup(id="all", title="", lines=lines),))


def _index(visit: Visit, name: str, heads: tuple[str, ...], groups: tuple[IndexGroup, ...]) -> Page:
    words = words_of(visit)
    shown = IndexPage(
        lead=words[f"web_rules.{name}_lead"],
        heads=tuple(words[f"web_rules.head.{head}"] for head in heads),
        groups=tuple(group for group in groups if group.lines),
        empty=words["web_rules.index_empty"],
    )
    return Page("rule_index", words[f"web_rules.{name}"], shown)


def _criteria(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    shown = CriteriaPage(families=pages.site.families, at=addresses(pages))
    return Page("rule_criteria", words["web_rules.criteria"], shown)


def _field(visit: Visit) -> Page:
    pages = known_pages(visit)
    page = looked_up(pages.field, visit.part("field"), "web_rules.no_field")
    return Page("rule_field", page.title, OneField(shown=page, at=addresses(pages)))


def _table(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    page = looked_up(pages.table, visit.part("table"), "web_rules.no_table")
    shown = OneTable(
        shown=page,
        at=addresses(pages),
        described=tuple(column for column in page.columns if column.note),
        rows_words=say(words, "site.rows_count", count=len(page.rows)),
    )
    return Page("rule_table", page.title, shown)


def _step(visit: Visit) -> Page:
    pages = known_pages(visit)
    page = looked_up(pages.step, visit.part("step"), "web_rules.no_step")
    return Page("rule_step", page.step.title, OneStep(shown=page, at=addresses(pages)))


ROUTES = (
    Route(GET, "/rules/sources", _sources, open=True),
    Route(GET, "/rules/fields", _fields, open=True),
    Route(GET, "/rules/tables", _tables, open=True),
    Route(GET, "/rules/tonnes", _steps, open=True),
    Route(GET, "/rules/criteria", _criteria, open=True),
    Route(GET, "/rules/fields/{field}", _field, open=True),
    Route(GET, "/rules/tables/{table}", _table, open=True),
    Route(GET, "/rules/tonnes/{step}", _step, open=True),
)
