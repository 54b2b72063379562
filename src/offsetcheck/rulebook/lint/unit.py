"""The units that a rule folder may write, and which unit a part of an expression has."""

from collections.abc import Iterator

from offsetcheck.rulebook.expression.nodes import Constant, Derived, FieldRef, Lookup, Node
from offsetcheck.rulebook.fields.names import field_named
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.dictionary import Field, Subject
from offsetcheck.vocabulary.forms.document import Steps

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
            parameter = rule.file.parameters.get(name.removeprefix("$"))
            return None if parameter is None else parameter.unit
        case FieldRef() | Derived() | Lookup():
            field = field_named(rulebook.dictionary, node.name)
            return None if field is None else field.unit
        case _:
            return None


def fields(rulebook: Rulebook) -> Iterator[tuple[str, Steps, Field]]:
    """Yield each field with the file in which it stands and its key."""
    for subject in Subject:
        for name, field in rulebook.dictionary.of(subject).items():
            yield f"fields/{subject.value}.yaml", (name,), field
