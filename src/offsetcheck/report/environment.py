"""The closed room in which templates run: no files, no methods of values, bounded output.

A city's templates come from outside. They see plain data only (dicts, lists, texts, numbers), so
that no method of ours can be called, and Jinja's sandbox bars the attributes of Python itself.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from offsetcheck.ground.bundled import bundled
from offsetcheck.report.cleaning import seen

LARGEST_TEMPLATE = 256 * 1024
LARGEST_PAGE = 32 * 1024 * 1024
MOST_STEPS = 5_000_000
MOST_CALLS = 1_000_000


class ReportEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox that also counts calls, so that no template runs for ever on `range`."""

    def __init__(self, loader: BaseLoader, *, autoescape: bool) -> None:
        super().__init__(
            loader=loader,
            autoescape=autoescape,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.calls = 0

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value of plain data by its key, anything else by the sandbox's rules."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call(self, context: Any, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call something for a template, within the sandbox and the allowance."""
        self.calls += 1
        if self.calls > MOST_CALLS:
            raise SecurityError("the template makes too many calls")
        return super().call(context, called, *args, **kwargs)


class BoundedLoader(FileSystemLoader):
    """A folder of templates, none larger than 256 KiB and none outside the folder."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text; raise TemplateNotFound for one that is not to be read."""
        for folder in self.searchpath:
            path = Path(folder) / template
            if path.is_file() and not _is_readable(path, Path(folder)):
                raise TemplateNotFound(template, "this template is too large or leaves its folder")
        return super().get_source(environment, template)


def _is_readable(path: Path, folder: Path) -> bool:
    inside = path.resolve().is_relative_to(folder.resolve())
    return inside and path.stat().st_size <= LARGEST_TEMPLATE


def environment(folder: Path | None, *, autoescape: bool) -> ReportEnvironment:
    """Return the environment of the bundled templates, a city's folder first where one is named."""
    loaders = [BoundedLoader(str(path)) for path in (folder, bundled("templates")) if path]
    return ReportEnvironment(ChoiceLoader(loaders), autoescape=autoescape)


def page(made: ReportEnvironment, template: str, context: Mapping[str, Any]) -> str:
    """Return a rendered template without unseen signs.

    Raises SecurityError where it would not end or is too large.
    """
    made.calls = 0
    parts: list[str] = []
    length = 0
    for step, part in enumerate(made.get_template(template).generate(**context)):
        length += len(part)
        if length > LARGEST_PAGE or step > MOST_STEPS:
            raise SecurityError("the template makes too large a page")
        parts.append(part)
    return seen("".join(parts))
