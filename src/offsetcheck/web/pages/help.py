"""Help: what the app does and does not, the steps of a tender, and what is installed."""

from offsetcheck.api.surroundings import surroundings
from offsetcheck.api.web_page import language_name, words_in
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import rulebook_of
from offsetcheck.web.routes import Route, found
from offsetcheck.web.visit import GET, Page, Shown, Visit

STEPS = ("begin", "purchase", "form", "offers", "evidence", "verdicts", "award", "letters", "claim")
LINKS = {"rules": "/rules", "cities": "/cities", "clauses": "/clauses", "check": "/check"}


class LanguageLine(Shown):
    """One language, and whether somebody who speaks it has read its words."""

    name: str
    note: str


class HelpPage(Shown):
    """What the app does, and what of it works here."""

    steps: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    languages: tuple[LanguageLine, ...]
    version: str
    rulebook: str
    facts: tuple[tuple[str, str], ...]


def _show(visit: Visit) -> Page:
    words, rulebook = words_of(visit), rulebook_of(visit.workplace.rules)
    here = surroundings()
    yes, no = words["web_help.there"], words["web_help.not_there"]
    facts = [
        (words["web_help.concluder"], here.concluder),
        (words["web_help.formats"], ", ".join(here.formats)),
        (words["web_help.missing"], ", ".join(here.missing) or words["web_help.none"]),
        (words["web_help.spark"], yes if here.spark and here.java else no),
        (words["web_help.rules"], str(len(rulebook.rules))),
        (words["web_help.own_rules"], yes if visit.workplace.rules else words["web_help.shipped"]),
    ]
    shown = HelpPage(
        steps=tuple(words[f"web_help.step.{one}"] for one in STEPS),
        links=tuple(
            (to, words[f"web_help.link.{name}"]) for name, to in LINKS.items() if found(GET, to)
        ),
        languages=tuple(_language(visit, code) for code in visit.languages),
        version=here.version,
        rulebook=str(rulebook.guide.edition),
        facts=tuple(facts),
    )
    return Page("help", words["web_help.title"], shown)


def _language(visit: Visit, code: str) -> LanguageLine:
    own = words_in(rulebook_of(visit.workplace.rules).words, code)
    return LanguageLine(name=language_name(code), note=own["report.unreviewed"])


ROUTES = (Route(GET, "/help", _show, nav=90, label="web_help.nav", open=True),)
