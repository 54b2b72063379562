"""What reading an expression gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from offsetcheck.rulebook.expression.names import Name
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.vocabulary.problem import Problem


@dataclass(frozen=True, slots=True)
class Parsed:
    """The unbound tree, None where there are problems; the names that occur in the text.

    `closed` holds, for a parameter or city value that is put beside a field with codes, the field:
    each of its values must be one of them.
    """

    node: Node | None
    problems: tuple[Problem, ...]
    names: frozenset[str] = frozenset()
    closed: Mapping[str, Name] = field(default_factory=dict)
