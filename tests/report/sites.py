"""Sites of a small rulebook and of the shipped one, as files by path, and what leads where."""

import re
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from offsetcheck.api.site import rulebook_site
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.site.build import site_files
from offsetcheck.rulebook.load import load_rulebook
from world.rulebook import AS_OF, RULEBOOK, RULES

DOCS = Path(__file__).parents[2] / "docs"
DAY = date(2026, 11, 27)


def site_of(folder=RULES, rulebook=RULEBOOK, **asked):
    """Return a rulebook made ready for its site."""
    return rulebook_site(rulebook, folder, **{"as_of": AS_OF, **asked})


def files_of(site, base=None):
    """Return the files of a site by path, texts as texts."""
    return dict(site_files(site.explained, site.words, site.pages, base))


@cache
def small():
    return files_of(site_of())


@cache
def shipped():
    """Return the files of the shipped rulebook's site with the documentation."""
    folder = bundled("rules")
    return files_of(site_of(folder, load_rulebook(folder), as_of=DAY, pages=DOCS))


class Page(HTMLParser):
    """What a page leads to and which names it gives; tags that are left open are told."""

    VOID = frozenset({"meta", "link", "br", "input", "hr"})

    def __init__(self, text):
        super().__init__()
        self.links, self.names, self.tags, self.wrong, self.open = [], [], set(), [], []
        self.feed(text)
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        self.links += [given[name] for name in ("href", "src", "action") if name in given]
        if "id" in given:
            self.names.append(given["id"])
        self.wrong += [name for name in given if name.startswith("on") or name == "style"]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.wrong += [] if tag in self.VOID else [f"{tag}/"]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")


def pages(files):
    """Return each page of HTML of a site, read."""
    return {path: Page(text) for path, text in files.items() if path.endswith(".html")}


def broken_links(files):
    """Return each link within a site that leads nowhere: the page and the link."""
    read = pages(files)
    found = []
    for path, page in read.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            there = normpath(f"{dirname(path)}/{unquote(parts.path)}".lstrip("/"))
            goal = path if not parts.path else there
            names = read[goal].names if goal in read else ()
            if goal not in files or (parts.fragment and unquote(parts.fragment) not in names):
                found.append((path, link))
    return found


def standing_alone(files, path):
    """Return a page with the style of its site in it, as one document."""
    style = f"<style>{files['style.css']}</style>"
    text = re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: style, files[path])
    return re.sub(
        r'<meta http-equiv="Content-Security-Policy"[^>]*>|<script .*?</script>', "", text
    )
