"""An explanation -> the text of a report, in one of the formats."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from offsetcheck.report.formats.html import html
from offsetcheck.report.formats.json import json
from offsetcheck.report.formats.markdown import markdown
from offsetcheck.vocabulary.explanation import Explained
from offsetcheck.vocabulary.problem import InputError, Place, Problem


class Format(StrEnum):
    """What a report can be written as; the value is the ending of its file."""

    HTML = "html"
    MARKDOWN = "md"
    JSON = "json"


def render(
    explanation: Explained,
    form: Format,
    words: Mapping[str, str],
    *,
    templates: Path | None = None,
    back: str | None = None,
) -> str:
    """Return a candidate's or tender's explanation as text, the same for the same input.

    `words` are those of the setting's wording; `templates` is a city's own folder, whose templates
    go before the bundled ones; `back` is the address of the list, for HTML. Raises InputError
    where a template cannot be used.
    """
    if form is Format.JSON:
        return json(explanation)
    try:
        if form is Format.MARKDOWN:
            return markdown(explanation, words, templates)
        return html(explanation, words, templates, back)
    except TemplateError as error:
        raise InputError([template_problem(error, templates)]) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        # The bundled templates raise none of these; a city's own may do anything.
        raise InputError([template_problem(error, templates)]) from error


def template_problem(error: Exception, folder: Path | None) -> Problem:
    """Return what is wrong with a template, located where Jinja says so."""
    name = getattr(error, "filename", None) or getattr(error, "name", None)
    place = Place(str(name or folder or "templates"), getattr(error, "lineno", None))
    if isinstance(error, SecurityError):
        return Problem(f"this template may not do that: {error}", place)
    if isinstance(error, TemplateSyntaxError):
        return Problem(f"this template cannot be read: {error.message}", place)
    return Problem(f"this template fails: {error}", place, "compare it with templates/_base")
