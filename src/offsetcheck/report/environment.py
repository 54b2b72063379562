"""The closed room in which templates run: no files, no methods of values, bounded output.

A city's templates come from outside. They see plain data only (dicts, lists, texts, numbers), so
that no method of ours can be called, and Jinja's sandbox bars the attributes of Python itself.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from offsetcheck.ground.bundled import bundled
from offsetcheck.report.cleaning import escape_invisible
from offsetcheck.report.remembered_parts import MACROS, RememberedParts
from offsetcheck.vocabulary.problem import InputError, Place, Problem

MOST_ENVIRONMENTS = 8
LARGEST_TEMPLATE = 256 * 1024
LARGEST_PAGE = 32 * 1024 * 1024
MOST_STEPS = 5_000_000
MOST_CALLS = 1_000_000
LARGEST_FACTOR = 10_000
MOST_KEPT, LONGEST_KEPT = 8192, 1024  # texts that stand escaped, and characters of each
NO_ARGUMENTS = frozenset({"_block_vars", "_loop_vars"})  # what Jinja itself adds to a call
# The bundled templates raise none of these; a city's own may do anything.
FAILURES = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError)


class ReportTemplate(Template):
    """A template that escapes through the memory of this module."""

    @classmethod
    def from_code(cls, environment: Environment, code: CodeType, *args: Any) -> Template:
        """Return a template of compiled code, whose own `escape` is `escape_known`."""
        made = super().from_code(environment, code, *args)
        made.root_render_func.__globals__["escape"] = escape_known
        return made


_escaped: dict[str, Markup] = {}


def escape_known(value: Any) -> Markup:
    """Return what `markupsafe.escape` does: most texts of a page stand on the others of a list."""
    if type(value) is Markup:
        return value
    if type(value) is not str or len(value) > LONGEST_KEPT:
        return escape(value)
    known = _escaped.get(value)
    if known is None:
        if len(_escaped) >= MOST_KEPT:
            _escaped.clear()
        known = _escaped[value] = escape(value)
    return known


def script_hash(text: str) -> str:
    """Return what a page's policy calls the one script that may run, by its SHA-256."""
    return f"sha256-{b64encode(sha256(str(text).encode()).digest()).decode()}"


class ReportEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox that also counts calls, so that no template runs for ever on `range`.

    `said` holds what its templates say of each rule, by hash of the rulebook, language and rule.
    """

    template_class = ReportTemplate
    # Python would count out `10 ** 10 ** 10`, and write a text a billion times, in one step.
    intercepted_binops = frozenset({"**", "*"})

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
        self.filters["script_hash"] = script_hash
        self.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
        self.calls = 0
        self.said: dict[tuple[str, str, str], str] = {}
        self.parts: RememberedParts | None = None

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value of plain data by its key, anything else by the sandbox's rules."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return a product of small factors; raise SecurityError for powers and large ones."""
        factors = (left, right)
        if operator == "**" or any(isinstance(x, int) and abs(x) > LARGEST_FACTOR for x in factors):
            raise SecurityError("the template counts with too large numbers")
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call something for a template, within the sandbox and the allowance."""
        self.calls += 1
        if self.calls > MOST_CALLS:
            raise SecurityError("the template makes too many calls")
        if type(called) is Macro and kwargs.keys() <= NO_ARGUMENTS:
            # Most calls: what the sandbox and Jinja ask of any callable is known of a macro.
            if self.parts is not None and called.name in MACROS:
                return self.parts.of(called.name, args[0], lambda: called(context.eval_ctx, *args))
            return called(context.eval_ctx, *args)
        return super().call(context, called, *args, **kwargs)


class BoundedLoader(FileSystemLoader):
    """A folder of templates, none larger than 256 KiB and none outside the folder.

    It remembers what it answered: a template's text, None for one that the folder has not.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.answers: dict[str, str | None] = {}

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text; raise TemplateNotFound for one that is not to be read."""
        self.answers[template] = None
        source = self._read(environment, template)
        self.answers[template] = source[0]
        return source

    def is_unchanged(self, environment: Environment) -> bool:
        """Return whether the folder would answer all that it was asked as it did."""
        return all(self._now(environment, name) == text for name, text in self.answers.items())

    def _now(self, environment: Environment, template: str) -> str | None:
        try:
            return self._read(environment, template)[0]
        except (TemplateNotFound, SecurityError, OSError, ValueError):
            return None

    def _read(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        for folder in self.searchpath:
            path = Path(folder) / template
            if path.is_file() and not _is_readable(path, Path(folder)):
                # Not as one that is missing: the installed one would silently stand in.
                raise SecurityError(f"{path} is too large, or leads out of its folder")
        return super().get_source(environment, template)


def _is_readable(path: Path, folder: Path) -> bool:
    inside = path.resolve().is_relative_to(folder.resolve())
    return inside and path.stat().st_size <= LARGEST_TEMPLATE


_made: dict[tuple[Path | None, bool], tuple[ReportEnvironment, BoundedLoader | None]] = {}


def environment(folder: Path | None, *, autoescape: bool) -> ReportEnvironment:
    """Return the environment of the bundled templates, a city's folder first where one is named.

    It is kept for the next report as long as the city's folder holds what it held: a template that
    is edited, or a folder of the same relative name elsewhere, is read anew.
    """
    made, own = _made.get((folder, autoescape), (None, None))
    if made is None or (own is not None and not own.is_unchanged(made)):
        own = BoundedLoader(folder) if folder else None
        loaders = [own] if own else []
        loader = ChoiceLoader([*loaders, BoundedLoader(bundled("templates"))])
        made = ReportEnvironment(loader, autoescape=autoescape)
        made.parts = RememberedParts() if folder is None and autoescape else None
        if len(_made) >= MOST_ENVIRONMENTS:
            _made.clear()
        _made[folder, autoescape] = (made, own)
    return made


def page(made: ReportEnvironment, template: str, context: Mapping[str, Any]) -> str:
    """Return a rendered template without invisible characters.

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
    return escape_invisible("".join(parts))


@contextmanager
def template_problems(folder: Path | None) -> Iterator[None]:
    """Turn what a template of the block does wrong into an InputError, located where Jinja can."""
    try:
        yield
    except FAILURES as error:
        raise InputError([_problem_of(error, folder)]) from error


def _problem_of(error: Exception, folder: Path | None) -> Problem:
    """Return what is wrong with a template, located where Jinja says so."""
    name = getattr(error, "filename", None) or getattr(error, "name", None)
    place = Place(str(name or folder or "templates"), getattr(error, "lineno", None))
    if isinstance(error, SecurityError):
        return Problem(f"this template may not do that: {error}", place)
    if isinstance(error, TemplateSyntaxError):
        return Problem(f"this template cannot be read: {error.message}", place)
    return Problem(f"this template fails: {error}", place, "compare it with templates/_base")
