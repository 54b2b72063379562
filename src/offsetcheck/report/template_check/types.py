"""Which keys a template asks of an explanation, held against the types that are published.

Only what is certain is told: a value whose type is not known here may have any key.
"""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Union, get_args, get_origin

from jinja2 import nodes

from offsetcheck import vocabulary
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.vocabulary.explained import Explained, Explanation

# The signs and looks that the context adds to the lines of an explanation.
ADDED = frozenset({"look", "effect"})
WORDS = "words"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A key that is not there: the line, what is wrong, and what may be meant."""

    line: int
    message: str
    hint: str | None


Scope = dict[str, Any]


@dataclass
class TypeWalk:
    """One walk over a template; `words` are the keys of words, None where any may be asked for."""

    words: Mapping[str, str] | None
    found: list[Unknown] = field(default_factory=list)

    def walk(self, node: nodes.Node, scope: Scope) -> None:
        """Note each key that is asked for and is not there, within a node."""
        match node:
            case nodes.For():
                self.walk(node.iter, scope)
                inner = {**scope, **_bound(node.target, _item(self.type_of(node.iter, scope)))}
                for part in (*node.body, *node.else_, *([node.test] if node.test else [])):
                    self.walk(part, inner)
                return
            case nodes.Macro() | nodes.CallBlock():
                taken = {arg.name: None for arg in getattr(node, "args", ()) if _is_name(arg)}
                for child in node.iter_child_nodes():
                    self.walk(child, {**scope, **taken})
                return
            case nodes.Assign() if isinstance(node.target, nodes.Name):
                self.walk(node.node, scope)
                scope[node.target.name] = self.type_of(node.node, scope)
                return
            case nodes.Getattr() | nodes.Getitem():
                self._check(node, scope)
        for child in node.iter_child_nodes():
            self.walk(child, scope)

    def type_of(self, node: nodes.Node, scope: Scope) -> Any:
        """Return the type of an expression, None where it is not known."""
        match node:
            case nodes.Name():
                return scope.get(node.name)
            case nodes.Getattr():
                return _member(self.type_of(node.node, scope), node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                return _member(self.type_of(node.node, scope), key)
            case nodes.Getitem(arg=nodes.Const(value=int()) | nodes.Slice()):
                whole = self.type_of(node.node, scope)
                return whole if isinstance(node.arg, nodes.Slice) else _item(whole)
        return None

    def _check(self, node: nodes.Getattr | nodes.Getitem, scope: Scope) -> None:
        key = node.attr if isinstance(node, nodes.Getattr) else _constant(node.arg)
        if key is None:
            return
        if isinstance(node.node, nodes.Name) and node.node.name == WORDS and WORDS not in scope:
            self._check_word(node, key)
            return
        model = _model(self.type_of(node.node, scope))
        if model is not None and key not in model.model_fields and key not in ADDED:
            message = f"{model.__name__} has no `{key}`"
            self.found.append(Unknown(node.lineno, message, did_you_mean(key, model.model_fields)))

    def _check_word(self, node: nodes.Node, key: str) -> None:
        if self.words is not None and key not in self.words:
            message = f"there are no words `{key}`"
            self.found.append(Unknown(node.lineno, message, did_you_mean(key, self.words)))


def explanations() -> dict[str, type[Explanation]]:
    """Return the published types of explanations by name."""
    for module in iter_modules(vocabulary.__path__):
        import_module(f"{vocabulary.__name__}.{module.name}")
    return {known.__name__: known for known in _subclasses(Explanation)}


def _subclasses(of: type[Explanation]) -> Iterator[type[Explanation]]:
    for known in of.__subclasses__():
        yield known
        yield from _subclasses(known)


def _is_name(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name)


def _constant(node: nodes.Node) -> str | None:
    value = node.value if isinstance(node, nodes.Const) else None
    return value if isinstance(value, str) else None


def _bound(target: nodes.Node, type_: Any) -> Scope:
    """Return the names that a loop binds, with their types."""
    if isinstance(target, nodes.Name):
        return {target.name: type_}
    names = [item.name for item in target.find_all(nodes.Name)]
    parts = get_args(type_) if get_origin(type_) is tuple else ()
    known = parts if len(parts) == len(names) and Ellipsis not in parts else (None,) * len(names)
    return dict(zip(names, known, strict=True))


def _plain(type_: Any) -> Any:
    """Return a type without None."""
    if get_origin(type_) in {Union, types.UnionType}:
        others = [arg for arg in get_args(type_) if arg is not type(None)]
        return others[0] if len(others) == 1 else None
    return type_


def _model(type_: Any) -> type[Explained] | None:
    plain = _plain(type_)
    return plain if isinstance(plain, type) and issubclass(plain, Explained) else None


def _member(type_: Any, name: str) -> Any:
    model = _model(type_)
    known = model.model_fields.get(name) if model else None
    return known.annotation if known else None


def _item(type_: Any) -> Any:
    plain = _plain(type_)
    args = get_args(plain) if get_origin(plain) is tuple else ()
    return args[0] if args and Ellipsis in args else None
