"""durable-rules on raw facts: a rule for each rail over the messages of one row."""

from collections.abc import Mapping

from peer_rails import All, Any, Field, Holds, Known, Rail, Test, Value

SPELLED = {"<>": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}
FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
# No row says this field: a condition of it holds for none.
NOWHERE = {"$ex": {"nowhere": 1}}


def durable_form(rail: Rail, names: Mapping[str, str]) -> dict[str, object]:
    """Return a rail as an expression of one message. Raises TypeError where there is none."""
    match rail:
        case All(items) | Any(items):
            said = [durable_form(item, names) for item in items]
            word = "$and" if isinstance(rail, All) else "$or"
            if not said:
                return {"$ex": {"one": 1}} if isinstance(rail, All) else NOWHERE
            return said[0] if len(said) == 1 else {word: said}
        case Known(name):
            return {"$ex": {names[name]: 1}}
        case Holds(name, true):
            return {names[name]: true}
        case Test(operator, Field(name), Value(value)):
            return _compared(operator, names[name], value)
        case Test(operator, Value(value), Field(name)):
            return _compared(FLIPPED.get(operator, operator), names[name], value)
    raise TypeError("a list, arithmetic or two fields")


def _compared(operator: str, name: str, value: object) -> dict[str, object]:
    return {name: value} if operator == "=" else {SPELLED[operator]: {name: value}}
