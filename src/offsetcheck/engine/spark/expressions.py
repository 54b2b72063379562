"""Bound trees as SQL: its logic is Kleene's; what is known in part is tried value by value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from offsetcheck.engine.spark import functions
from offsetcheck.engine.spark.columns import (
    FALSE,
    TRUE,
    Columns,
    Sql,
    Term,
    applied,
    is_unknown,
    joined,
    sql,
)
from offsetcheck.engine.spark.fields import Fields
from offsetcheck.engine.spark.literals import SQL_TYPES, literal
from offsetcheck.engine.spark.lookups import Lookups
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
from offsetcheck.vocabulary.evidence import EvidenceGrade

Grade = EvidenceGrade | None
BOOLEAN = SQL_TYPES[FieldType.BOOLEAN]


@dataclass(frozen=True)
class Writer:
    """Writes nodes as SQL over the facts of a table, each node once for each evidence grade."""

    fields: Fields
    columns: Columns
    lookups: Lookups
    _known: dict[tuple[int, Grade], tuple[Node, Term]] = field(default_factory=dict)

    def hearing(self, fields: tuple[str, ...]) -> "Writer":
        """Return a writer to which some fields count at every grade."""
        return replace(self, fields=self.fields.hearing(fields), _known={})

    def value(self, node: Node, at_least: Grade) -> Sql:
        """Return a node's value, null where it is unknown."""
        return self.term(node, at_least).value

    def term(self, node: Node, at_least: Grade) -> Term:
        """Return a node's value, and the values of which it is one."""
        key = (id(node), at_least)
        if key not in self._known:  # the node is kept, so that its identity stays its own
            self._known[key] = (node, _TERMS[type(node)](self, node, at_least))
        return self._known[key][1]


def _constant(_writer: Writer, node: Constant, _grade: Grade) -> Term:
    return Term(Sql(literal(node.value, node.type), atom=True))


def _field(writer: Writer, node: FieldRef, grade: Grade) -> Term:
    return writer.columns.term(writer.fields.see(node.name, node.type, grade))


def _derived(writer: Writer, node: Derived, grade: Grade) -> Term:
    return writer.columns.term(writer.term(node.node, grade))


def _lookup(writer: Writer, node: Lookup, grade: Grade) -> Term:
    keys = [writer.columns.term(writer.term(key, grade)) for key in node.keys]
    version = None
    if node.version is not None:
        version = writer.columns.term(writer.term(node.version, grade))
    return writer.lookups.ask(node, keys, version, writer.fields.screened, grade)


def _compare(writer: Writer, node: Compare, grade: Grade) -> Term:
    sides = [writer.term(side, grade) for side in (node.left, node.right)]
    write = functions.compare(node.operator)
    if any(side.members or is_unknown(side.value) for side in sides):
        return Term(applied(writer.columns, write, sides, BOOLEAN).value)
    return Term(sql(write("{}", "{}"), *(side.value for side in sides)))


def _in(writer: Writer, node: In, grade: Grade) -> Term:
    options = joined(", ", [writer.value(option, grade) for option in node.options], "")
    item = writer.term(node.item, grade)
    told = applied(writer.columns, lambda x: f"({x} IN {options.text})", [item], BOOLEAN)
    return Term(told.value)


def _and(writer: Writer, node: And, grade: Grade) -> Term:
    return Term(_joint(" AND ", [writer.value(item, grade) for item in node.items], TRUE, FALSE))


def _or(writer: Writer, node: Or, grade: Grade) -> Term:
    return Term(_joint(" OR ", [writer.value(item, grade) for item in node.items], FALSE, TRUE))


def _joint(separator: str, parts: Sequence[Sql], none: Sql, settles: Sql) -> Sql:
    """Return truths joined; one of them settles the whole, and `none` of the others changes it."""
    counted = list(dict.fromkeys(part for part in parts if part != none))
    if settles in counted:
        return settles
    return counted[0] if len(counted) == 1 else joined(separator, counted, none.text)


def _not(writer: Writer, node: Not, grade: Grade) -> Term:
    item = writer.value(node.item, grade)
    return Term(item if is_unknown(item) else sql("(NOT {})", item))


def _calculate(writer: Writer, node: Calculate, grade: Grade) -> Term:
    sides = [writer.term(side, grade) for side in (node.left, node.right)]
    kind = SQL_TYPES[FieldType.NUMBER]
    return applied(writer.columns, functions.calculate(node.operator), sides, kind)


def _function(writer: Writer, node: Function, grade: Grade) -> Term:
    write = functions.function(node.name, [_kind(one) for one in node.arguments])
    arguments = [writer.term(one, grade) for one in node.arguments]
    term = applied(writer.columns, write, arguments, SQL_TYPES[node.type])
    return Term(term.value) if node.type is FieldType.BOOLEAN else term


def _count_true(writer: Writer, node: CountTrue, grade: Grade) -> Term:
    items = [writer.columns.named(writer.value(item, grade)) for item in node.items]
    sure, most = (
        writer.columns.named(
            joined(" + ", [sql(f"IF(coalesce({{}}, {word}), 1.0D, 0.0D)", i) for i in items], "0")
        )
        for word in ("false", "true")
    )
    write = functions.compare_count(node.operator, sure.text, most.text)
    count = writer.term(node.count, grade)
    return Term(applied(writer.columns, write, [count], BOOLEAN).value)


def _kind(node: Node) -> FieldType:
    return getattr(node, "type", FieldType.BOOLEAN)


_TERMS: Mapping[type, Callable[[Writer, Any, Grade], Term]] = {
    Constant: _constant,
    FieldRef: _field,
    Derived: _derived,
    Lookup: _lookup,
    Compare: _compare,
    In: _in,
    And: _and,
    Or: _or,
    Not: _not,
    Calculate: _calculate,
    Function: _function,
    CountTrue: _count_true,
}
