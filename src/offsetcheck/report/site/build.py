"""All files of a site: pages, style, search and data, by their path from its top."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from offsetcheck.report.environment import ReportEnvironment, environment, page, template_problems
from offsetcheck.report.saying import say
from offsetcheck.report.site import addresses as where
from offsetcheck.report.site.docs import Docs, read_docs
from offsetcheck.report.site.indexes import index_pages
from offsetcheck.report.site.markdown import inline, resolver
from offsetcheck.report.site.said import foot, start_words
from offsetcheck.report.site.search import search_index
from offsetcheck.vocabulary.site_explanation import (
    LawPage,
    Named,
    ProfilePage,
    RulePage,
    SiteExplanation,
    TablePage,
)

Plain = dict[str, Any]


def site_files(
    site: SiteExplanation,
    words: Mapping[str, str],
    docs: Mapping[str, bytes] | None = None,
    base: str | None = None,
) -> Iterator[tuple[str, str | bytes]]:
    """Yield each file of a site: its path from the top, and its text or bytes.

    `docs` are pages of Markdown, and files that they lead to, by path; `base` is the address at
    which the site will stand, ending with `/`. The same explanation gives the same bytes.
    """
    press = _Press(site, words, read_docs(docs or {}, words), base)
    with template_problems(None):
        yield from press.files()


@dataclass(frozen=True)
class _Press:
    """Renders the pages of one site."""

    site: SiteExplanation
    words: Mapping[str, str]
    docs: Docs
    base: str | None

    @cached_property
    def at(self) -> where.Addresses:
        return where.addresses_of(self.site)

    @cached_property
    def html(self) -> ReportEnvironment:
        return environment(None, autoescape=True)

    def files(self) -> Iterator[tuple[str, str | bytes]]:
        """Yield every file."""
        plain = environment(None, autoescape=False)
        yield where.STYLE, page(plain, "site/style.css.jinja", {})
        yield where.SCRIPT, page(plain, "site/search.js.jinja", {})
        yield where.INDEX, search_index(self.site, self.at, self.docs.pages, self.words)
        yield where.DATA, self.site.model_dump_json(indent=1) + "\n"
        yield ".nojekyll", ""
        names = []
        for path, text in self._pages():
            names.append(path)
            yield path, text
        yield from self.docs.files.items()
        if self.base:
            yield "sitemap.xml", _sitemap(self.base, names)

    def _pages(self) -> Iterator[tuple[str, str]]:
        yield self._start()
        yield self._made("search", where.SEARCH, self.words["site.search_title"])
        yield self._missing()
        for index in index_pages(self.site, self.words):
            path = where.INDEXES[index.name]
            yield self._made("index", path, index.heading, index.plain())
        yield from map(self._rule, self.site.rules)
        yield from map(self._city, self.site.profiles)
        yield from map(self._law, self.site.laws)
        for field in self.site.fields:
            yield self._of("field", self.at.field[field.id], field.title, field)
        for source in self.site.sources:
            guide = source.guide
            yield self._of("source", self.at.source[guide.id], guide.title, source)
        yield from map(self._table, self.site.tables)
        for step in self.site.steps:
            own = step.step
            yield self._of("step", self.at.step[own.step], own.title, step)
        yield from self._docs()

    def _made(
        self, template: str, path: str, title: str, own: Mapping[str, Any] | None = None
    ) -> tuple[str, str]:
        root = where.root_of(path)
        context = self._shared | {
            "title": title,
            "root": root,
            "canonical": f"{self.base}{path}" if self.base else None,
        }
        text = page(self.html, f"site/{template}.html.jinja", context | dict(own or {}))
        return path, text

    def _of(
        self, template: str, path: str, title: str, shown: BaseModel, own: Plain | None = None
    ) -> tuple[str, str]:
        return self._made(template, path, title, {"page": shown.model_dump()} | (own or {}))

    @cached_property
    def _shared(self) -> Plain:
        site = self.site
        return {
            "lang": site.language,
            "site": {"title": site.title},
            "words": dict(self.words),
            "at": self.at.plain(),
            "indexes": where.indexes_of(site),
            "titles": {page.rule.rule: page.rule.title for page in site.rules},
            "has_docs": bool(self.docs.pages),
            "footer": foot(site, self.words),
        }

    def _start(self) -> tuple[str, str]:
        own = start_words(self.site, self.words)
        return self._made("start", where.START, self.site.title, own)

    def _missing(self) -> tuple[str, str]:
        """Return the page for addresses without one, which is shown at any depth.

        Its links lead from the address of the site where that is known.
        """
        own = {"root": self.base or "", "canonical": None}
        return self._made("missing", where.MISSING, self.words["site.missing_title"], own)

    def _rule(self, shown: RulePage) -> tuple[str, str]:
        path = self.at.rule[shown.rule.rule]
        root = where.root_of(path)
        pages = {f"{where.DOCS}/{name}": f"{root}{there}" for name, there in self.docs.at.items()}
        resolve = resolver("CHANGELOG.md", pages)
        markdown = [inline(line.words, resolve) if line.markdown else "" for line in shown.history]
        in_force = say(self.words, "site.in_force_of", count=shown.in_force, of=shown.of)
        own = {"markdown": markdown, "in_force": in_force, "family": self._family(shown)}
        return self._of("rule", path, shown.rule.title, shown, own)

    def _family(self, shown: RulePage) -> str | None:
        """Return the anchor of the group of criteria in which a rule stands, None for none."""
        name = shown.rule.rule
        carrying = (f for f in self.site.families for c in f.criteria if name in _ids(c.rules))
        return next((f"family-{family.code}" for family in carrying), None)

    def _city(self, shown: ProfilePage) -> tuple[str, str]:
        city = shown.city
        own = {
            "stances": self._stances(city.id),
            "groups": self._groups(frozenset(shown.rules)),
            "rules_count": say(self.words, "site.rules_count", count=len(shown.rules)),
        }
        return self._of("city", self.at.city[city.id], city.city, shown, own)

    def _stances(self, city: str) -> list[Plain]:
        """Return the rules that a profile has in its own way, with what it changes."""
        return [
            {"rule": rule.rule.rule, "title": rule.rule.title} | line.model_dump(exclude={"title"})
            for rule in self.site.rules
            for line in rule.stances
            if line.profile == city
        ]

    def _groups(self, rules: frozenset[str]) -> list[Plain]:
        groups = [
            {
                "title": one.title,
                "rules": [rule.model_dump() for rule in one.rules if rule.id in rules],
            }
            for one in self.site.dimensions
        ]
        return [group for group in groups if group["rules"]]

    def _law(self, shown: LawPage) -> tuple[str, str]:
        return self._of("law", self.at.law[shown.id], shown.title, shown)

    def _table(self, shown: TablePage) -> tuple[str, str]:
        described = [column.model_dump() for column in shown.columns if column.note]
        rows = say(self.words, "site.rows_count", count=len(shown.rows))
        own = {"described": described, "rows_words": rows}
        return self._of("table", self.at.table[shown.id], shown.title, shown, own)

    def _docs(self) -> Iterator[tuple[str, str]]:
        if not self.docs.pages:
            return
        listed = [{"path": path, "title": doc.title} for path, doc in self.docs.pages.items()]
        if self.docs.start not in self.docs.pages:
            yield self._made("docs", self.docs.start, self.words["site.docs"], {"pages": listed})
        for path, doc in self.docs.pages.items():
            yield self._made("doc", path, doc.title, {"html": doc.html})


def _ids(named: Iterable[Named]) -> set[str]:
    return {one.id for one in named}


def _sitemap(base: str, names: list[str]) -> str:
    """Return the list of pages for those who look for them; addresses hold no sign to escape."""
    lines = (f"<url><loc>{base}{name}</loc></url>" for name in names if name != where.MISSING)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'{head}\n<urlset xmlns="{space}">\n' + "\n".join(lines) + "\n</urlset>\n"
