"""An explanation -> its text, or its bytes, in one of the formats."""

from collections.abc import Mapping
from pathlib import Path

from offsetcheck.report.format import Page, format_named, format_names, written_as
from offsetcheck.report.saying import say
from offsetcheck.vocabulary.explained import Explanation
from offsetcheck.vocabulary.problem import RequestError


def render(
    explanation: Explanation,
    name: str,
    words: Mapping[str, str],
    *,
    templates: Path | None = None,
    back: str | None = None,
) -> Page:
    """Return an explanation in the format of a name, the same for the same input.

    `words` are those of the setting's wording; `templates` is a city's own folder, whose templates
    go before the bundled ones; `back` is the address of the list, for HTML. Raises RequestError for
    a format that does not show such an explanation, InputError where a template cannot be used.
    Where a library is missing it is the format that `written_as` says.
    """
    known = format_names()
    if name not in known or not format_named(name).shows(explanation.kind):
        offered = ", ".join(format_names(explanation.kind))
        message = f"a {explanation.kind} is not written as `{name}`; it is as {offered}"
        raise RequestError.about("name", message)
    return written_as(name)[0].render(explanation, words, templates, back)


def substitution(name: str, words: Mapping[str, str]) -> str | None:
    """Return the sentence that says why another format is written than the one asked for."""
    instead = written_as(name)[1]
    return None if instead is None else say(words, instead.why)
