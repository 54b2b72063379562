"""The rules: looked through by dimension, searched, and each on a page of its own."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from offsetcheck.api.rulebook_pages import (
    LONGEST_SEARCH,
    PageKind,
    RulebookPages,
    Wanted,
    history_html,
    weakest_standing,
)
from offsetcheck.api.web_page import say
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.site_explanation import Named, RulePage, ScenarioLine
from offsetcheck.web.answered import words_of
from offsetcheck.web.routes import Route
from offsetcheck.web.rules.addresses import Addresses, address, addresses
from offsetcheck.web.rules.known import known_pages, looked_up
from offsetcheck.web.visit import GET, Page, Role, Shown, Visit

Words = Mapping[str, str]
Options = tuple[tuple[str, str], ...]
MOST_OTHERS = 60
FILTERS = ("dimension", "city", "effect", "standing")


class RuleLine(Shown):
    """One rule of the list."""

    id: str
    to: str
    code: str
    title: str
    effect: str
    standing: str
    in_force: str
    draft: bool


class RuleGroup(Shown):
    """The rules of one dimension that are looked for."""

    id: str
    title: str
    rules: tuple[RuleLine, ...]


class OtherLine(Shown):
    """A page of another kind that holds the words."""

    kind: str
    title: str
    to: str


class RulesPage(Shown):
    """The rules that are looked for, and what else holds the words."""

    asked: Mapping[str, str]
    options: Mapping[str, Options]
    counted: str
    groups: tuple[RuleGroup, ...]
    others: tuple[OtherLine, ...]
    others_left: str
    may_edit: bool


class OneRule(Shown):
    """One rule, with the scenarios that expect something of it."""

    shown: RulePage
    at: Addresses
    markdown: tuple[str, ...]
    in_force: str
    scenarios: tuple[ScenarioLine, ...]
    scenarios_more: tuple[ScenarioLine, ...]
    criteria: Named | None
    edit: str | None


FIRST_SCENARIOS = 8


def _list(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    asked = {name: visit.asked(name) for name in ("q", *FILTERS)}
    asked["q"] = asked["q"][:LONGEST_SEARCH]
    wanted = Wanted(asked["q"], *(asked[name] for name in FILTERS))
    rules, others = pages.rules(wanted), pages.found(asked["q"])
    left = len(others) - MOST_OTHERS
    shown = RulesPage(
        asked=asked,
        options=_options(pages, words),
        counted=say(words, "web_rules.counted", count=len(rules), of=len(pages.rule)),
        groups=tuple(_groups(rules, words)),
        others=tuple(
            OtherLine(
                kind=words[f"web_rules.kind.{one.kind}"],
                title=one.title,
                to=address(one.kind, one.id),
            )
            for one in others[:MOST_OTHERS]
        ),
        others_left=say(words, "web_rules.others_left", count=left) if left > 0 else "",
        may_edit=visit.may(Role.AUTHOR),
    )
    return Page("rules", words["web_rules.title"], shown)


def _options(pages: RulebookPages, words: Words) -> Mapping[str, Options]:
    effects = dict.fromkeys(page.rule.effect for page in pages.site.rules)
    profiles = ((page.city.id, page.city.city) for page in pages.site.profiles)
    return {
        "dimension": tuple((one.id, one.title) for one in pages.site.dimensions),
        "city": tuple(profiles),
        "effect": tuple((one, words[f"effect.{one}"]) for one in effects),
        "standing": tuple((one.value, words[f"standing.{one.value}"]) for one in Standing),
    }


def _groups(rules: Iterable[RulePage], words: Words) -> Iterable[RuleGroup]:
    by_dimension = groupby(rules, key=lambda page: page.rule.dimension)
    for dimension, group in by_dimension:
        listed = list(group)
        yield RuleGroup(
            id=dimension,
            title=listed[0].rule.dimension_title,
            rules=tuple(_line(page, words) for page in listed),
        )


def _line(page: RulePage, words: Words) -> RuleLine:
    rule = page.rule
    return RuleLine(
        id=rule.rule,
        to=address(PageKind.RULE, rule.rule),
        code=rule.code or "",
        title=rule.title,
        effect=rule.effect_words,
        standing=words[f"standing.{weakest_standing(page)}"],
        in_force=say(words, "web_rules.of", count=page.in_force, of=page.of),
        draft=page.status != "stable",
    )


def _rule(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    page = looked_up(pages.rule, visit.part("rule"), "web_rules.no_rule")
    name = page.rule.rule
    scenarios = pages.scenarios.get(name, ())
    shown = OneRule(
        shown=page,
        at=addresses(pages),
        markdown=history_html(page),
        in_force=say(words, "site.in_force_of", count=page.in_force, of=page.of),
        scenarios=scenarios[:FIRST_SCENARIOS],
        scenarios_more=scenarios[FIRST_SCENARIOS:],
        criteria=_family(pages, name),
        edit=f"{address(PageKind.RULE, name)}/edit" if visit.may(Role.AUTHOR) else None,
    )
    return Page("rule", page.rule.title, shown)


def _family(pages: RulebookPages, rule: str) -> Named | None:
    """Return the group of criteria in which a rule stands."""
    for family in pages.site.families:
        if any(one.id == rule for criterion in family.criteria for one in criterion.rules):
            return Named(id=f"family-{family.code}", title=family.title or family.code)
    return None


ROUTES = (
    Route(GET, "/rules", _list, nav=40, label="web_rules.nav", open=True),
    Route(GET, "/rules/{rule}", _rule, open=True),
)
