"""Where each page of a site lies: a path for each kind and id that every system takes."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from offsetcheck.vocabulary.site_explanation import SiteExplanation

PLAIN = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,79}")
RESERVED = re.compile(r"(con|prn|aux|nul|index|com\d|lpt\d)(\..*)?")
"""Names that a system keeps for devices, and that of a folder's own page."""
MARK = 8  # signs of the hash that tells names apart which a system would take for one

START, SEARCH, MISSING = "index.html", "search.html", "404.html"
STYLE, SCRIPT, INDEX, DATA = "style.css", "search.js", "search-index.js", "rulebook.json"
INDEXES = {
    "dimension": "by-dimension.html",
    "criterion": "by-criterion.html",
    "city": "by-city.html",
    "field": "by-field.html",
    "source": "by-source.html",
    "table": "tables.html",
    "step": "steps.html",
}
DOCS = "docs"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The paths of the pages of each kind by id, from the top of the site."""

    rule: Mapping[str, str]
    city: Mapping[str, str]
    law: Mapping[str, str]
    field: Mapping[str, str]
    source: Mapping[str, str]
    table: Mapping[str, str]
    step: Mapping[str, str]

    def plain(self) -> dict[str, dict[str, str]]:
        """Return the paths as templates read them."""
        return {name: dict(getattr(self, name)) for name in self.__slots__}


def addresses_of(site: SiteExplanation) -> Addresses:
    """Return the path of each page of a site."""
    return Addresses(
        rule=_under("rules", (page.rule.rule for page in site.rules)),
        city=_under("cities", (page.city.id for page in site.profiles)),
        law=_under("laws", (page.id for page in site.laws)),
        field=_under("fields", (page.id for page in site.fields)),
        source=_under("sources", (page.guide.id for page in site.sources)),
        table=_under("tables", (page.id for page in site.tables)),
        step=_under("steps", (page.step.step for page in site.steps)),
    )


def indexes_of(site: SiteExplanation) -> dict[str, str]:
    """Return the path of each index of a site; of steps only where it has some."""
    return {name: path for name, path in INDEXES.items() if name != "step" or site.steps}


def root_of(path: str) -> str:
    """Return what leads from a page to the top of the site: nothing, or `../` for each folder."""
    return "../" * path.count("/")


def safe_name(name: str) -> str:
    """Return the name of a file for an id: itself where it is plain, else with a mark of its own.

    Two ids never have one name, on systems that do not tell capitals apart either.
    """
    if PLAIN.fullmatch(name) and not RESERVED.fullmatch(name):
        return name
    kept = re.sub(r"[^a-z0-9_-]+", "-", name.casefold())[:40].strip("-")
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:MARK]
    return f"{kept}-{mark}" if kept else mark


def _under(folder: str, names: Iterable[str]) -> dict[str, str]:
    return {name: f"{folder}/{safe_name(name)}.html" for name in names}
