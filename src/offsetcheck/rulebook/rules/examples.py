"""A rule's examples: what is given must be sayable, what is expected must be possible."""

from collections.abc import Mapping
from typing import Any

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.expression.types import read_date, type_words
from offsetcheck.rulebook.rules.model import LEVELS, Example, LoadedRule
from offsetcheck.rulebook.rules.parameters import fits
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType, Subject
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import spoken
from offsetcheck.vocabulary.problem import Place, Problem

LISTS = frozenset((FieldType.CODES, FieldType.INTEGERS))


def check_examples(
    rule: LoadedRule,
    dictionary: Dictionary,
    city_types: Mapping[str, FieldType],
    problems: Problems,
) -> None:
    """Note examples that name unknown fields, give impossible values or expect the impossible."""
    fields = example_fields(Subject(rule.file.subject), dictionary)
    names: set[str] = set()
    for index, example in enumerate(rule.file.tests):
        steps: Steps = ("tests", index)
        if example.name in names:
            problems.at_value(rule.document, (*steps, "name"), "two examples have this name")
        names.add(example.name)
        _check_given(rule, example, steps, fields=fields, city_types=city_types, problems=problems)
        _check_names(rule, example, steps, fields, problems)
        _check_expected(rule, example, steps, problems)


def example_fields(subject: Subject, dictionary: Dictionary) -> dict[str, Field]:
    """Return what an example may give: the subject's own fields bare, the purchase's dotted."""
    own = {} if subject is Subject.PURCHASE else dict(dictionary.of(subject))
    return own | {f"purchase.{name}": field for name, field in dictionary.purchase.items()}


def _check_given(
    rule: LoadedRule,
    example: Example,
    steps: Steps,
    *,
    fields: Mapping[str, Field],
    city_types: Mapping[str, FieldType],
    problems: Problems,
) -> None:
    for name, value in example.given.items():
        where = (*steps, "given", name)
        city = name.removeprefix("city.") if name.startswith("city.") else None
        if city in city_types:
            continue
        if name not in fields:
            hint = did_you_mean(name, fields)
            problems.at_key(rule.document, where, f"there is no field `{name}`", hint)
            continue
        problems.note(check_value(value, fields[name], rule.document.value_place(where)))


def check_value(value: Any, field: Field, place: Place) -> Problem | None:
    """Return why a value of a file cannot be one of the field's, None where it can."""
    if value is None:
        return Problem("nothing is given here", place, "leave the field out where it is not stated")
    read = given_value(value, field.type)
    if read is None:
        return Problem(f"`{field.name}` is {type_words(field.type)}, not {spoken(value)}", place)
    for item in read if isinstance(read, tuple) else (read,):
        if field.codes and isinstance(item, str) and item not in field.codes:
            message = f"`{item}` is not a code of `{field.name}`"
            return Problem(message, place, did_you_mean(item, field.codes))
    return None


def given_value(value: Any, kind: FieldType) -> Value | None:
    """Return a value of a file as a value of a type, None where it is none."""
    if kind is FieldType.DATE:
        return read_date(value)
    if isinstance(value, dict) or value is None:
        return None
    read: Value = tuple(value) if isinstance(value, list) else value
    if isinstance(read, tuple) and not all(isinstance(item, str | int) for item in read):
        return None
    if kind is FieldType.CODES and read and not isinstance(read, tuple):
        return None
    return read if fits(read, kind) else None


def _check_names(
    rule: LoadedRule,
    example: Example,
    steps: Steps,
    fields: Mapping[str, Field],
    problems: Problems,
) -> None:
    for index, name in enumerate(example.missing or ()):
        if not _may_be_missing(name, rule, fields):
            hint = did_you_mean(name, (known for known in fields if fields[known].is_input))
            where = (*steps, "missing", index)
            problems.at_value(rule.document, where, f"there is no input field `{name}`", hint)
    for name in example.evidence:
        if name not in example.given:
            where = (*steps, "evidence", name)
            problems.at_key(rule.document, where, f"`{name}` is graded but not given")


def _may_be_missing(name: str, rule: LoadedRule, fields: Mapping[str, Field]) -> bool:
    if name.startswith("$"):
        return name.removeprefix(f"${rule.file.id}.") in rule.file.parameters
    return name in fields and (fields[name].is_input or name in rule.names)


def _check_expected(rule: LoadedRule, example: Example, steps: Steps, problems: Problems) -> None:
    scale = rule.file.is_scale
    where = (*steps, "expect")
    if scale and example.expect in {"pass", "fail"}:
        problems.at_value(
            rule.document, where, "a scale gives a level, `unknown` or `not_applicable`"
        )
    if not scale and example.expect in LEVELS:
        problems.at_value(rule.document, where, "a requirement gives `pass` or `fail`, no level")
    if (
        scale
        and example.expect in LEVELS
        and example.expect not in (*(rule.file.levels or {}), "1")
    ):
        problems.at_value(rule.document, where, f"the scale has no level {example.expect}")
    if example.missing is not None and example.expect not in {"unknown", *LEVELS}:
        steps_missing = (*steps, "missing")
        problems.at_key(rule.document, steps_missing, "only an unknown outcome misses fields")
