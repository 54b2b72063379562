"""The indexes of a site: rules by dimension and criterion; cities, fields, sources and tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from offsetcheck.report.saying import say
from offsetcheck.vocabulary.site_explanation import FieldPage, Named, SiteExplanation

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an index: its first cell, the pages of one kind in its second, further cells."""

    first: str
    kind: str
    links: Sequence[Named]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; `id` is its anchor."""

    id: str
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Index:
    """An index with its heading and the heads of its columns."""

    name: str
    heading: str
    lead: str
    heads: Sequence[str]
    groups: Sequence[Group]

    def plain(self) -> dict[str, Any]:
        """Return the index as its template reads it."""
        groups = [
            {"id": one.id, "title": one.title, "lines": [_plain(line) for line in one.lines]}
            for one in self.groups
            if one.lines
        ]
        return {
            "heading": self.heading, "lead": self.lead,
            "heads": list(self.heads), "groups": groups,
        }  # fmt: skip


def _plain(line: Line) -> dict[str, Any]:
    links = [named.model_dump() for named in line.links]
    return {"first": line.first, "kind": line.kind, "links": links, "notes": list(line.notes)}


def index_pages(site: SiteExplanation, words: Words) -> Iterator[Index]:
    """Yield each index of a site."""
    yield _index("dimension", words, ("number", "rule", "effect"), _by_dimension(site))
    yield _index("criterion", words, ("criterion", "rule", "title"), _by_criterion(site, words))
    yield _index("city", words, ("id", "who", "in_force", "own"), _by_city(site, words))
    yield _index("field", words, ("id", "kind_field", "read_by"), _by_field(site, words))
    yield _index("source", words, ("id", "source", "publisher", "read_by"), _by_source(site, words))
    yield _index("table", words, ("id", "kind_table", "rows"), _by_table(site, words))
    if site.steps:
        yield _index("step", words, ("id", "kind_step", "acts_under"), _by_step(site, words))


def _index(name: str, words: Words, heads: Iterable[str], groups: Iterable[Group]) -> Index:
    return Index(
        name,
        words[f"site.index.{name}"],
        words[f"site.index_lead.{name}"],
        [words[f"site.head.{head}"] for head in heads],
        list(groups),
    )


def _by_dimension(site: SiteExplanation) -> Iterator[Group]:
    pages = {page.rule.rule: page.rule for page in site.rules}
    for dimension in site.dimensions:
        lines = [
            Line(pages[rule.id].code or rule.id, "rule", [rule], [pages[rule.id].effect_words])
            for rule in dimension.rules
        ]
        yield Group(dimension.id, dimension.title, lines)


def _by_criterion(site: SiteExplanation, words: Words) -> Iterator[Group]:
    for family in site.families:
        lines = [
            Line(one.code, "rule", one.rules, [_criterion(one.title, one.why_no_rule, words)])
            for one in family.criteria
        ]
        yield Group(f"family-{family.code}", family.title or family.code, lines)


def _criterion(title: str, why: str | None, words: Words) -> str:
    return title if why is None else say(words, "site.no_rule", title=title, why=why)


def _by_city(site: SiteExplanation, words: Words) -> Iterator[Group]:
    for kind in ("city", "standard"):
        lines = [
            Line(
                page.city.id,
                "city",
                [Named(id=page.city.id, title=page.city.city)],
                [
                    str(len(page.rules)),
                    str(
                        sum(line.profile == page.city.id for r in site.rules for line in r.stances)
                    ),
                ],
            )
            for page in site.profiles
            if page.city.profile == kind
        ]
        yield Group(kind, words[f"site.kind.{kind}"], lines)
    laws = [
        Line(law.id, "law", [Named(id=law.id, title=law.title)], ["", str(len(law.values))])
        for law in site.laws
    ]
    yield Group("law", words["site.kind.law"], laws)


def _by_field(site: SiteExplanation, words: Words) -> Iterator[Group]:
    subjects: dict[str, list[FieldPage]] = {}
    for field in site.fields:
        subjects.setdefault(field.subject, []).append(field)
    for subject, fields in subjects.items():
        lines = [
            Line(one.id, "field", [Named(id=one.id, title=one.title)], [str(len(one.rules))])
            for one in sorted(fields, key=lambda one: one.title.casefold())
        ]
        yield Group(subject, words[f"site.subject.{subject}"], lines)


def _by_source(site: SiteExplanation, words: Words) -> Iterator[Group]:
    lines = [
        Line(
            page.guide.id,
            "source",
            [Named(id=page.guide.id, title=page.guide.title)],
            [
                page.guide.publisher or "",
                str(len({rule.id for clause in page.clauses for rule in clause.rules})),
            ],
        )
        for page in sorted(site.sources, key=lambda one: one.guide.title.casefold())
    ]
    yield Group("sources", words["site.sources"], lines)


def _by_table(site: SiteExplanation, words: Words) -> Iterator[Group]:
    lines = [
        Line(page.id, "table", [Named(id=page.id, title=page.title)], [str(len(page.rows))])
        for page in site.tables
    ]
    yield Group("tables", words["site.index.table"], lines)


def _by_step(site: SiteExplanation, words: Words) -> Iterator[Group]:
    lines = [
        Line(one.step, "step", [Named(id=one.step, title=one.title)], [one.acts_under])
        for one in (page.step for page in site.steps)
    ]
    yield Group("steps", words["site.index.step"], lines)
