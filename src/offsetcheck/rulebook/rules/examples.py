"""A rule's examples: what is given must be sayable, what is expected must be possible."""

from collections.abc import Mapping
from functools import partial

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.fields.values import check_value
from offsetcheck.rulebook.rules.expected import check_expected_effect
from offsetcheck.rulebook.rules.model import LEVELS, Example, LoadedRule
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType, Subject
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.problems import Problems

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
            hint = "say in the name what is special of each"
            problems.at_value(rule.document, (*steps, "name"), "two examples have this name", hint)
        names.add(example.name)
        _check_given(rule, example, steps, fields=fields, city_types=city_types, problems=problems)
        _check_names(rule, example, steps, fields, problems)
        _check_expected(rule, example, steps, problems)
        check_expected_effect(rule, index, problems)


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
            message, names = f"there is no field `{name}`", f"field {name}"
            problems.at_key(rule.document, where, message, hint, names=names)
            continue
        place = partial(rule.document.value_place, where)
        problems.note(check_value(value, fields[name], place))


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
            message = f"there is no input field `{name}`"
            names = None if name in fields else f"field {name}"
            problems.at_value(rule.document, where, message, hint, names=names)
    for name in example.evidence:
        if name not in example.given:
            where = (*steps, "evidence", name)
            hint = "give it under `given:`, or leave its grade out"
            problems.at_key(rule.document, where, f"`{name}` is graded but not given", hint)


def _may_be_missing(name: str, rule: LoadedRule, fields: Mapping[str, Field]) -> bool:
    if name.startswith("$"):
        return name.removeprefix(f"${rule.file.id}.").removeprefix("$") in rule.parameters
    return name in fields and (fields[name].is_input or name in rule.names)


def _check_expected(rule: LoadedRule, example: Example, steps: Steps, problems: Problems) -> None:
    scale = rule.file.is_scale
    where = (*steps, "expect")
    if scale and example.expect in {"pass", "fail"}:
        problems.at_value(
            rule.document,
            where,
            "a scale gives a level, `unknown` or `not_applicable`",
            f"write {', '.join(rule.file.levels or {})} or one of these words",
        )
    if not scale and example.expect in LEVELS:
        message = "a requirement gives `pass` or `fail`, no level"
        problems.at_value(rule.document, where, message, "write `pass` or `fail`")
    if (
        scale
        and example.expect in LEVELS
        and example.expect not in (*(rule.file.levels or {}), "1")
        and set(rule.file.levels or ()) <= set(LEVELS)
    ):
        hint = f"its levels are {', '.join(rule.file.levels or {})}"
        problems.at_value(rule.document, where, f"the scale has no level {example.expect}", hint)
    if example.missing is not None and example.expect not in {"unknown", *LEVELS}:
        steps_missing = (*steps, "missing")
        message = "only an unknown outcome misses fields"
        problems.at_key(rule.document, steps_missing, message, "leave it out, or expect `unknown`")
