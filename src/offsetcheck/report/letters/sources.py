"""The Jinja sources of a letter's template: its own, and those of templates that it takes in."""

import io
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from offsetcheck.ground.bundled import bundled
from offsetcheck.report.environment import LARGEST_TEMPLATE, ReportEnvironment
from offsetcheck.report.letters.environment import NoLoader
from offsetcheck.report.letters.find import FOLDER
from offsetcheck.report.letters.package import checked_package
from offsetcheck.report.letters.word import template_bytes
from offsetcheck.vocabulary.problem import InputError, Place, Problem

MOST_TAKEN_IN = 20  # templates that one takes in, each of which may take in others


def plain_environment() -> Environment:
    """Return the environment of plain texts that loads nothing."""
    return ReportEnvironment(NoLoader(), autoescape=False)


def parts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the sources of a template with their names: its own, and those that it takes in."""
    data = template_bytes(path)
    if path.suffix == ".docx":
        checked_package(data, path.name)
        yield from ((path.name, source) for source in word_sources(data))
        return
    yield from _texts(path, data)


def _texts(path: Path, data: bytes) -> Iterator[tuple[str, str]]:
    if len(data) > LARGEST_TEMPLATE:
        raise InputError([Problem("this template is too large", Place(path.name))])
    waiting, seen = [(path.name, _decoded(data, path.name))], {f"{FOLDER}/{path.name}"}
    while waiting and len(seen) <= MOST_TAKEN_IN:
        name, source = waiting.pop()
        yield name, source
        for other in _taken_in(source):
            if other not in seen:
                seen.add(other)
                waiting += _other(path, other)


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError([Problem("this template is not written in UTF-8", Place(name))]) from None


def _taken_in(source: str) -> list[str]:
    """Return the names of templates that a source extends, includes or imports."""
    try:
        tree = plain_environment().parse(source)
    except TemplateSyntaxError:
        return []
    kinds = (nodes.Extends, nodes.Include, nodes.FromImport, nodes.Import)
    named = (getattr(node, "template", None) for node in tree.find_all(kinds))
    return [node.value for node in named if isinstance(node, nodes.Const)]


def _other(path: Path, name: str) -> list[tuple[str, str]]:
    """Return the source of another template: beside this one, else an installed one."""
    for folder in (path.parent.parent, bundled("templates")):
        file = folder / name
        inside = file.resolve().is_relative_to(folder.resolve())
        if inside and file.is_file() and file.stat().st_size <= LARGEST_TEMPLATE:
            return [(name, _decoded(file.read_bytes(), name))]
    return []


def word_sources(data: bytes) -> Iterator[str]:
    """Yield the Jinja sources of a Word file as docxtpl makes them: body, headers, footers."""
    import re

    from docxtpl import DocxTemplate

    made = DocxTemplate(io.BytesIO(data))
    made.init_docx()
    sources = [made.get_xml()]
    for uri in (made.HEADER_URI, made.FOOTER_URI):
        sources += [made.get_part_xml(part) for _, part in made.get_headers_footers(uri)]
    for source in sources:
        yield re.sub(r"<w:p([ >])", r"\n<w:p\1", made.patch_xml(source))
    properties = made.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield str(getattr(properties, name) or "")
