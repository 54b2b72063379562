"""Expressions on all rows at once: Kleene's logic as Polars has it, and what each unknown awaits.

Every distinct subtree is computed once for each evidence grade, as a column of its own, and all
subtrees of one height in one call. (One lazy query of all rules was tried: its plan grows with
every rule that shares a derived field.)
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import polars as pl

from offsetcheck.engine.columns import functions
from offsetcheck.engine.columns.at_once import at_once, lit
from offsetcheck.engine.columns.fields import SeenColumn, TableSlice
from offsetcheck.engine.columns.forms import FORMS, JUDGES, has_form, literal, of_one_field
from offsetcheck.engine.columns.held import at_places
from offsetcheck.engine.columns.lookups import answer_to, ask_table_for_rows
from offsetcheck.engine.columns.questions import (
    Questions,
    Spread,
    questions_of,
    spread,
)
from offsetcheck.engine.columns.remembered import ColumnMemory
from offsetcheck.engine.columns.sets import PartColumn, judged
from offsetcheck.engine.columns.waits import Waits, find_waits
from offsetcheck.engine.silence import is_of_events
from offsetcheck.rulebook.expression.nodes import (
    Constant,
    CountTrue,
    Derived,
    FieldRef,
    Lookup,
    Node,
)
from offsetcheck.rulebook.expression.walk import children
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade

Grade = EvidenceGrade | None
Key = tuple[int, Grade]
Layers = list[dict[Key, Node]]


@dataclass(frozen=True)
class ColumnEvaluator:
    """The values of expressions over some rows, with what has been computed so far.

    `unheard` is the evaluator of the same rows that hears no field at every grade, of one that
    does: what reads no such field is the same there.
    """

    rows: TableSlice
    memory: ColumnMemory = field(default_factory=ColumnMemory)
    unheard: "ColumnEvaluator | None" = None
    _columns: dict[Key, PartColumn] = field(default_factory=dict)
    _unknown: dict[Key, pl.Series | None] = field(default_factory=dict)
    _waits: dict[Key, Waits] = field(default_factory=dict)
    _answers: dict[Key, SeenColumn] = field(default_factory=dict)
    _questions: dict[Hashable, Questions] = field(default_factory=dict)

    def hearing(self, fields: tuple[str, ...]) -> "ColumnEvaluator":
        """Return an evaluator of the same rows to which some fields count at every grade.

        It is not kept here: two that hold each other would outlive the rows, with all columns.
        """
        return ColumnEvaluator(self.rows.hearing(fields), self.memory, self)

    def ahead(self, asked: Iterable[tuple[Node, Grade]]) -> None:
        """Compute what will be asked, all nodes of one height together."""
        layers: Layers = []
        placed: dict[Key, int] = {}
        for node, grade in asked:
            self._place(node, grade, layers, placed)
        for layer in layers:
            self._compute(layer)

    def value(self, node: Node, at_least: Grade) -> pl.Series:
        """Return a node's value in every row, null where it is unknown."""
        return self.column(node, at_least).values

    def column(self, node: Node, at_least: Grade) -> PartColumn:
        """Return a node's value in every row, or the values of which it has one."""
        bare = _bare(node)
        if isinstance(bare, Constant):
            return PartColumn(self.rows.constant(bare.value, bare.type))
        key = self._key(bare, at_least)
        if key not in self._columns:
            self.ahead([(bare, at_least)])
        return self._columns[key]

    def unknown(self, node: Node, at_least: Grade) -> pl.Series | None:
        """Return the rows where a node's value is unknown, None where it is known in all."""
        bare = _bare(node)
        if isinstance(bare, Constant) and bare.value is not None:
            return None
        key = self._key(bare, at_least)
        if key not in self._unknown:
            values = self.value(bare, at_least)
            self._unknown[key] = values.is_null() if values.null_count() else None
        return self._unknown[key]

    def waits(self, node: Node, at_least: Grade) -> Waits:
        """Return, for the rows where a node is unknown, which fields it waits for and why."""
        key = self._key(node, at_least)
        if key not in self._waits:
            unknown = self.unknown(node, at_least)
            self._waits[key] = {} if unknown is None else find_waits(self, node, unknown, at_least)
        return self._waits[key]

    def answer(self, node: Lookup, at_least: Grade) -> SeenColumn:
        """Return what a lookup's table answers in every row."""
        key = self._key(node, at_least)
        if key not in self._answers:
            self._ask({key: node})
        return self._answers[key]

    def _ask(self, lookups: Mapping[Key, Lookup]) -> None:
        """Ask tables; the answers to questions that few rows share become columns together."""
        spreads: dict[Key, Spread] = {}
        for key, node in lookups.items():
            questions, grade = self._questions_of(node, key[1]), key[1]
            if questions.distinct is None or questions.places is None:
                answers = _ask_each(node, questions, grade)
                self._answers[key] = _silenced(node, answers, self.rows.id_causes)
            else:
                ask = partial(answer_to, node, at_least=grade)
                told = self.memory.answers.answers(key, questions.distinct, ask)
                spreads[key] = spread(node, told, questions.places)
        values = at_once({key: each.values for key, each in spreads.items()}, self.rows.height)
        causes = at_once({key: each.causes for key, each in spreads.items()}, self.rows.height)
        for key, each in spreads.items():
            seen = each.seen(values[key], causes[key])
            self._answers[key] = _silenced(lookups[key], seen, self.rows.id_causes)

    def _questions_of(self, node: Lookup, at_least: Grade) -> Questions:
        """Return what a lookup asks its table; lookups of the same keys ask the same."""
        asked = node.keys if node.version is None else (*node.keys, node.version)
        parts = [self.column(part, at_least) for part in asked]
        key = tuple((id(part.values), id(part.sets)) for part in parts)
        if key not in self._questions:
            self._questions[key] = questions_of(parts, PartColumn(self.rows.screened))
        return self._questions[key]

    def _key(self, node: Node, at_least: Grade) -> Key:
        return self.memory.numbers.number(node), at_least

    def _place(self, node: Node, grade: Grade, layers: Layers, placed: dict[Key, int]) -> int:
        """Put a node and all beneath it into layers; return how many layers it needs."""
        node = _bare(node)
        key = self._key(node, grade)
        if isinstance(node, Constant) or key in self._columns:
            return 0
        if key not in placed:
            if self._is_unheard(node):
                beneath = 0
            else:
                parts = children(node)
                beneath = max((self._place(p, grade, layers, placed) for p in parts), default=0)
            if beneath == len(layers):
                layers.append({})
            layers[beneath][key] = node
            placed[key] = beneath + 1
        return placed[key]

    def _is_unheard(self, node: Node) -> bool:
        """Whether a node is the same to whom no field counts at every grade."""
        return self.unheard is not None and not self.memory.numbers.fields(node) & {
            *self.rows.heard
        }

    def _compute(self, layer: Mapping[Key, Node]) -> None:
        """Compute nodes beneath which all is computed, and where they are unknown."""
        formed = {k: n for k, n in layer.items() if has_form(n) and not self._is_unheard(n)}
        asked = {
            key: node
            for key, node in layer.items()
            if isinstance(node, Lookup) and not self._is_unheard(node)
        }
        self._ask(asked)
        for key, node in layer.items():
            if key not in formed:
                self._columns[key] = self._formless(node, key[1])
        formed = {key: node for key, node in formed.items() if not self._from_distinct(key, node)}
        counts = self._counts(formed)
        forms = {
            key: FORMS[type(node)](
                node, counts.get(key) or [self.part(p, key[1]) for p in children(node)]
            )
            for key, node in formed.items()
        }
        for key, values in at_once(forms, self.rows.height).items():
            self._columns[key] = self._judged(layer[key], key[1], values)
        self._find_unknown(layer)

    def _from_distinct(self, key: Key, node: Node) -> bool:
        """Compute what asks much of one field from its distinct values; whether that was done."""
        field = of_one_field(node)
        taken = field and self.rows.see(field.name, field.type, key[1]).taken
        if not taken:
            return False
        parts = [
            literal(p) if isinstance(p, Constant) else pl.lit(taken.distinct)
            for p in map(_bare, children(node))
        ]
        form = FORMS[type(node)](node, parts)
        values = at_once({key: form}, len(taken.distinct))[key]
        self._columns[key] = PartColumn(at_places(values, taken.places))
        return True

    def _find_unknown(self, keys: Iterable[Key]) -> None:
        nulls = {key: self._columns[key].values for key in keys}
        asked = {k: lit(v).is_null() for k, v in nulls.items() if v.null_count()}
        self._unknown.update(dict.fromkeys(nulls))
        self._unknown.update(at_once(asked, self.rows.height))

    def _counts(self, layer: Mapping[Key, Node]) -> dict[Key, list[pl.Expr]]:
        """Return the parts of counts: the least and the most, and what is asked for."""
        counts = {key: node for key, node in layer.items() if isinstance(node, CountTrue)}
        ends = {
            (key, end): form
            for key, node in counts.items()
            for end, form in enumerate(
                functions.count_interval([self.part(item, key[1]) for item in node.items])
            )
        }
        known = at_once(ends, self.rows.height)
        return {
            key: [lit(known[key, 0]), lit(known[key, 1]), self.part(node.count, key[1])]
            for key, node in counts.items()
        }

    def part(self, node: Node, grade: Grade) -> pl.Expr:
        """Return what was computed of a node as an expression: a constant as one value."""
        bare = _bare(node)
        if isinstance(bare, Constant):
            return literal(bare)
        return lit(self._columns[self._key(bare, grade)].values)

    def _formless(self, node: Node, grade: Grade) -> PartColumn:
        """Return a column that is no expression of what lies beneath it."""
        if self._is_unheard(node) and self.unheard is not None:
            return self.unheard.column(node, grade)
        if isinstance(node, FieldRef):
            return self.rows.see(node.name, node.type, grade).column
        if isinstance(node, Lookup):
            return self.answer(node, grade).column
        parts = [self.value(part, grade) for part in children(node)]
        return self._judged(node, grade, functions.count_in_rows(*parts))

    def _judged(self, node: Node, grade: Grade, values: pl.Series) -> PartColumn:
        """Return values completed where a part of the node is known in part."""
        if type(node) not in JUDGES:
            return PartColumn(values)
        parts = (node.count,) if isinstance(node, CountTrue) else children(node)
        keys = (self._key(p, grade) for p in map(_bare, parts) if not isinstance(p, Constant))
        if all(self._columns[key].sets is None for key in keys):
            return PartColumn(values)
        columns = [self.column(part, grade) for part in parts]
        if isinstance(node, CountTrue):
            items = [pl.lit(self.value(item, grade)) for item in node.items]
            ends = at_once(dict(enumerate(functions.count_interval(items))), self.rows.height)
            columns = [PartColumn(ends[0]), PartColumn(ends[1]), *columns]
        return judged(JUDGES[type(node)](node), columns, values)


def _bare(node: Node) -> Node:
    """Return the tree that computes a derived field, any other node as it is."""
    while isinstance(node, Derived):
        node = node.node
    return node


def _ask_each(node: Lookup, questions: Questions, grade: Grade) -> SeenColumn:
    """Return what a table answers where nearly every row asks something else."""
    *parts, screened = questions.parts
    version = parts.pop() if node.version is not None else None
    return ask_table_for_rows(node, parts, version, screened.values, grade)


def _silenced(lookup: Lookup, answer: SeenColumn, of_id: pl.Series) -> SeenColumn:
    """Return a table's answers, which wait for the id where the table can hold no row of it."""
    if not is_of_events(lookup) or of_id.null_count() == len(of_id):
        return answer
    silent = (answer.causes == Cause.NO_ROW.value) & of_id.is_not_null()
    causes = pl.select(pl.when(silent).then(of_id).otherwise(answer.causes)).to_series()
    return replace(answer, causes=causes)
