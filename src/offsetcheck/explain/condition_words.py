"""An expression of a rule in words: what has to hold, part by part, with the values filled in."""

from collections.abc import Iterable

from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule
from offsetcheck.rulebook.expression.nodes import (
    And,
    Calculate,
    Compare,
    Constant,
    CountTrue,
    Derived,
    FieldRef,
    Function,
    In,
    Lookup,
    Node,
    Not,
    Or,
)
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.site_explanation import ConditionPart

OPERATORS = {"=": "is", "<>": "is_not", "<": "less", "<=": "most", ">": "more", ">=": "least"}
ARITHMETIC = {"+": "plus", "-": "minus", "*": "times", "/": "by"}
TRUTH = FieldType.BOOLEAN
NAMED_VALUES = 12
CITY = "city."


class ConditionWords:
    """Says the expressions of one rule; without a rule, those of a computed field."""

    def __init__(self, wording: Wording, rule: BoundRule | None = None) -> None:
        self._wording = wording
        self._rule = rule

    def said(self, node: Node) -> ConditionPart:
        """Return a condition in words, its parts beneath it."""
        match node:
            case And():
                return self._of_parts("site.condition.all", node.items)
            case Or():
                return self._of_parts("site.condition.any", node.items)
            case Not(item=And() | Or() | CountTrue() as item):
                words = self._wording.word("site.condition.not")
                return ConditionPart(words=words, parts=(self.said(item),))
            case CountTrue():
                operator = OPERATORS[node.operator]
                count = self._value(node.count, None)
                words = self._wording.word(f"site.count.{operator}", count=count)
                return ConditionPart(words=words, parts=tuple(map(self.said, node.items)))
        return ConditionPart(words=self._sentence(node))

    def _of_parts(self, key: str, items: Iterable[Node]) -> ConditionPart:
        parts = tuple(self.said(item) for item in items)
        return ConditionPart(words=self._wording.word(key), parts=parts)

    def _sentence(self, node: Node) -> str:
        match node:
            case Compare():
                return self._compared(node)
            case In():
                key = "site.condition.in" if len(node.options) > 1 else "site.condition.is"
                return self._in(node, key)
            case Not(item=In() as item):
                key = "site.condition.not_in" if len(item.options) > 1 else "site.condition.is_not"
                return self._in(item, key)
            case Not(item=Function(name="contains", arguments=(held, one))):
                left, right = self._value(one, _field_of(held)), self._value(held, _field_of(one))
                return self._wording.word("site.condition.not_among", left=left, right=right)
            case Not():
                inner = self._value(node.item, None)
                return self._wording.word("site.condition.untrue", item=inner)
            case Function() | Calculate():
                return self._value(node, None)
        return self._wording.word("site.condition.true", item=self._value(node, None))

    def _compared(self, node: Compare) -> str:
        about = _field_of(node.left) or _field_of(node.right)
        left, right = self._value(node.left, about), self._value(node.right, about)
        operator = OPERATORS[node.operator]
        return self._wording.word(f"site.condition.{operator}", left=left, right=right)

    def _in(self, node: In, key: str) -> str:
        about = _field_of(node.item)
        options = [self._value(option, about) for option in node.options]
        listed = "; ".join(options) if any("," in one for one in options) else ", ".join(options)
        return self._wording.word(key, left=self._value(node.item, None), right=listed)

    def _value(self, node: Node, about: str | None) -> str:
        """Return a value in words; a literal reads as one of the field that it is held against."""
        match node:
            case Constant():
                return self._constant(node, about)
            case FieldRef() | Derived() | Lookup():
                return self._quoted(self._wording.title(node.name))
            case Calculate():
                left, right = self._operand(node.left, about), self._operand(node.right, about)
                sign = ARITHMETIC[node.operator]
                return self._wording.word(f"site.arithmetic.{sign}", left=left, right=right)
            case Function():
                return self._function(node)
        return f"({self._inline(node)})"

    def _quoted(self, title: str) -> str:
        return self._wording.word("text.quoted", text=title)

    def _operand(self, node: Node, about: str | None) -> str:
        words = self._value(node, about)
        return f"({words})" if isinstance(node, Calculate) else words

    def _inline(self, node: Node) -> str:
        part = self.said(node)
        return " ".join((part.words, "; ".join(one.words for one in part.parts))).strip()

    def _function(self, node: Function) -> str:
        about = next(filter(None, map(_field_of, node.arguments)), None)
        first, *rest = (self._value(one, about) for one in node.arguments)
        if node.name == "add_years":
            rest = [self._value(node.arguments[1], None)]
        gaps = {"first": first, "second": ", ".join(rest), "list": ", ".join((first, *rest))}
        return self._wording.word(f"site.function.{node.name}", **gaps)

    def _constant(self, node: Constant, about: str | None) -> str:
        wording = self._wording
        if node.name is None:
            if node.value is None:
                return wording.word("list.none")
            return wording.value(about, node.value) if about else wording.bare(node.value)
        if node.name == "$as_of":
            return wording.word("site.condition.as_of")
        if node.name.startswith(CITY):
            return wording.word("site.condition.city", name=wording.title(node.name))
        parameter = self._parameter(node.name)
        if parameter is None or self._rule is None:
            return wording.title(node.name)
        name = wording.parameter_title(parameter, self._rule)
        value = wording.parameter(parameter, self._rule, at_most=NAMED_VALUES)
        if value is None:
            return wording.word("site.condition.undecided", name=name)
        return wording.word("site.condition.parameter", name=name, value=value)

    def _parameter(self, name: str) -> BoundParameter | None:
        if self._rule is None:
            return None
        return self._rule.parameters.get(name) or self._rule.parameters.get(name[1:])


def _field_of(node: Node) -> str | None:
    return node.name if isinstance(node, FieldRef | Derived | Lookup) else None
