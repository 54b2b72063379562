"""What is wrong with a template of a letter: found without a letter, at its place where it is told.

The fields that it names are walked in the syntax tree: `lot` of `for lot in letter.lots` is known
to be one of the letter's offers. What a macro is handed is not followed.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.report.environment import LARGEST_TEMPLATE, ReportEnvironment
from offsetcheck.report.letters.environment import NoLoader, WordEnvironment
from offsetcheck.report.letters.fields import (
    OF_OTHERS,
    PUBLISHED,
    ROOT,
    Shape,
    letter_shape,
    required_fields,
)
from offsetcheck.report.letters.find import FOLDER
from offsetcheck.report.letters.package import checked_package
from offsetcheck.report.letters.texts import paragraph_of
from offsetcheck.report.letters.word import template_bytes
from offsetcheck.vocabulary.letter import LetterKind
from offsetcheck.vocabulary.problem import InputError, Place, Problem, Severity

MOST_TAKEN_IN = 20  # templates that one takes in, each of which may take in others
LOOP = frozenset({"loop", "super", "self", "caller", "varargs", "kwargs"})
LISTED = "[]"


@dataclass
class Found:
    """What a template names: fields by path with their line, and what is wrong."""

    named: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """A name in a template: the path that it stands for, and what can stand below it."""

    path: str
    shape: Shape


Scope = Mapping[str, Known | None]


def lint_template(path: Path, kind: LetterKind) -> tuple[Problem, ...]:
    """Return what is wrong with a template of a kind, a `.docx` or a `.txt.jinja`."""
    found = Found()
    try:
        parts = list(_parts(path))
        made: Environment = WordEnvironment() if path.suffix == ".docx" else _plain()
        for place, source in parts:
            _read(made, source, place, found)
    except InputError as error:
        return (*found.problems, *error.problems)
    problems = [*found.problems, *_of_others(found.named, kind, path.name)]
    # A template that cannot be read leaves nothing out: what it names is not known.
    if not any("cannot be read" in problem.message for problem in problems):
        problems += _left_out(found.named, kind, path.name)
    return tuple(dict.fromkeys(problems))


def _plain() -> Environment:
    return ReportEnvironment(NoLoader(), autoescape=False)


def _parts(path: Path) -> Iterator[tuple[str, str]]:
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
        tree = _plain().parse(source)
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


def _read(made: Environment, source: str, name: str, found: Found) -> None:
    """Note the fields of one source, and its syntax errors."""
    try:
        tree = made.parse(source)
    except TemplateSyntaxError as error:
        found.problems.append(_syntax(error, source, name))
        return
    for node in tree.find_all(nodes.Filter):
        if node.name not in made.filters:
            hint = did_you_mean(node.name, list(made.filters))
            message = f"there is no filter `{node.name}`{_near(source, node.lineno, name)}"
            found.problems.append(Problem(message, _place(name, node.lineno), hint))
    _Walk(source, name, found).visit(tree, {ROOT: Known(ROOT, letter_shape())})


def _syntax(error: TemplateSyntaxError, source: str, name: str) -> Problem:
    near = _near(source, error.lineno, name)
    message = f"this template cannot be read: {error.message}{near}"
    return Problem(message, _place(name, error.lineno))


def _place(name: str, line: int | None) -> Place:
    """Return a line of a text; a Word file has paragraphs, which the message tells."""
    return Place(name) if name.endswith(".docx") else Place(name, line)


def _near(source: str, line: int | None, name: str) -> str:
    if not name.endswith(".docx") or line is None:
        return ""
    import re

    lines = [
        re.sub(r"<[^>]+>", "", one) for one in source.splitlines()[max(line - 4, 0) : line + 3]
    ]
    text = paragraph_of(lines, line)
    return f"; paragraph {max(line - 1, 1)}" + (f", “{text}”" if text else "")


class _Walk:
    """The names of one syntax tree, followed through its loops."""

    def __init__(self, source: str, name: str, found: Found) -> None:
        self.source, self.name, self.found = source, name, found

    def visit(self, node: nodes.Node, scope: Scope) -> None:
        """Note the fields that a node and all below it name."""
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Macro):
            handed = {argument.name: _handed(argument.name) for argument in node.args}
            self._all(node.body, {**scope, **handed, **dict.fromkeys(_assigned(node))})
        elif isinstance(node, nodes.Block) and node.scoped:
            # The installed templates hand on the offer of their loop.
            handed = {**scope, **dict.fromkeys(_assigned(node)), "lot": _handed("lot")}
            self._all(node.body, handed)
        elif isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Name | nodes.Filter):
            self.known(node, scope)
        else:
            inner = {**scope, **dict.fromkeys(_assigned(node))} if _opens(node) else scope
            self._all(node.iter_child_nodes(), inner)

    def _all(self, inner: "Iterator[nodes.Node] | list[nodes.Node]", scope: Scope) -> None:
        for child in inner:
            self.visit(child, scope)

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        of = self.known(node.iter, scope)
        entry = None
        if of is not None and isinstance(of.shape, list):
            entry = Known(f"{of.path}{LISTED}", of.shape[0])
            self.found.named.add(entry.path)
        target = node.target
        names = [target.name] if isinstance(target, nodes.Name) else []
        inner = {**scope, **dict.fromkeys(_names_in(target)), **dict.fromkeys(names, entry)}
        self._all([*node.body, *node.else_, *([node.test] if node.test else [])], inner)

    def known(self, node: nodes.Node, scope: Scope) -> Known | None:
        """Return what a name stands for, None where it is not followed; note what is unknown."""
        if isinstance(node, nodes.Name):
            return self._name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self._part(node, node.attr, self.known(node.node, scope))
        if isinstance(node, nodes.Getitem):
            of = self.known(node.node, scope)
            key = node.arg.value if isinstance(node.arg, nodes.Const) else None
            if of is not None and isinstance(of.shape, list) and not isinstance(key, str):
                return Known(f"{of.path}{LISTED}", of.shape[0])
            return self._part(node, key, of) if isinstance(key, str) else None
        if isinstance(node, nodes.Filter) and node.node is not None:
            of = self.known(node.node, scope)
            if of is not None and isinstance(of.shape, list):
                self.found.named.add(f"{of.path}{LISTED}")
            self._all(list(node.args), scope)
            return None
        self.visit(node, scope)
        return None

    def _name(self, node: nodes.Name, scope: Scope) -> Known | None:
        if node.name in scope:
            return scope[node.name]
        if node.name not in LOOP and node.ctx == "load" and node.name not in _globals():
            hint = did_you_mean(node.name, list(scope)) or f"what a letter holds is in `{ROOT}`"
            self._unknown(node, node.name, hint)
        return None

    def _part(self, node: nodes.Node, key: str, of: Known | None) -> Known | None:
        if of is None or not isinstance(of.shape, dict):
            if of is not None:
                self._unknown(node, f"{of.path}.{key}", f"`{of.path}` has no parts")
            return None
        path = f"{of.path}.{key}"
        if key not in of.shape:
            hint = did_you_mean(key, list(of.shape)) or f"there are {', '.join(of.shape)}"
            self._unknown(node, path, hint)
            return None
        self.found.named.add(path)
        return Known(path, of.shape[key])

    def _unknown(self, node: nodes.Node, path: str, hint: str) -> None:
        near = _near(self.source, node.lineno, self.name)
        message = f"a letter has no field `{path}`{near}"
        self.found.problems.append(Problem(message, _place(self.name, node.lineno), hint))


def _handed(name: str) -> Known | None:
    """Return what the arguments of the installed macros are: a letter, or one of its offers."""
    shape = letter_shape()
    if name == "lot" and isinstance(shape, dict):
        return Known("letter.lots[]", shape["lots"][0])
    return Known(ROOT, shape) if name == ROOT else None


def _opens(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Template | nodes.Block | nodes.If | nodes.With)


def _assigned(node: nodes.Node) -> set[str]:
    """Return the names that a template sets, imports or calls its macros by."""
    names = {n.name for n in node.find_all(nodes.Name) if n.ctx == "store"}
    names |= {macro.name for macro in node.find_all(nodes.Macro)}
    for imported in node.find_all(nodes.FromImport):
        names |= {n[1] if isinstance(n, tuple) else n for n in imported.names}
    return names - _loop_names(node)


def _loop_names(node: nodes.Node) -> set[str]:
    return {name for loop in node.find_all(nodes.For) for name in _names_in(loop.target)}


def _names_in(target: nodes.Node) -> set[str]:
    own = {target.name} if isinstance(target, nodes.Name) else set()
    return own | {name.name for name in target.find_all(nodes.Name)}


def _globals() -> frozenset[str]:
    return frozenset(_plain().globals)


def _of_others(named: set[str], kind: LetterKind, name: str) -> Iterator[Problem]:
    """Yield the fields that would tell a bidder what is of others."""
    if kind is LetterKind.REPORT:
        return
    for top in sorted({path.split(".")[1].removesuffix(LISTED) for path in named if "." in path}):
        if top in OF_OTHERS:
            message = f"`letter.{top}` holds what belongs to other bidders"
            yield Problem(message, Place(name), "only the report on the procedure may name it")
        elif top in PUBLISHED:
            message = f"`letter.{top}` holds names of other bidders"
            hint = "it is filled where the law has them published; `letter.selected_words` says so"
            yield Problem(message, Place(name), hint, Severity.WARNING)


def _left_out(named: set[str], kind: LetterKind, name: str) -> Iterator[Problem]:
    for path in required_fields(kind):
        if path not in named:
            said = path.removesuffix(LISTED)
            message = f"this template leaves out `{said}`, which every {kind.value} must say"
            yield Problem(message, Place(name), "compare it with the installed template")
