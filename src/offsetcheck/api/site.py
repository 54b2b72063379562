"""A rulebook written as a site of pages, and as one book on paper."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from offsetcheck.api.city import city_chosen
from offsetcheck.api.output import PROGRAM, refuse_file, result_folder, write_result
from offsetcheck.explain.wording import words_in
from offsetcheck.ground.publish.naming import write_page
from offsetcheck.ground.walk import Bounds, NotPlainError, read_plain, walk
from offsetcheck.rulebook.files.pack import unpacked
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError
from offsetcheck.vocabulary.site_explanation import SiteExplanation
from offsetcheck.workshop.catalogue import FILE as CATALOGUE
from offsetcheck.workshop.catalogue import Catalogue, read_catalogue
from offsetcheck.workshop.coverage import files_of
from offsetcheck.workshop.site.whole import explain_site

CHANGELOG = "CHANGELOG.md"
LONGEST_CHANGELOG = 4 * 1024 * 1024
PAGE_BYTES = 2 * 1024 * 1024
WANTED = dict.fromkeys((".md", ".json", ".ipynb", ".csv", ".txt"), PAGE_BYTES)
PAGES = Bounds(entries=2_000, depth=6, total=64 * 1024 * 1024)
SECURE, PLAIN = "https://", "http://"
UNFIT = frozenset(" <>\"'\\`{}|^")


@dataclass(frozen=True, slots=True)
class RulebookSite:
    """A rulebook explained as a whole, the words of its language, and pages that join its site."""

    explained: SiteExplanation
    words: Mapping[str, str]
    pages: Mapping[str, bytes]


def rulebook_site(
    rulebook: Rulebook,
    folder: Path | None = None,
    *,
    as_of: date,
    cities: Sequence[str] = (),
    language: str = "en",
    pages: Path | None = None,
) -> RulebookSite:
    """Return a rulebook made ready for a site and a book, for some cities or all.

    `folder` is where the rulebook was read from, whose catalogue and changelog are read too;
    `pages` a folder of Markdown that joins the site. Raises RequestError for a city, day or
    language that is not there, RulebookError for a catalogue with problems, InputError for
    `pages` that cannot be read.
    """
    chosen: list[str] = []
    for name in dict.fromkeys(cities):
        city = city_chosen(name, rulebook)  # one of its own is laid over what is there
        rulebook = city.rulebook
        chosen.append(city.id)
    if as_of < rulebook.first_day:
        said = f"no rule is in force on {as_of}; the rulebook begins on {rulebook.first_day}"
        raise RequestError.about("as_of", said)
    words = words_in(rulebook.words, language)
    home = rulebook.folder if folder is None else unpacked(folder)
    explained = explain_site(
        rulebook, as_of, language, tuple(dict.fromkeys(chosen)) or tuple(sorted(rulebook.cities)),
        catalogue=_catalogue(home, rulebook), changelog=_changelog(home),
    )  # fmt: skip
    return RulebookSite(explained, words, _pages(pages) if pages else {})


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """What was written: how many files the site has, and the examples that come out differently."""

    files: int
    failed: int


def write_site(
    make: Callable[[], RulebookSite],
    folder: Path,
    *,
    book: Path | None = None,
    base: str | None = None,
    replace: bool = False,
    command: str = PROGRAM,
) -> WrittenSite:
    """Write a site into a folder, whole or not at all, and as one PDF where `book` names a file.

    `make` is called once it is known that both may be written. `base` is the address at which the
    site will stand. Raises OutputError for what may not be written, RequestError for a `base` that
    is no address of the web and for a book where WeasyPrint is not installed.
    """
    from offsetcheck.report.site.build import site_files

    address = base_address(base) if base is not None else None
    if book is not None:
        _refuse_book(book, replace=replace)
    count = 0
    with result_folder(folder, replace=replace, command=command) as making:
        site = make()
        for path, content in site_files(site.explained, site.words, site.pages, address):
            goal = making.draft / path
            goal.parent.mkdir(parents=True, exist_ok=True)
            write_page(goal, content)
            count += 1
    if book is not None:
        from offsetcheck.report.site.book import book as pressed

        page = pressed(site.explained, site.words)
        write_result(book, page, replace=replace, command=command)
    return WrittenSite(count, site.explained.failed)


def _refuse_book(path: Path, *, replace: bool) -> None:
    """Raise, before long work, where a PDF may not or cannot be written."""
    from offsetcheck.report.formats.pdf import instead

    refuse_file(path, replace=replace)
    if instead() is not None:
        said = "WeasyPrint or the libraries that it draws with are not installed"
        raise RequestError.about("pdf", said, 'run pip install "offsetcheck[pdf]"')


def base_address(base: str) -> str:
    """Return the address of a site with `/` at its end; raises RequestError for no such address."""
    is_web = base.startswith((SECURE, PLAIN)) and base.isascii() and base.isprintable()
    if not is_web or UNFIT & set(base) or "?" in base or "#" in base or "&" in base:
        hint = "write https://ORGANISATION.github.io/REPOSITORY/"
        raise RequestError.about("base", f"`{base}` is no address of the web", hint)
    return base if base.endswith("/") else f"{base}/"


def _catalogue(folder: Path, rulebook: Rulebook) -> Catalogue | None:
    """Return the catalogue of criteria, None where the folder has none."""
    if not os.path.lexists(folder / CATALOGUE):
        return None
    return read_catalogue(folder, files_of(rulebook))


def _changelog(folder: Path) -> str:
    """Return the changelog of a rule folder, nothing where it has none that can be read."""
    try:
        content = read_plain(folder / CHANGELOG, LONGEST_CHANGELOG)
    except (OSError, NotPlainError):
        return ""
    return content.decode("utf-8", "replace")


def _pages(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        hint = "name a folder with pages of Markdown"
        raise InputError([Problem("there is no such folder", Place(str(folder)), hint)])
    found = walk(folder, WANTED, PAGES)
    if found.faults:
        raise InputError(
            [Problem(f.message, Place(f"{folder}/{f.name}"), f.hint) for f in found.faults]
        )
    return dict(found.files)
