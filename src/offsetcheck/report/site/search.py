"""What a site can be searched for, as a script that holds data alone: no server, no request."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from offsetcheck.report.site.addresses import Addresses
from offsetcheck.report.site.markdown import Written
from offsetcheck.vocabulary.site_explanation import SiteExplanation

LONGEST = 900
NAME = "rulebookIndex"


class Found(NamedTuple):
    """One thing to be found: its title, its kind, its address, and the words that find it."""

    title: str
    kind: str
    address: str
    words: str


def search_index(
    site: SiteExplanation, at: Addresses, docs: Mapping[str, Written], words: Mapping[str, str]
) -> str:
    """Return the script with all that can be found; `docs` are the pages of Markdown by path."""
    entries = [*_of_rulebook(site, at, words), *_of_steps(site, at, words), *_of_docs(docs, words)]
    # Whoever puts the script into a page finds no end of it in a title.
    lines = (json.dumps(entry).replace("<", "\\u003c") for entry in entries)
    return f"window.{NAME} = [\n" + ",\n".join(lines) + "\n];\n"


def _of_rulebook(
    site: SiteExplanation, at: Addresses, words: Mapping[str, str]
) -> Iterator[Sequence[str]]:
    for page in site.rules:
        rule = page.rule
        titles = " ".join(field.title for field in (*page.reads, *page.computed))
        said = _short(rule.code or "", rule.rule, rule.requires, rule.why, titles)
        yield Found(rule.title, words["site.kind.rule"], at.rule[rule.rule], said)
    for profile in site.profiles:
        city = profile.city
        yield Found(city.city, words[f"site.kind.{city.profile}"], at.city[city.id], city.id)
    for law in site.laws:
        yield Found(law.title, words["site.kind.law"], at.law[law.id], law.id)
    for field in site.fields:
        said = _short(field.id, field.question or "", " ".join(field.headings))
        yield Found(field.title, words["site.kind.field"], at.field[field.id], said)
    for source in site.sources:
        guide = source.guide
        clauses = " ".join(clause.clause or "" for clause in source.clauses)
        said = _short(guide.id, guide.publisher or "", clauses)
        yield Found(guide.title, words["site.kind.source"], at.source[guide.id], said)
    for table in site.tables:
        said = _short(table.id, " ".join(column.name for column in table.columns))
        yield Found(table.title, words["site.kind.table"], at.table[table.id], said)


def _of_steps(
    site: SiteExplanation, at: Addresses, words: Mapping[str, str]
) -> Iterator[Sequence[str]]:
    """Yield the steps of comparable tonnes, found by what they do, read and offer to choose."""
    for page in site.steps:
        step = page.step
        titles = [one.title for one in step.inputs] + [one.title for one in step.parts]
        read = " ".join((*titles, *(one.title for one in page.reads)))
        offered = " ".join(one.title for choice in step.choices for one in choice.offered)
        said = _short(step.step, step.does, step.why, offered, read)
        yield Found(step.title, words["site.kind.step"], at.step[step.step], said)


def _of_docs(docs: Mapping[str, Written], words: Mapping[str, str]) -> Iterator[Sequence[str]]:
    for path, page in docs.items():
        for section in page.sections:
            top = section.level == 1
            title = section.title if top else f"{page.title}: {section.title}"
            address = path if top else f"{path}#{section.anchor}"
            yield Found(title, words["site.kind.doc"], address, _short(section.text))


def _short(*parts: str) -> str:
    return " ".join(" ".join(parts).split())[:LONGEST]
