"""The units that a rule folder may write, and which unit a part of an expression has."""

from collections.abc import Iterator

from offsetcheck.rulebook.expression.nodes import Constant, Derived, FieldRef, Lookup, Node
from offsetcheck.rulebook.fields.names import field_named
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.model import Parameter, full_name
from offsetcheck.vocabulary.dictionary import Field, Subject
from offsetcheck.vocabulary.forms.document import Document, Steps

KNOWN = (
    "calendar year",
    "day",
    "full-time jobs",
    "km",
    "month",
    "MW",
    "percent",
    "points",
    "share",
    "tCO2e",
    "tCO2e/year",
    "year",
)
PER_TONNE = "per tonne"  # a price: in the currency that is stated beside it
LETTERS_OF_A_CURRENCY = 3


def is_known(unit: str) -> bool:
    """Whether reports and importers know a unit; a currency by its ISO code is one."""
    currency = len(unit) == LETTERS_OF_A_CURRENCY and unit.isupper()
    return unit in KNOWN or unit.startswith(PER_TONNE) or currency


def unit_of(rulebook: Rulebook, rule: LoadedRule, node: Node) -> str | None:
    """Return the unit of a field or parameter as a rule reads it, None where it has none."""
    match node:
        case Constant(name=str(name)) if name.startswith("$"):
            parameter = rule.parameters.get(name.removeprefix("$"))
            return None if parameter is None else _known(parameter.unit)
        case FieldRef() | Derived() | Lookup():
            field = field_named(rulebook.dictionary, node.name)
            return None if field is None else _known(field.unit)
        case _:
            return None


def _known(unit: str | None) -> str | None:
    """Return a unit; of one that nobody knows it is told where it stands that it is unknown."""
    return unit if unit is not None and is_known(unit) else None


def parameters(rulebook: Rulebook) -> Iterator[tuple[str, Parameter, Document, Steps]]:
    """Yield each parameter with its full name and where it stands: of rules, then shared ones."""
    for rule in rulebook.rules.values():
        for name, parameter in rule.file.parameters.items():
            yield full_name(rule.file.id, name), parameter, rule.document, ("parameters", name)
    for name, one in rulebook.shared.items():
        yield name, one.parameter, one.document, ()


def fields(rulebook: Rulebook) -> Iterator[tuple[str, Steps, Field]]:
    """Yield each field with the file in which it stands and its key."""
    for subject in Subject:
        for name, field in rulebook.dictionary.of(subject).items():
            yield f"fields/{subject.value}.yaml", (name,), field
