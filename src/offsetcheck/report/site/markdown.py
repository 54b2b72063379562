"""Pages of Markdown as parts of a site: no markup but its own, links kept between the pages.

What comes from a stranger's folder is text: tags are shown as they are written, but for a line
break and comments, pictures stand as their words, and a link leads to the web, to mail or to a
page of the site, or is no link.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

WEB = ("https", "http", "mailto")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
NO_SLUG = re.compile(r"[^\w\- ]")
DEEPEST = 6
FRAME = ("site-main", "site-q")
"""Names that the frame of a page gives."""
Resolve = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page, its anchor, and the words that stand under it."""

    title: str
    anchor: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A page of Markdown as HTML, its title and its sections."""

    title: str
    html: str
    sections: tuple[Section, ...]


@dataclass(slots=True)
class _Reading:
    """What is known while a page is read."""

    resolve: Resolve
    region: str
    open: list[bool] = field(default_factory=list)


def written(text: str, resolve: Resolve, region: str) -> Written:
    """Return a page of Markdown as HTML; `resolve` gives a link's address, None for no link.

    `region` names what is wider than a narrow screen, for those who hear the page.
    """
    tokens = _reader().parse(text)
    _name_headings(tokens)
    _align(tokens)
    sections = tuple(_sections(tokens))
    html = _rendered(tokens, _Reading(resolve, region))
    return Written(sections[0].title if sections else "", html, sections)


def inline(text: str, resolve: Resolve) -> str:
    """Return one line of Markdown as HTML."""
    tokens = _reader().parseInline(text)
    return _rendered(tokens, _Reading(resolve, ""))


def _rendered(tokens: "Sequence[Token]", page: _Reading) -> str:
    return str(_reader().renderer.render(tokens, _reader().options, {"page": page}))


def resolver(page: str, pages: Mapping[str, str]) -> Resolve:
    """Return how links of a page are led: `page` is its path in its folder.

    `pages` are the addresses of all pages of that folder by path, as seen from this page.
    """

    def resolve(link: str) -> str | None:
        try:
            parts = urlsplit(link)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or link.startswith("//"):
            return link if parts.scheme.lower() in WEB and is_plain(link) else None
        if not parts.path:
            return f"#{parts.fragment}" if parts.fragment else None
        there = normpath(f"{dirname(page)}/{unquote(parts.path)}".lstrip("/"))
        if there not in pages:
            return None
        return pages[there] + (f"#{parts.fragment}" if parts.fragment else "")

    return resolve


def is_plain(link: str) -> bool:
    """Whether a link has none of the signs that browsers drop and that hide where it leads."""
    return link.isprintable() and not any(sign in link for sign in " \\\t\n")


def slug(title: str) -> str:
    """Return the anchor of a heading, as GitHub makes it."""
    return NO_SLUG.sub("", title.strip().lower()).replace(" ", "-")


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable("table")
    rules: dict[str, Any] = {
        "html_block": _tag, "html_inline": _tag, "image": _image,
        "link_open": _link_open, "link_close": _link_close,
        "table_open": _table_open, "table_close": _table_close,
    }  # fmt: skip
    for name, rule in rules.items():
        reader.add_render_rule(name, rule)
    return reader


def _tag(_: Any, tokens: "Sequence[Token]", place: int, __: Any, ___: Any) -> str:
    """Return a tag as the text that it is; comments are for who writes the page."""
    text = COMMENT.sub("", tokens[place].content)
    parts = BREAK.split(text)
    return "<br>".join(escape(part) for part in parts)


def _image(_: Any, tokens: "Sequence[Token]", place: int, __: Any, ___: Any) -> str:
    return escape(tokens[place].content)


def _link_open(_: Any, tokens: "Sequence[Token]", place: int, __: Any, env: Any) -> str:
    page: _Reading = env["page"]
    address = page.resolve(str(tokens[place].attrGet("href") or ""))
    page.open.append(address is not None)
    return f'<a href="{escape(address)}">' if address is not None else ""


def _link_close(_: Any, tokens: "Sequence[Token]", place: int, __: Any, env: Any) -> str:
    del tokens, place
    return "</a>" if env["page"].open.pop() else ""


def _table_open(_: Any, tokens: "Sequence[Token]", place: int, __: Any, env: Any) -> str:
    del tokens, place
    label = escape(env["page"].region)
    return f'<div class="scroll" role="group" aria-label="{label}" tabindex="0"><table>'


def _table_close(_: Any, tokens: "Sequence[Token]", place: int, __: Any, ___: Any) -> str:
    del tokens, place
    return "</table></div>"


def _name_headings(tokens: "Sequence[Token]") -> None:
    """Give each heading its anchor, and no level that a level is missing above."""
    taken = dict.fromkeys(FRAME, 0)
    above = 0
    for place, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        anchor = slug(_plain(tokens[place + 1])) or "section"
        count = taken[anchor] = taken.get(anchor, -1) + 1
        token.attrSet("id", f"{anchor}-{count}" if count else anchor)
        wanted = max(int(token.tag[1]), 2) if above else 1
        above = min(wanted, above + 1, DEEPEST)
        token.tag = tokens[place + 2].tag = f"h{above}"


def _align(tokens: "Sequence[Token]") -> None:
    """Let the style of the site, and none of a cell's own, set numbers to the right."""
    for token in tokens:
        style = token.attrs.pop("style", None)
        if style == "text-align:right":
            token.attrSet("class", "num")


def _sections(tokens: "Sequence[Token]") -> Iterator[Section]:
    heading: tuple[str, str, int] | None = None
    words: list[str] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            if heading:
                yield Section(*heading, " ".join(words))
            anchor = str(token.attrGet("id"))
            heading, words = (_plain(tokens[place + 1]), anchor, int(token.tag[1])), []
        elif token.type == "inline" and tokens[place - 1].type != "heading_open":
            words.append(_plain(token))
        elif token.type == "fence":
            words.append(token.content)
    if heading:
        yield Section(*heading, " ".join(words))


def _plain(token: "Token") -> str:
    """Return the words of a line without its marks."""
    kept = (_word(one) for one in token.children or ())
    return " ".join("".join(kept).split())


def _word(token: "Token") -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return token.content if token.type in {"text", "code_inline"} else ""
