"""One rule file: its expressions read and typed, its keys checked against its effect."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from pydantic import ValidationError

from offsetcheck.rulebook.expression.in_file import FileExpressions
from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.of_rule import (
    APPLIES_WHEN,
    LEVELS,
    REQUIRES,
    Written,
    conditions_of,
    written,
)
from offsetcheck.rulebook.rules.model import LoadedRule, Parameter, RuleFile, SharedParameter
from offsetcheck.rulebook.rules.parameters import check_parameter, parameter_type
from offsetcheck.rulebook.rules.sentences import placeholders
from offsetcheck.vocabulary.dictionary import FieldType, Subject
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import NAME

PARAMETER = re.compile(r"\$[A-Za-z0-9_.]+")

Shared = Mapping[str, SharedParameter | None]
"""What rules share, by `shared.name`; None for one whose file is wrong."""


def read_rule(
    path: str,
    document: Document,
    names: Mapping[Subject, Names],
    shared: Shared,
    problems: Problems,
) -> LoadedRule | None:
    """Return the rule of a file, None where its shape is wrong; every mistake is noted."""
    rule = build(RuleFile, document.data, document, problems)
    if rule is None:
        _read_what_can_be(document, names, shared, problems)
        return None
    _check_id(rule, path, document, problems)
    types = _parameter_types(rule, document, problems)
    known = names[Subject(rule.subject)].with_parameters(_parameter_names(types, shared))
    read = FileExpressions(known, document, problems)
    read.conditions(_readable(rule.expressions(), shared))
    _check_closed(rule, read.closed, document, problems)
    names_said = read.names | _names_unread(rule, shared)
    used = _used(rule, names_said, shared)
    return LoadedRule(
        rule,
        document,
        read.trees,
        types | {name: one.type for name, one in used.items()},
        frozenset(names_said),
        read.closed,
        {name: one.parameter for name, one in used.items()},
    )


def _parameter_names(types: Mapping[str, FieldType], shared: Shared) -> Iterator[Name]:
    """Yield the parameters that an expression may name: the rule's own, and those shared."""
    yield from (Name(f"${name}", kind) for name, kind in types.items())
    yield from (Name(f"${name}", one.type) for name, one in shared.items() if one is not None)


def _used(rule: RuleFile, said: AbstractSet[str], shared: Shared) -> dict[str, SharedParameter]:
    """Return those of the shared parameters that a rule's conditions or sentences name."""
    names = said | {name for _, _, name in placeholders(rule)}
    return {name: one for name, one in shared.items() if one is not None and f"${name}" in names}


def _readable(expressions: Iterable[Written], shared: Shared) -> Iterator[Written]:
    """Yield the expressions that name no parameter of a file that is wrong: that is told there."""
    broken = {f"${name}" for name, one in shared.items() if one is None}
    yield from (one for one in expressions if not broken & _parameters_in(one.text))


def _names_unread(rule: RuleFile, shared: Shared) -> set[str]:
    """Return the parameters in expressions that were not read: they are used all the same."""
    read = set(_readable(rule.expressions(), shared))
    unread = (one for one in rule.expressions() if one not in read)
    return {name for one in unread for name in _parameters_in(one.text)}


def _parameters_in(text: str) -> set[str]:
    return set(PARAMETER.findall(text))


def _read_what_can_be(
    document: Document, names: Mapping[Subject, Names], shared: Shared, problems: Problems
) -> None:
    """Report the problems of expressions also where the shape of the file is wrong."""
    data = document.data if isinstance(document.data, dict) else {}
    parameters = _sound_parameters(data.get("parameters", {}))
    if parameters is None or data.get("subject") not in tuple(Subject):
        return
    types = {name: parameter_type(parameter) for name, parameter in parameters.items()}
    sound = {name: kind for name, kind in types.items() if kind is not None}
    known = names[Subject(data["subject"])].with_parameters(_parameter_names(sound, shared))
    read = FileExpressions(known, document, problems)
    levels = data.get(LEVELS)
    conditions = conditions_of(data.get(REQUIRES), levels if isinstance(levels, dict) else {})
    read.conditions(_readable(written(data.get(APPLIES_WHEN), conditions), shared))


def _sound_parameters(data: object) -> dict[str, Parameter] | None:
    """Return the parameters of a file as written, None where one of them is wrong."""
    try:
        return {
            str(name): Parameter.model_validate(entry)
            for name, entry in (data.items() if isinstance(data, dict) else ())
        }
    except ValidationError:
        return None


def rule_id(path: str) -> str:
    """Return the id of the rule in a file: its path, with dots."""
    return path.removesuffix(".yaml").replace("/", ".")


def _check_id(rule: RuleFile, path: str, document: Document, problems: Problems) -> None:
    expected = rule_id(path)
    if rule.id != expected:
        problems.at_value(
            document, ("id",), f"`{rule.id}` is not the path of the file", f"write `{expected}`"
        )
    elif not all(NAME.fullmatch(part) for part in expected.split(".")):
        hint = "use small letters, digits and underscores"
        problems.at_value(document, ("id",), "the path cannot be the id of a rule", hint)


def _parameter_types(
    rule: RuleFile, document: Document, problems: Problems
) -> dict[str, FieldType]:
    types = {}
    for name, parameter in rule.parameters.items():
        steps: Steps = ("parameters", name)
        if not NAME.fullmatch(name):
            problems.at_key(document, steps, f"`{name}` cannot be the name of a parameter")
        kind = check_parameter(name, parameter, document, steps, problems)
        if kind is not None:
            types[name] = kind
    return types


def _check_closed(
    rule: RuleFile, closed: Mapping[str, Name], document: Document, problems: Problems
) -> None:
    """Check that each value of a parameter is a code of the field that it stands beside."""
    for name, parameter in rule.parameters.items():
        beside = closed.get(f"${name}")
        if beside is None:
            continue
        for day, entry in parameter.values.items():
            steps = ("parameters", name, "values", day.isoformat(), "value")
            check_codes(entry.value, beside, document, steps, problems)


def check_codes(
    value: object, beside: Name, document: Document, steps: Steps, problems: Problems
) -> None:
    """Note each text of a value that is not a code of the field beside it."""
    listed = isinstance(value, tuple)
    for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
        if isinstance(item, str) and item not in (beside.codes or ()):
            where = (*steps, index) if listed else steps
            message, hint = beside.refusal(item)
            problems.at_value(document, where, message, hint)
