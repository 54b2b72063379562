"""The expressions of one file as they are read, each problem at its token."""

from collections.abc import Iterable
from dataclasses import replace

from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.of_rule import Written
from offsetcheck.rulebook.expression.read_before import read_expression
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.problems import Problems

QUOTES = frozenset(("'", '"'))
FLOW_HINT = "write it on a line of its own, or after `>`: a comma would split it here"


class FileExpressions:
    """Reads expressions of one document: `trees` by key, all `names`, and the `closed` lists."""

    def __init__(self, names: Names, document: Document, problems: Problems) -> None:
        self.trees: dict[str, Node] = {}
        self.names: set[str] = set()
        self.closed: dict[str, Name] = {}
        self._known = names
        self._document = document
        self._problems = problems

    def conditions(self, expressions: Iterable[Written]) -> None:
        """Read the expressions of a rule into `trees`, or note what is wrong with them."""
        for expression in expressions:
            if expression.is_otherwise:
                continue
            node = self.value(expression.steps, expression.text, FieldType.BOOLEAN)
            if node is not None:
                self.trees[expression.key] = node

    def value(self, steps: Steps, text: str, expected: FieldType) -> Node | None:
        """Return the tree of an expression that stands at a place, None for a faulty one."""
        if steps in self._document.flow and self._document.styles.get(steps) not in QUOTES:
            message = "an expression cannot stand inside brackets"
            self._problems.at_value(self._document, steps, message, FLOW_HINT)
            return None
        parsed = read_expression(text, self._known, expected)
        for problem in parsed.problems:
            place = self._document.text_place(steps, (problem.place.column or 1) - 1)
            self._problems.note(replace(problem, place=place))
        self.names |= parsed.names
        self.closed |= parsed.closed
        return parsed.node
