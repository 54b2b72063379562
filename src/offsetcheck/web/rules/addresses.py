"""Where the app shows each page of a rulebook; templates of the site lead to these instead."""

from collections.abc import Iterable
from urllib.parse import quote

from offsetcheck.api.rulebook_pages import PageKind, RulebookPages

FOLDERS = {
    PageKind.RULE: "rules",
    PageKind.STEP: "rules/tonnes",
    PageKind.CITY: "cities",
    PageKind.LAW: "cities/laws",
    PageKind.FIELD: "rules/fields",
    PageKind.SOURCE: "clauses",
    PageKind.TABLE: "rules/tables",
}
Addresses = dict[str, dict[str, str]]


def address(kind: PageKind, name: str) -> str:
    """Return the address of a page from the top of the app."""
    return f"/{FOLDERS[kind]}/{quote(name, safe='')}"


def addresses(pages: RulebookPages) -> Addresses:
    """Return the addresses of all pages by kind and id, without the `/` that they begin with."""
    named: dict[PageKind, Iterable[str]] = {
        PageKind.RULE: pages.rule,
        PageKind.STEP: pages.step,
        PageKind.CITY: pages.profile,
        PageKind.LAW: pages.law,
        PageKind.FIELD: pages.field,
        PageKind.SOURCE: pages.source,
        PageKind.TABLE: pages.table,
    }
    return {
        kind.value: {name: address(kind, name)[1:] for name in names}
        for kind, names in named.items()
    }
