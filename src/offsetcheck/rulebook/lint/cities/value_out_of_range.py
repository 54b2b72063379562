from collections.abc import Iterator

from offsetcheck.rulebook.expression.nodes import Compare, Constant, FieldRef, Node
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.fields.names import field_named
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.layer import set_values
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.problem import Problem, Severity


def values_lie_in_the_range_of_their_field(rulebook: Rulebook) -> Iterator[Problem]:
    """Find values of layers that the field they are held against can never have."""
    beside = dict(_beside(rulebook))
    for made in set_values(rulebook):
        field = beside.get(made.full)
        if field is not None and _is_out(made.value, field):
            message = f"`{field.name}` can never be {made.value}"
            place = made.document.value_place(made.steps)
            yield Problem(message, place, f"it is {_range_words(field)}")


def _beside(rulebook: Rulebook) -> Iterator[tuple[str, Field]]:
    """Yield each parameter with the field that it is compared with, where that has a range."""
    for rule in rulebook.rules.values():
        for tree in rule.trees.values():
            for node in walk(tree):
                for one, other in _sides(node):
                    field = field_named(rulebook.dictionary, one)
                    if field is not None and field.range is not None:
                        yield f"{rule.file.id}.{other.removeprefix('$')}", field


def _sides(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the names of a field and a parameter that a comparison puts side by side."""
    if isinstance(node, Compare):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            match one, other:
                case FieldRef(name=field), Constant(name=str(name)) if name.startswith("$"):
                    yield field, name


def _is_out(value: object, field: Field) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool) or field.range is None:
        return False
    low, high = field.range
    return (low is not None and value < low) or (high is not None and value > high)


def _range_words(field: Field) -> str:
    low, high = field.range or (None, None)
    if low is None:
        return f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"{low:g} to {high:g}"


CHECK = Check(
    id="cities.value_out_of_range",
    severity=Severity.ERROR,
    title="A layer sets a limit that its field can never reach",
    finds="Values of cities and jurisdictions outside the range of their field.",
    why="The rule would refuse every offer, or none.",
    wrong="""\
parameters:
  residual.share.cap: {value: -0.1}
""",
    right="""\
parameters:
  residual.share.cap: {value: 0.1}
""",
    step="Write a value that the field can have.",
    look=values_lie_in_the_range_of_their_field,
)
