"""The tree of a page for paper: of the tool's own templates, without what paper never shows.

Four in five elements of an offer's page stand in findings that fold. Each that is parsed and kept
costs its style, whether it is shown or not, which is half of the time of a PDF.
"""

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree.ElementTree import TreeBuilder

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
TAGGED = frozenset({"met", "apart"})  # findings that paper lists without their marks
HIDDEN = frozenset({"back", "deep", "next", "skip"})
"""Classes of what the style of pages shows on a screen only."""
HIDDEN_TAGS = frozenset({"footer", "nav"})
FOLDED = re.compile(
    r'(<details class="finding[^>]*>\s*(?><summary>.*?</summary>))\s*<dl class="pairs.*?</dl>',
    re.DOTALL,
)
"""A finding up to the end of what folds; texts of strangers hold no mark of an element."""
CAMEL = {"viewbox": "viewBox"}  # the parser makes names of attributes small, and SVG minds

Attributes = list[tuple[str, str | None]]


def tree_of(page: str) -> "Element":
    """Return the tree of a page whose elements are all closed, as those of the templates are.

    It has only what the style `_base/pdf.css.jinja` shows.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.builder.close()


def without_folded(page: str) -> str:
    """Return a page without what folds in its findings, which would be read to be left out."""
    return FOLDED.sub(r"\1", page)


def name_small_parts(root: "Element") -> None:
    """Give the name of each finding, by which a link finds it, to the code in its first line.

    Elements of one look share a style; one with a name has its own, and so has each within it.
    """
    for finding in root.iter("details"):
        spans = list(finding.iterfind("summary/span"))
        if spans and "id" in finding.attrib:
            spans[-1].set("id", finding.attrib.pop("id"))


class _Reader(HTMLParser):
    """Builds the tree; `path` has name and classes of each open element, `left_out` a depth."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.path: list[tuple[str, frozenset[str]]] = []
        self.left_out = 0
        self.drawn = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self.left_out:
            self.left_out += tag not in VOID
            return
        classes = frozenset((dict(attrs).get("class") or "").split())
        if self._is_hidden(tag, classes):
            self.left_out += tag not in VOID
            return
        self.drawn += tag == "svg" or bool(self.drawn)
        name = SVG + tag if self.drawn else tag
        self.builder.start(name, {CAMEL.get(key, key): value or "" for key, value in attrs})
        if tag in VOID:
            self.builder.end(name)
        else:
            self.path.append((name, classes))

    def handle_endtag(self, tag: str) -> None:
        del tag  # each end is that of the last that was opened
        if self.left_out:
            self.left_out -= 1
            return
        name, _ = self.path.pop()
        self.drawn -= bool(self.drawn)
        self.builder.end(name)

    def handle_data(self, data: str) -> None:
        if self.path and not self.left_out:
            self.builder.data(data)

    def _is_hidden(self, tag: str, classes: frozenset[str]) -> bool:
        parent, within = self.path[-1] if self.path else ("", frozenset())
        if tag in HIDDEN_TAGS or not HIDDEN.isdisjoint(classes):
            return True
        if tag == "dl" and "finding" in within:
            return True
        if tag == "caption":
            return "quiet" in classes
        return "tag" in classes and parent == "summary" and not TAGGED.isdisjoint(self.path[-2][1])
