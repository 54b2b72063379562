"""The fields that a template of a letter names, followed through its loops.

`lot` of `for lot in letter.lots` is known to be one of the letter's offers. What a macro is handed
is not followed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.report.letters.fields import (
    ROOT,
    Shape,
    letter_shape,
)
from offsetcheck.report.letters.sources import plain_environment
from offsetcheck.report.letters.texts import paragraph_of
from offsetcheck.vocabulary.problem import Place, Problem

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


def syntax_problem(error: TemplateSyntaxError, source: str, name: str) -> Problem:
    """Return an error of the syntax as a problem at its place."""
    near = near_words(source, error.lineno, name)
    message = f"this template cannot be read: {error.message}{near}"
    return Problem(message, place_of_line(name, error.lineno))


def place_of_line(name: str, line: int | None) -> Place:
    """Return a line of a text; a Word file has paragraphs, which the message tells."""
    return Place(name) if name.endswith(".docx") else Place(name, line)


def near_words(source: str, line: int | None, name: str) -> str:
    """Return the paragraph of a Word file that a line lies in, as the end of a message."""
    if not name.endswith(".docx") or line is None:
        return ""
    import re

    lines = [
        re.sub(r"<[^>]+>", "", one) for one in source.splitlines()[max(line - 4, 0) : line + 3]
    ]
    text = paragraph_of(lines, line)
    return f"; paragraph {max(line - 1, 1)}" + (f", “{text}”" if text else "")


class Walk:
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
        near = near_words(self.source, node.lineno, self.name)
        message = f"a letter has no field `{path}`{near}"
        self.found.problems.append(Problem(message, place_of_line(self.name, node.lineno), hint))


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
    return frozenset(plain_environment().globals)
