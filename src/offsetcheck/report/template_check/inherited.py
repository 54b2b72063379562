"""What a template has from the templates that it extends: blocks, and names set at their top."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jinja2 import nodes

MOST_STEPS = 8  # templates that extend one another


@dataclass(frozen=True, slots=True)
class Inherited:
    """The blocks that may be replaced, and the names that every block sees."""

    blocks: frozenset[str]
    names: frozenset[str]


def inherited(tree: nodes.Template, parse: Callable[[str], nodes.Template | None]) -> Inherited:
    """Return what a template has from those that it extends, itself not counted for blocks.

    `parse` returns the tree of a template by its name, None where there is none.
    """
    blocks: set[str] = set()
    names = set(_names(tree))
    for parent in _parents(tree, parse):
        blocks.update(block.name for block in parent.find_all(nodes.Block))
        names.update(_names(parent))
    return Inherited(frozenset(blocks), frozenset(names))


def _parents(
    tree: nodes.Template, parse: Callable[[str], nodes.Template | None]
) -> Iterator[nodes.Template]:
    for _ in range(MOST_STEPS):
        extends = tree.find(nodes.Extends)
        if extends is None or not isinstance(extends.template, nodes.Const):
            return
        parent = parse(str(extends.template.value))
        if parent is None:
            return
        yield parent
        tree = parent


def _names(tree: nodes.Template) -> Iterator[str]:
    for node in tree.body:
        match node:
            case nodes.Import():
                yield node.target
            case nodes.FromImport():
                yield from (name[1] if isinstance(name, tuple) else name for name in node.names)
            case nodes.Macro():
                yield node.name
            case nodes.Assign():
                yield from (found.name for found in node.target.find_all(nodes.Name))
                if isinstance(node.target, nodes.Name):
                    yield node.target.name
