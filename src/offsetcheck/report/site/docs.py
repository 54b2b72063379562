"""A folder of Markdown beside a rulebook as pages of its site, with the files that they lead to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, relpath

from offsetcheck.report.cleaning import escape_invisible
from offsetcheck.report.site.addresses import DOCS, safe_name
from offsetcheck.report.site.markdown import Written, resolver, written

PAGE = ".md"
COPIED = (".json", ".ipynb", ".csv", ".txt")
"""Files that a page may lead to; they are copied as they are."""
START = "README"


@dataclass(frozen=True, slots=True)
class Docs:
    """Pages by their path in the site, files by theirs, and where each file of the folder went."""

    pages: Mapping[str, Written]
    files: Mapping[str, bytes]
    at: Mapping[str, str]
    start: str = f"{DOCS}/index.html"


def read_docs(docs: Mapping[str, bytes], words: Mapping[str, str]) -> Docs:
    """Return the pages and files of a folder, given by path, as they join a site."""
    at = dict(_places(docs))
    pages = {
        at[name]: _page(name, docs[name], at, words) for name in sorted(docs) if name.endswith(PAGE)
    }
    files = {at[name]: docs[name] for name in sorted(docs) if name.endswith(COPIED)}
    return Docs(pages, files, at)


def _places(docs: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name in sorted(docs):
        folders, stem = _parts(name)
        if name.endswith(PAGE):
            page = "index" if stem == START else safe_name(stem)
            yield name, "/".join((DOCS, *folders, f"{page}.html"))
        elif name.endswith(COPIED):
            suffix = name[name.rindex(".") :]
            yield name, "/".join((DOCS, *folders, f"{safe_name(stem)}{suffix}"))


def _parts(name: str) -> tuple[list[str], str]:
    """Return the folders of a path, each as a name that systems take, and the name of its file."""
    *folders, last = name.split("/")
    return [safe_name(folder) for folder in folders], last.rpartition(".")[0]


def _page(name: str, content: bytes, at: Mapping[str, str], words: Mapping[str, str]) -> Written:
    own = dirname(at[name])
    text = escape_invisible(content.decode("utf-8", "replace").replace("\r\n", "\n"))
    seen_from_here = {other: relpath(path, own) for other, path in at.items()}
    page = written(text, resolver(name, seen_from_here), words["site.region"])
    if page.title:
        return page
    return Written(_parts(name)[1], page.html, page.sections)
