"""What an expression may speak of: fields, parameters, values of the city, and the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.expression.nodes import Constant, FieldRef, Node
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType, Subject


@dataclass(frozen=True, slots=True)
class Name:
    """One name: what it becomes, its type, its closed list of codes if it has one.

    `field` is None for parameters, city values and the day, which become constants. `broad` are
    words of the list that no value is ever: they cover several codes.
    """

    text: str
    type: FieldType
    field: str | None = None
    codes: frozenset[str] | None = None
    broad: frozenset[str] = frozenset()

    def node(self, at: int) -> Node:
        """Return the unbound node of this name."""
        if self.field is not None:
            return FieldRef(self.field, self.type, at)
        return Constant(None, self.type, self.text, at=at)

    def refusal(self, word: str) -> tuple[str, str | None]:
        """Return why a word that is none of the codes cannot be a value, with advice."""
        if word in self.broad:
            message = f"`{word}` covers several codes of `{self.text}`, which is never `{word}`"
            return message, "name those of them that are meant"
        return f"`{word}` is not a code of `{self.text}`", did_you_mean(word, self.codes or ())


class Names:
    """The names of one rule or one computed field."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = {name.text: name for name in names}

    def get(self, text: str) -> Name | None:
        """Return what a name stands for, None where nothing has it."""
        return self._names.get(text)

    def hint(self, text: str) -> str | None:
        """Return a "did you mean" for an unknown name, among names of its own kind."""
        shared = text.replace("$", "$shared.", 1)
        if shared in self._names:
            return f"did you mean `{shared}`?"
        alike = [name for name in self._names if name.startswith("$") == text.startswith("$")]
        return did_you_mean(text, alike)

    def with_parameters(self, parameters: Iterable[Name]) -> "Names":
        """Return these names and the parameters of one rule."""
        return Names([*self._names.values(), *parameters])


AS_OF = Name("$as_of", FieldType.DATE)


def field_names(dictionary: Dictionary, subject: Subject) -> list[Name]:
    """Return the fields that a rule of this subject reads: its own bare, the purchase's dotted."""
    bare = {} if subject is Subject.PURCHASE else dictionary.of(subject)
    own = [_name(field, field.name) for field in bare.values()]
    dotted = [_name(field, f"purchase.{field.name}") for field in dictionary.purchase.values()]
    return [AS_OF, *own, *dotted]


def city_names(types: Mapping[str, FieldType]) -> list[Name]:
    """Return the values that cities state, as `city.x`."""
    return [Name(f"city.{name}", kind) for name, kind in types.items()]


def _name(field: Field, text: str) -> Name:
    coded = field.type in {FieldType.CODE, FieldType.CODES} and bool(field.codes)
    codes = frozenset(field.narrow) if coded else None
    return Name(text, field.type, text, codes, frozenset(field.codes) - (codes or frozenset()))
