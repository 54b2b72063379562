"""One rule file: its expressions read and typed, its keys checked against its effect."""

from collections.abc import Mapping

from pydantic import ValidationError

from offsetcheck.rulebook.expression.in_file import FileExpressions
from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.of_rule import (
    APPLIES_WHEN,
    LEVELS,
    REQUIRES,
    conditions_of,
    written,
)
from offsetcheck.rulebook.fields.values import fits
from offsetcheck.rulebook.rules.model import LoadedRule, Parameter, RuleFile
from offsetcheck.rulebook.rules.parameters import parameter_type
from offsetcheck.vocabulary.dictionary import FieldType, Subject
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import NAME


def read_rule(
    path: str, document: Document, names: Mapping[Subject, Names], problems: Problems
) -> LoadedRule | None:
    """Return the rule of a file, None where its shape is wrong; every mistake is noted."""
    rule = build(RuleFile, document.data, document, problems)
    if rule is None:
        _read_what_can_be(document, names, problems)
        return None
    _check_id(rule, path, document, problems)
    types = _parameter_types(rule, document, problems)
    known = names[Subject(rule.subject)].with_parameters(
        Name(f"${name}", kind) for name, kind in types.items()
    )
    read = FileExpressions(known, document, problems)
    read.conditions(rule.expressions())
    _check_closed(rule, read.closed, document, problems)
    return LoadedRule(rule, document, read.trees, types, frozenset(read.names), read.closed)


def _read_what_can_be(
    document: Document, names: Mapping[Subject, Names], problems: Problems
) -> None:
    """Report the problems of expressions also where the shape of the file is wrong."""
    data = document.data if isinstance(document.data, dict) else {}
    parameters = _sound_parameters(data.get("parameters", {}))
    if parameters is None or data.get("subject") not in tuple(Subject):
        return
    types = {name: parameter_type(parameter) for name, parameter in parameters.items()}
    known = names[Subject(data["subject"])].with_parameters(
        Name(f"${name}", kind) for name, kind in types.items() if kind is not None
    )
    read = FileExpressions(known, document, problems)
    levels = data.get(LEVELS)
    conditions = conditions_of(data.get(REQUIRES), levels if isinstance(levels, dict) else {})
    read.conditions(written(data.get(APPLIES_WHEN), conditions))


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
        kind = parameter_type(parameter)
        if kind is None:
            message = f"the values of `{name}` are of different kinds"
            problems.at_key(document, steps, message, "write its `type:`, or mend the values")
            continue
        types[name] = kind
        for day, entry in parameter.values.items():
            if not fits(entry.value, kind):
                where = (*steps, "values", day.isoformat(), "value")
                problems.at_value(document, where, f"this value is not of type {kind.value}")
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
