"""Cities and purchasing standards: what each asks beside the guide, and two of them compared."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from offsetcheck.api.cities_compared import CitiesCompared, compare_cities
from offsetcheck.api.rulebook_pages import PageKind, RulebookPages
from offsetcheck.api.web_page import say
from offsetcheck.vocabulary.rulebook_explanation import DatedValue
from offsetcheck.vocabulary.site_explanation import LawPage, ProfilePage
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import day_of, rulebook_of
from offsetcheck.web.routes import Route
from offsetcheck.web.rules.addresses import Addresses, address, addresses
from offsetcheck.web.rules.known import known_pages, looked_up
from offsetcheck.web.visit import GET, Page, Shown, Visit

KINDS = ("city", "standard")
STANCES = ("tighter", "looser", "other", "adopts", "left_out")


class CityLine(Shown):
    """A city or standard of the list: how many rules it has in its own way, and how."""

    title: str
    to: str
    example: bool
    laws: tuple[str, ...]
    offsetting: str
    floor: str
    rules: int
    stances: Mapping[str, int]
    undecided: int


class CityGroup(Shown):
    """All profiles of one kind."""

    id: str
    title: str
    lines: tuple[CityLine, ...]


class LawLine(Shown):
    """The law of a place, and how much it sets."""

    title: str
    to: str
    values: int


class CitiesPage(Shown):
    """All cities and standards, and the laws above them."""

    groups: tuple[CityGroup, ...]
    laws: tuple[LawLine, ...]
    options: tuple[tuple[str, str], ...]


class DatedOfRule(Shown):
    """A value that a city sets, with the rule that it is of."""

    rule: str
    value: DatedValue


class OneCity(Shown):
    """One city or standard: its policy in force, and its values by the day they begin."""

    shown: ProfilePage
    at: Addresses
    stances: tuple[Mapping[str, Any], ...]
    groups: tuple[Mapping[str, Any], ...]
    rules_count: str
    titles: Mapping[str, str]
    dated: tuple[DatedOfRule, ...]
    compare: str


class OneLaw(Shown):
    """The law and guidance of one place."""

    shown: LawPage
    at: Addresses
    titles: Mapping[str, str]


class ComparedPage(Shown):
    """Two cities or standards side by side; None before two are chosen."""

    compared: CitiesCompared | None
    same: bool
    first: str
    second: str
    options: tuple[tuple[str, str], ...]
    at: Addresses


def _list(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    stances = _stances(pages)
    groups = tuple(
        CityGroup(
            id=kind,
            title=words[f"web_cities.{kind}"],
            lines=tuple(
                _line(page, stances.get(page.city.id, Counter()), words)
                for page in pages.site.profiles
                if page.city.profile == kind
            ),
        )
        for kind in KINDS
    )
    laws = tuple(
        LawLine(title=law.title, to=address(PageKind.LAW, law.id), values=len(law.values))
        for law in pages.site.laws
    )
    shown = CitiesPage(groups=groups, laws=laws, options=_options(pages))
    return Page("cities", words["web_cities.title"], shown)


def _stances(pages: RulebookPages) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for page in pages.site.rules:
        for line in page.stances:
            found.setdefault(line.profile, Counter())[line.stance] += 1
    return found


def _line(page: ProfilePage, stances: Counter[str], words: Mapping[str, str]) -> CityLine:
    city = page.city
    return CityLine(
        title=city.city,
        to=address(PageKind.CITY, city.id),
        example=city.example is not None,
        laws=tuple(law.title for law in page.laws),
        offsetting=words[f"policy.{city.offsetting}"],
        floor=city.floor,
        rules=len(page.rules),
        stances={one: stances[one] for one in STANCES},
        undecided=len(city.undecided),
    )


def _options(pages: RulebookPages) -> tuple[tuple[str, str], ...]:
    return tuple((page.city.id, page.city.city) for page in pages.site.profiles)


def _city(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    page = looked_up(pages.profile, visit.part("city"), "web_rules.no_city")
    own = frozenset(page.rules)
    name = page.city.id
    stances = tuple(
        {"rule": rule.rule.rule, "title": rule.rule.title}
        | line.model_dump(mode="json", exclude={"title"})
        for rule in pages.site.rules
        for line in rule.stances
        if line.profile == name
    )
    groups = (
        {"title": one.title, "rules": [r.model_dump() for r in one.rules if r.id in own]}
        for one in pages.site.dimensions
    )
    shown = OneCity(
        shown=page,
        at=addresses(pages),
        stances=stances,
        groups=tuple(group for group in groups if group["rules"]),
        rules_count=say(words, "site.rules_count", count=len(page.rules)),
        titles=pages.titles,
        dated=tuple(
            DatedOfRule(rule=rule.rule.rule, value=value)
            for rule in pages.site.rules
            for value in rule.values
            if value.setter == name
        ),
        compare=f"/cities/compare?first={name}",
    )
    return Page("city", page.city.city, shown)


def _law(visit: Visit) -> Page:
    pages = known_pages(visit)
    page = looked_up(pages.law, visit.part("law"), "web_rules.no_law")
    shown = OneLaw(shown=page, at=addresses(pages), titles=pages.titles)
    return Page("city_law", page.title, shown)


def _compare(visit: Visit) -> Page:
    pages, words = known_pages(visit), words_of(visit)
    first, second = visit.asked("first"), visit.asked("second")
    compared = None
    if first and second:
        for name in (first, second):
            looked_up(pages.profile, name, "web_rules.no_city")
        compared = compare_cities(
            rulebook_of(visit.workplace.rules), first, second,
            as_of=day_of(visit), language=visit.language,
        )  # fmt: skip
    shown = ComparedPage(
        compared=compared,
        same=compared is not None and compared.is_same,
        first=first,
        second=second,
        options=_options(pages),
        at=addresses(pages),
    )
    return Page("cities_compared", words["web_cities.compare_title"], shown)


ROUTES = (
    Route(GET, "/cities", _list, nav=50, label="web_cities.nav", open=True),
    Route(GET, "/cities/compare", _compare, open=True),
    Route(GET, "/cities/{city}", _city, open=True),
    Route(GET, "/cities/laws/{law}", _law, open=True),
)
