from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.expression.nodes import Compare, Constant, FieldRef, Function, In, Node
from offsetcheck.rulebook.expression.of_rule import written
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.fields.names import field_named, stored_name
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.policies.model import RuleChange
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import Parameter, parameter_values
from offsetcheck.rulebook.tables.cells import element_type
from offsetcheck.rulebook.tables.model import ReferenceTable, TableFile
from offsetcheck.vocabulary.dictionary import Dictionary, FieldType, LookupSpec, Subject
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.problem import Problem, Severity

TABLES = "tables/tables.yaml"
WORDS = frozenset({FieldType.CODE, FieldType.TEXT})


class Expression(NamedTuple):
    """A condition or a derived field: where it stands, its tree, and the rule's parameters."""

    document: Document
    steps: Steps
    tree: Node
    parameters: Mapping[str, Parameter]


class Tested(NamedTuple):
    """A word that an expression holds against a field, and the column of it in the text."""

    field: str
    word: str
    at: int


def tested_values_occur(rulebook: Rulebook) -> Iterator[Problem]:
    """Find words that are tested of a table's column and stand in no row: a rule that never fires.

    A word may come with a later edition: then `expected` of the table lists it, by column.
    """
    for expression in _expressions(rulebook):
        for tested in dict.fromkeys(_tested(expression)):
            yield from _never_found(rulebook, expression, tested)


def _expressions(rulebook: Rulebook) -> Iterator[Expression]:
    """Yield the conditions of all rules, those that layers change, and the derived fields."""
    for rule in rulebook.rules.values():
        for key, steps, _ in written(rule.file.applies_when, rule.file.conditions):
            if key in rule.trees:
                yield Expression(rule.document, steps, rule.trees[key], rule.parameters)
    for name, city in rulebook.cities.items():
        yield from _changed(rulebook, f"cities/{name}.yaml", name, city.change)
    for name, jurisdiction in rulebook.jurisdictions.items():
        yield from _changed(rulebook, f"jurisdictions/{name}.yaml", name, jurisdiction.change)
    for subject in Subject:
        for name in rulebook.dictionary.of(subject):
            tree = rulebook.derived.get(stored_name(subject, name))
            if tree is not None:
                document = rulebook.documents[f"fields/{subject.value}.yaml"]
                yield Expression(document, (name, "derive"), tree, {})


def _changed(
    rulebook: Rulebook, file: str, layer: str, changes: Sequence[RuleChange]
) -> Iterator[Expression]:
    """Yield the conditions that a city or jurisdiction puts in place of a rule's own."""
    for index, change in enumerate(changes):
        for key, tree in rulebook.changes.get((layer, change.rule), {}).items():
            steps: Steps = ("change", index, *key.split("."))
            shared = {name: one.parameter for name, one in rulebook.shared.items()}
            parameters = {**shared, **rulebook.rules[change.rule].parameters}
            yield Expression(rulebook.documents[file], steps, tree, parameters)


def _tested(expression: Expression) -> Iterator[Tested]:
    """Yield each word that is held against a field by `=`, `<>`, `IN`, or in a list."""
    for node in walk(expression.tree):
        sides: tuple[Node, ...] = ()
        if isinstance(node, Compare) and node.operator in {"=", "<>"}:
            sides = (node.left, node.right)
        elif isinstance(node, In):
            sides = (node.item, *node.options)
        elif isinstance(node, Function) and node.name in {"contains", "count_in"}:
            sides = node.arguments
        fields = [side.name for side in sides if isinstance(side, FieldRef)]
        constants = [side for side in sides if isinstance(side, Constant)]
        for constant in constants if len(fields) == 1 else ():
            for word in _words(constant, expression.parameters):
                yield Tested(fields[0], word, constant.at)


def _words(constant: Constant, parameters: Mapping[str, Parameter]) -> Iterator[str]:
    """Yield the word of a literal, or all words that a parameter of the rule has ever held."""
    values: tuple[object, ...] = (constant.value,)
    if constant.name is not None:
        parameter = parameters.get(constant.name.removeprefix("$"))
        values = tuple(parameter_values(parameter)) if parameter is not None else ()
    for value in values:
        for word in value if isinstance(value, tuple) else (value,):
            if isinstance(word, str):
                yield word


def _never_found(rulebook: Rulebook, expression: Expression, tested: Tested) -> Iterator[Problem]:
    lookup = _looked_up(rulebook.dictionary, tested.field)
    table = rulebook.tables.get(lookup.table) if lookup is not None else None
    if lookup is None or table is None:
        return
    found = _words_in(table, lookup)
    if tested.word in found:
        return
    message = f"`{tested.word}` is tested of `{tested.field}` and stands in no edition of the table"
    advice = f"if it may come, list it in {TABLES}: {lookup.table}, expected, {lookup.column}"
    near = did_you_mean(tested.word, found)
    hint = f"{near} {advice}" if near else advice
    place = expression.document.text_place(expression.steps, max(tested.at - 1, 0))
    yield Problem(f"{message} `{lookup.table}`", place, hint)


def _looked_up(dictionary: Dictionary, name: str) -> LookupSpec | None:
    """Return how a field of words is looked up, None for any other field."""
    field = field_named(dictionary, name)
    return field.lookup if field is not None and element_type(field.type) in WORDS else None


def _words_in(table: ReferenceTable, lookup: LookupSpec) -> set[str]:
    """Return the words that a lookup can answer with, those listed as expected among them."""
    found = {word for file in table.files.values() for word in _cells(file, lookup)}
    if lookup.absent is not None:
        found.add(str(lookup.absent))
    return found | set(table.entry.expected.get(lookup.column, ()))


def _cells(file: TableFile, lookup: LookupSpec) -> Iterator[str]:
    for row in file.rows:
        if lookup.keeps(row.cells):
            yield row.cells.get(lookup.column, "")


CHECK = Check(
    id="tables.tested_word_in_no_row",
    severity=Severity.ERROR,
    title="A word is tested of a table and stands in no row of it",
    finds=(
        "Words that a condition or a derived field holds against a column of a table, "
        "and that no edition of the table has."
    ),
    why="Such a rule never fires, or always does.",
    wrong="""\
requires: NOT contains(finding_events, 'opened')
""",
    right="""\
requires: NOT contains(finding_events, 'open')
""",
    step=(
        "Write the word as the table has it; where it may come with a later edition, "
        "list it in tables/tables.yaml under `expected`."
    ),
    look=tested_values_occur,
)
