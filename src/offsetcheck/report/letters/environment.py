"""The closed room in which a letter's template runs: the one of reports, and stricter for Word."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound
from jinja2.exceptions import SecurityError

from offsetcheck.report.environment import MOST_STEPS, ReportEnvironment

MOST_KEPT = 200  # parts of templates
LARGEST_LETTER = 8 * 1024 * 1024  # characters of XML
# Filters that put text into XML as it is, or make markup of it.
UNSAFE_FILTERS = ("safe", "urlize", "xmlattr", "tojson", "pprint", "format")


class NoLoader(BaseLoader):
    """Word files take in no other template."""

    def get_source(self, environment: Environment, template: str) -> Any:
        """Raise TemplateNotFound, always."""
        del environment
        raise TemplateNotFound(template, "a Word template takes in no other file")


class BoundedTemplate(Template):
    """A template whose output has an end; docxtpl asks for it whole."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the rendered text; raise SecurityError where it is too large."""
        parts: list[str] = []
        length = 0
        for step, part in enumerate(self._parts(*args, **kwargs)):
            length += len(part)
            if length > LARGEST_LETTER or step > MOST_STEPS:
                raise SecurityError("the template makes too large a letter")
            parts.append(part)
        return "".join(parts)

    def _parts(self, *args: Any, **kwargs: Any) -> Iterator[str]:
        return self.generate(*args, **kwargs)


class WordEnvironment(ReportEnvironment):
    """A sandbox for the XML of a Word file: always escaped, no other file, bounded output."""

    template_class = BoundedTemplate

    def __init__(self) -> None:
        super().__init__(NoLoader(), autoescape=True)
        # docxtpl puts each paragraph on a line of its own, and takes these lines away again.
        self.trim_blocks = self.lstrip_blocks = False
        for name in UNSAFE_FILTERS:
            self.filters.pop(name, None)
        self._kept: dict[str, Template] = {}

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:
        """Return a compiled template; what was compiled before is kept, up to a number."""
        if source not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[source] = super().from_string(source, *args, **kwargs)
        return self._kept[source]


@cache
def word_environment() -> WordEnvironment:
    """Return the one environment of Word templates, for the next letter as for this."""
    return WordEnvironment()
