"""A letter as a Word file, from a template that a city may have edited."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from offsetcheck.report.letters.context import context_of
from offsetcheck.report.letters.environment import word_environment
from offsetcheck.report.letters.find import template_file
from offsetcheck.report.letters.package import checked_package, settled
from offsetcheck.report.letters.texts import paragraph_of
from offsetcheck.vocabulary.letter import Letter
from offsetcheck.vocabulary.problem import InputError, Place, Problem

SUFFIX = "docx"


def word_file(letter: Letter, locale: str, templates: Path | None, made_on: date) -> bytes:
    """Return a letter as a Word file; the same letter and template give the same bytes.

    `locale` is the CLDR locale of its language. A city's own templates run in a process apart.
    Raises InputError for a template that cannot be used.
    """
    if templates is None:
        return word_bytes(letter, locale, None, made_on)
    from offsetcheck.report.apart.run import run_apart

    arguments = (letter, locale, templates, made_on)
    return run_apart(f"{__name__}:word_bytes", *arguments, templates=str(templates))


def word_bytes(letter: Letter, locale: str, templates: Path | None, made_on: date) -> bytes:
    """Return a letter as a Word file, made in this process."""
    path = template_file(letter.letter, letter.language, SUFFIX, templates)
    data = template_bytes(path)
    checked_package(data, path.name)
    with word_problems(path.name):
        made = _filled(data, context_of(letter))
    return settled(made, language=locale.replace("_", "-"), made_on=made_on)


def template_bytes(path: Path) -> bytes:
    """Return the bytes of a template; raise InputError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise InputError([Problem(f"cannot be read: {said}", Place(path.name))]) from None


def _filled(data: bytes, context: dict[str, Any]) -> bytes:
    from docxtpl import DocxTemplate

    class Whole(DocxTemplate):  # type: ignore[misc]
        """A template whose result must be whole: docxtpl itself drops what is not."""

        def fix_tables(self, xml: str) -> Any:
            from docx.oxml import parse_xml

            parse_xml(xml)
            return super().fix_tables(xml)

    made, out = Whole(io.BytesIO(data)), io.BytesIO()
    room = word_environment()
    room.calls = 0
    made.render(context, room)
    made.save(out)
    return out.getvalue()


@contextmanager
def word_problems(name: str) -> Iterator[None]:
    """Turn what a Word template does wrong into an InputError that names its paragraph."""
    try:
        yield
    except InputError:
        raise
    except TemplateSyntaxError as error:
        message = f"this template cannot be read: {error.message}"
        raise InputError([Problem(_at(message, error), Place(name))]) from error
    except SecurityError as error:
        message = f"this template may not do that: {error}"
        raise InputError([Problem(message, Place(name))]) from error
    except TemplateError as error:
        message = _at(f"this template fails: {error}", error)
        hint = "`offsetcheck letters lint` tells what is wrong"
        raise InputError([Problem(message, Place(name), hint)]) from error
    except Exception as error:  # a city's file may break any of the libraries below
        message = f"this template makes no whole document: {str(error)[:200]}"
        hint = "compare where its fields stand with the installed template"
        raise InputError([Problem(message, Place(name), hint)]) from error


def _at(message: str, error: TemplateError) -> str:
    """Add the paragraph where docxtpl tells it."""
    lines = list(getattr(error, "docx_context", ()))
    number = getattr(error, "lineno", None)
    near = paragraph_of(lines, number)
    return f"{message}; paragraph {number}, near “{near}”" if near else message
