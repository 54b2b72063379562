"""json-logic: trees of JSON, interpreted for each row."""

from collections.abc import Mapping

from peer_rails import (
    All,
    Any,
    Count,
    Field,
    Has,
    Holds,
    Known,
    Operation,
    Rail,
    Size,
    Term,
    Test,
    Value,
)

Logic = dict[str, object]
SPELLED = {"=": "===", "<>": "!=="}


def json_logic_form(rail: Rail, names: Mapping[str, str]) -> object:
    """Return a rail as JSON; a list that is counted is reduced to a number."""
    match rail:
        case All(items):
            return {"and": [json_logic_form(item, names) for item in items]} if items else True
        case Any(items):
            return {"or": [json_logic_form(item, names) for item in items]} if items else False
        case Known(name):
            return {"!==": [{"var": names[name]}, None]}
        case Holds(name, true):
            return {"===": [{"var": names[name]}, true]}
        case Has(name, value, true):
            has = {"in": [value, {"var": names[name]}]}
            return has if true else {"!": [has]}
        case Test(operator, left, right):
            said = SPELLED.get(operator, operator)
            return {said: [_term(left, names), _term(right, names)]}


def _term(term: Term, names: Mapping[str, str]) -> object:
    match term:
        case Field(name):
            return {"var": names[name]}
        case Value(value):
            return value
        case Operation(operator, left, right):
            return {operator: [_term(left, names), _term(right, names)]}
        case Size(name):
            return _summed(names[name], 1)
        case Count(name, among):
            one = {"if": [{"in": [{"var": "current"}, list(among)]}, 1, 0]}
            return _summed(names[name], one)


def _summed(name: str, one: object) -> Logic:
    step = {"+": [{"var": "accumulator"}, one]}
    return {"reduce": [{"var": name}, step, 0]}
