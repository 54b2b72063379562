"""A rulebook read page by page, and searched: what its site shows, with steps and scenarios."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from offsetcheck.api.site import rulebook_site
from offsetcheck.report.site.markdown import inline, resolver
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.site_explanation import (
    FieldPage,
    LawPage,
    ProfilePage,
    RulePage,
    ScenarioLine,
    SiteExplanation,
    SourcePage,
    StepPage,
    TablePage,
)
from offsetcheck.workshop.scenarios import scenarios_of
from offsetcheck.workshop.site.scenarios_named import scenarios_by_rule
from offsetcheck.workshop.site.scope import Scope

MOST_WORDS = 12
LONGEST_SEARCH = 200
STRONGEST_FIRST = tuple(Standing)
CHANGELOG = "CHANGELOG.md"


class PageKind(StrEnum):
    """What a page of a rulebook is about."""

    RULE = "rule"
    STEP = "step"
    CITY = "city"
    LAW = "law"
    FIELD = "field"
    SOURCE = "source"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Found:
    """One page that a search found: its kind, id and title, and the words by which it is found."""

    kind: PageKind
    id: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rules somebody looks for: words, and what they are of; empty stands for all."""

    words: str = ""
    dimension: str = ""
    city: str = ""
    effect: str = ""
    standing: str = ""


@dataclass(frozen=True)
class RulebookPages:
    """A rulebook explained as a whole on one day in one language, each page by its id."""

    site: SiteExplanation
    words: Mapping[str, str]
    scope: Scope

    @cached_property
    def scenarios(self) -> Mapping[str, tuple[ScenarioLine, ...]]:
        """By rule the scenarios that expect something of it; read when they are first asked for."""
        return scenarios_by_rule(self.scope, scenarios_of(self.scope.rulebook))

    @cached_property
    def rule(self) -> Mapping[str, RulePage]:
        """The rules by id, by dimension in report order."""
        return {page.rule.rule: page for page in self.site.rules}

    @cached_property
    def profile(self) -> Mapping[str, ProfilePage]:
        """The cities and standards by id."""
        return {page.city.id: page for page in self.site.profiles}

    @cached_property
    def law(self) -> Mapping[str, LawPage]:
        """The jurisdictions by id."""
        return {page.id: page for page in self.site.laws}

    @cached_property
    def field(self) -> Mapping[str, FieldPage]:
        """The fields by the id of their page."""
        return {page.id: page for page in self.site.fields}

    @cached_property
    def source(self) -> Mapping[str, SourcePage]:
        """The guides, laws and studies by id."""
        return {page.guide.id: page for page in self.site.sources}

    @cached_property
    def step(self) -> Mapping[str, StepPage]:
        """The steps of comparable tonnes by id, in the order in which they are taken."""
        return {page.step.step: page for page in self.site.steps}

    @cached_property
    def table(self) -> Mapping[str, TablePage]:
        """The reference tables by id."""
        return {page.id: page for page in self.site.tables}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of the rules by id."""
        return {name: page.rule.title for name, page in self.rule.items()}

    def rules(self, wanted: Wanted) -> tuple[RulePage, ...]:
        """Return the rules that are looked for, by dimension in report order."""
        named = _words(wanted.words)
        of_city = self.profile.get(wanted.city)
        in_force = frozenset(of_city.rules) if of_city is not None else None
        return tuple(
            page
            for name, page in self.rule.items()
            if (not wanted.dimension or page.rule.dimension == wanted.dimension)
            and (in_force is None or name in in_force)
            and (not wanted.effect or page.rule.effect == wanted.effect)
            and (not wanted.standing or weakest_standing(page) == wanted.standing)
            and all(word in self._texts[name] for word in named)
        )

    def found(self, words: str) -> tuple[Found, ...]:
        """Return the pages of other kinds than rules that hold every one of some words."""
        named = _words(words)
        if not named:
            return ()
        return tuple(one for one in self._others if all(word in one.words for word in named))

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {name: _text_of(page) for name, page in self.rule.items()}

    @cached_property
    def _others(self) -> tuple[Found, ...]:
        return tuple(self._each_other())

    def _each_other(self) -> Iterator[Found]:
        for page in self.site.steps:
            step = page.step
            words = _folded(step.step, step.title, step.does, step.why)
            yield Found(PageKind.STEP, step.step, step.title, words)
        for profile in self.site.profiles:
            city = profile.city
            yield Found(PageKind.CITY, city.id, city.city, _folded(city.id, city.city))
        for law in self.site.laws:
            yield Found(PageKind.LAW, law.id, law.title, _folded(law.id, law.title))
        for field in self.site.fields:
            words = _folded(field.id, field.title, field.question or "", *field.headings)
            yield Found(PageKind.FIELD, field.id, field.title, words)
        for source in self.site.sources:
            guide = source.guide
            clauses = (line.clause or "" for line in source.clauses)
            words = _folded(guide.id, guide.title, guide.publisher or "", *clauses)
            yield Found(PageKind.SOURCE, guide.id, guide.title, words)
        for table in self.site.tables:
            words = _folded(table.id, table.title, *(column.name for column in table.columns))
            yield Found(PageKind.TABLE, table.id, table.title, words)


def rulebook_pages(
    rulebook: Rulebook, folder: Path | None = None, *, as_of: date, language: str = "en"
) -> RulebookPages:
    """Return a rulebook to be read page by page, for all its cities; its examples are run.

    Raises RequestError for a day or language that is not there, RulebookError for a catalogue
    with problems.
    """
    made = rulebook_site(rulebook, folder, as_of=as_of, language=language)
    return RulebookPages(made.explained, made.words, Scope(rulebook, as_of, language, ()))


def weakest_standing(page: RulePage) -> str:
    """Return how the least sure of a rule's sources was seen."""
    own = {line.standing for line in page.rule.sources}
    return max(own, key=lambda one: STRONGEST_FIRST.index(Standing(one)), default=Standing.DESIGN)


def history_html(page: RulePage) -> tuple[str, ...]:
    """Return the lines of a rule's history that are Markdown as safe HTML, else nothing."""
    resolve = resolver(CHANGELOG, {})
    return tuple(inline(line.words, resolve) if line.markdown else "" for line in page.history)


def _text_of(page: RulePage) -> str:
    rule = page.rule
    named = (*page.reads, *page.computed, *page.tables)
    sources = (line.words for line in rule.sources)
    fields = (text for one in named for text in (one.id, one.title))
    values = (line.name for line in page.values)
    return _folded(
        rule.code or "", rule.rule, rule.title, rule.dimension_title, rule.requires, rule.why,
        page.fails or "", page.ask or "", *sources, *fields, *values,
    )  # fmt: skip


def _folded(*parts: str) -> str:
    return " ".join(" ".join(parts).casefold().split())


def _words(text: str) -> list[str]:
    return text[:LONGEST_SEARCH].casefold().split()[:MOST_WORDS]
