"""A folder of templates of a city's own, held against the installed ones before it is used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes

from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.report.environment import LARGEST_TEMPLATE, ReportEnvironment, environment
from offsetcheck.report.template_check.head import REPORT, Head, head_of
from offsetcheck.report.template_check.inherited import Inherited, inherited
from offsetcheck.report.template_check.types import TypeWalk, explanations
from offsetcheck.vocabulary.problem import Place, Problem, Severity

ENDING = ".jinja"
BASE = "_base"
LETTERS = "letters"
# What Jinja itself gives a template.
GIVEN = frozenset({"super", "self", "loop", "caller", "varargs", "kwargs"})


@dataclass(frozen=True, slots=True)
class BaseTemplate:
    """An installed template: its name, what it declares, and its text."""

    name: str
    head: Head
    source: str


def base_templates() -> dict[str, BaseTemplate]:
    """Return the installed pages by the name under which a city may have its own."""
    folder = bundled("templates") / BASE
    paths = sorted(folder.glob(f"*{ENDING}"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    return {name: BaseTemplate(name, head_of(text), text) for name, text in texts.items()}


def page_names() -> tuple[str, ...]:
    """Return the names of templates that a page is made from, and not only another template."""
    return tuple(sorted(path.name for path in bundled("templates").glob(f"*{ENDING}")))


def check_templates(folder: Path, words: Mapping[str, str]) -> list[Problem]:
    """Return all that is wrong with a folder of templates, without running any of them.

    Syntax, names that no context has, keys that an explanation has not, words that are not there,
    blocks that no base has, and files that no page is made from.
    """
    own = environment(folder, autoescape=True)
    return [
        problem
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
        if path.relative_to(folder).parts[0] != LETTERS
        for problem in _check_file(path, folder, own, words)
    ]


def _check_file(
    path: Path, folder: Path, own: ReportEnvironment, words: Mapping[str, str]
) -> Iterator[Problem]:
    name = path.relative_to(folder).as_posix()
    place = Place(str(path))
    known = base_templates()
    base = known.get(name.removeprefix(f"{BASE}/"))
    if not path.resolve().is_relative_to(folder.resolve()):
        yield Problem("this template leaves its folder, and is not read", place)
    elif path.stat().st_size > LARGEST_TEMPLATE:
        yield Problem(f"a template has at most {LARGEST_TEMPLATE // 1024} KiB", place)
    elif base is None and not name.endswith(ENDING):
        message = "no page is made from this file"
        yield Problem(message, place, f"templates end in `{ENDING}`", Severity.WARNING)
    else:
        if base is None:
            hint = did_you_mean(name, page_names()) or f"pages are {', '.join(page_names())}"
            yield Problem("no page is made from this template", place, hint, Severity.WARNING)
        yield from _check_text(path, base, own, words)


def _check_text(
    path: Path, base: BaseTemplate | None, own: ReportEnvironment, words: Mapping[str, str]
) -> Iterator[Problem]:
    file = str(path)
    try:
        source = path.read_text(encoding="utf-8")
        tree = own.parse(source)
        own.compile(source)  # a block that stands twice is found here
    except UnicodeDecodeError:
        yield Problem("the template is not UTF-8", Place(file), "save it as UTF-8")
        return
    except TemplateSyntaxError as error:
        yield Problem(f"this template cannot be read: {error.message}", Place(file, error.lineno))
        return
    yield from check_tree(tree, base.head if base else head_of(source), own, words, file)


def check_tree(
    tree: nodes.Template, head: Head, own: ReportEnvironment, words: Mapping[str, str], file: str
) -> Iterator[Problem]:
    """Yield what is wrong with one template that was read; `head` is that of its base."""
    had = inherited(tree, lambda name: _parsed(own, name))
    yield from _names(tree, head, had, own, file)
    yield from _blocks(tree, had, file)
    walk = TypeWalk(words)
    walk.walk(tree, {REPORT: explanations().get(head.report or "")})
    for one in walk.found:
        yield Problem(one.message, Place(file, one.line), one.hint)


def _parsed(own: ReportEnvironment, name: str) -> nodes.Template | None:
    assert own.loader is not None  # noqa: S101 - an environment of ours has one
    try:
        source, _, _ = own.loader.get_source(own, name)
        return own.parse(source)
    except TemplateError:
        return None


def _names(
    tree: nodes.Template, head: Head, had: Inherited, own: ReportEnvironment, file: str
) -> Iterator[Problem]:
    """Yield the names that nothing gives a value: they would end the page."""
    if not head.context:
        return
    known = head.context | had.names | GIVEN | own.globals.keys()
    for name in sorted(meta.find_undeclared_variables(tree) - known):
        line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == name), None)
        hint = did_you_mean(name, head.context | had.names)
        yield Problem(f"nothing here is called `{name}`", Place(file, line), hint)


def _blocks(tree: nodes.Template, had: Inherited, file: str) -> Iterator[Problem]:
    """Yield outermost blocks that the extended template has not: nobody would ever see them."""
    if tree.find(nodes.Extends) is None:
        return
    blocks = list(tree.find_all(nodes.Block))
    inner = {id(found) for block in blocks for found in _within(block)}
    for block in blocks:
        if block.name not in had.blocks and id(block) not in inner:
            known = f"it has {', '.join(sorted(had.blocks))}"
            message = f"the template that this extends has no block `{block.name}`"
            hint = did_you_mean(block.name, had.blocks) or known
            yield Problem(message, Place(file, block.lineno), hint)


def _within(block: nodes.Block) -> Iterator[nodes.Block]:
    for node in block.body:
        if isinstance(node, nodes.Block):
            yield node
        yield from node.find_all(nodes.Block)
