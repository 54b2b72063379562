"""Which page answers which address: each module of `pages` tells its own."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from offsetcheck.ground.listing import module_names
from offsetcheck.web import pages
from offsetcheck.web.visit import EVERY_ROLE, GET, POST, Answer, Role, Visit

Handler = Callable[[Visit], Answer]
_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Route:
    """One page: method, address with `{parts}`, what answers, and who may ask.

    `nav` is the place of the page in the navigation (of a tender where its address has one, else
    of the app), by its order; `label` the key of its words there. `uploads` says that files come
    with its form. `open` pages are for every role: they hold nothing of a tender. `act` is the word
    under which the register writes down that somebody did this; what changes something has one.
    `answers_interest` is the page on which a person says whether he has an interest in a tender.
    """

    method: str
    address: str
    answer: Handler
    roles: frozenset[Role] = EVERY_ROLE
    nav: int | None = None
    label: str = ""
    uploads: bool = False
    open: bool = False
    act: str = ""
    answers_interest: bool = False

    @property
    def of_tender(self) -> bool:
        """Whether it is a page of one tender."""
        return self.address.startswith("/t/{tender}")


@dataclass(frozen=True, slots=True)
class Found:
    """The route of an address, with the parts of it."""

    route: Route
    parts: Mapping[str, str]


@cache
def routes() -> tuple[Route, ...]:
    """Return every route, those with fewer parts first."""
    found = [route for name in module_names(pages.__path__) for route in _of(name)]
    return tuple(sorted(found, key=lambda route: (route.address.count("{"), route.address)))


def _of(name: str) -> Iterator[Route]:
    yield from import_module(f"{pages.__name__}.{name}").ROUTES


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Route], ...]:
    return tuple(
        (re.compile(_PART.sub(r"(?P<\1>[^/]+)", route.address) + r"\Z"), route)
        for route in routes()
    )


def found(method: str, path: str) -> Found | None:
    """Return the route of a method and a decoded path; None where there is none."""
    asked = GET if method == "HEAD" else method
    for pattern, route in _patterns():
        if route.method == asked and (match := pattern.match(path)):
            return Found(route, match.groupdict())
    return None


def methods_at(path: str) -> tuple[str, ...]:
    """Return the methods that an address takes; none where there is no such page."""
    return tuple(method for method in (GET, POST) if found(method, path))


def navigation(*, of_tender: bool) -> tuple[Route, ...]:
    """Return the routes of the navigation, of a tender or of the app, in order."""
    shown = [r for r in routes() if r.nav is not None and r.of_tender is of_tender]
    return tuple(sorted(shown, key=lambda route: route.nav or 0))
