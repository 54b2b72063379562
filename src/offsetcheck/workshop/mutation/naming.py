"""Names for examples, as an expert would write them: what is another in the case, what follows."""

from typing import Any

from offsetcheck.rulebook.expression.of_rule import APPLIES_WHEN
from offsetcheck.rulebook.rulebook import LoadedRule
from offsetcheck.rulebook.rules.examples import example_fields
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType, Subject
from offsetcheck.workshop.mutation.cases import Case
from offsetcheck.workshop.mutation.mutant import Kind, Mutant

WHO_SAYS = {
    "E1": "what a record of a registry or court says",
    "E2": "what an accredited verifier or a public body says",
    "E3": "what an independent third party says",
    "E4": "the seller's own word",
}
CAME = {
    "pass": "met",
    "fail": "not met",
    "not_applicable": "not asked",
    "unknown": "open",
}
MOST_SAID = 3
COUNTED = frozenset({"year", "day", "month"})
SILENT = frozenset({"share", "calendar year"})


def name_of(case: Case, came: str, mutant: Mutant, rule: LoadedRule, dictionary: Dictionary) -> str:
    """Return a name for a case that came out so, which tells a mistake."""
    fields = example_fields(Subject(rule.file.subject), dictionary)
    about = case.answers or (_decisive(case, rule) if case.is_dated else ())
    said = [_answer(name, case.given.get(name), fields.get(name)) for name in about]
    said += [f"on {_day(case)}"] if case.is_dated else []
    asked_too = mutant.kind in {Kind.LIST_ENTRY, Kind.OPTION} and _is_of_scope(mutant, rule)
    follows = "asked too" if asked_too and came != "not_applicable" else _follows(came)
    if case.graded:
        counts = "does not count" if came == "unknown" else "counts"
        graded = (_title(name, fields[name]) for name in case.graded)
        said = [" and ".join(graded), *said]
        return f"{WHO_SAYS[case.evidence[case.graded[0]]]} {counts}: {', '.join(said)}"
    return f"{', '.join(said[:MOST_SAID]) or 'as it is'} ({follows})"


def name_at_limit(case: Case, came: str, rule: LoadedRule, dictionary: Dictionary) -> str:
    """Return a name for a case at a limit of a rule that came out so."""
    fields = example_fields(Subject(rule.file.subject), dictionary)
    said = [_answer(name, case.given.get(name), fields.get(name)) for name in case.answers]
    return f"{', '.join(said)} ({_follows(came)})"


def _decisive(case: Case, rule: LoadedRule) -> tuple[str, ...]:
    """Return the fields of a case that the conditions of its rule name."""
    text = " ".join(condition for _, condition in rule.file.conditions)
    named = tuple(name for name in case.given if name in text)
    return named[:2] or tuple(case.given)[:2]


def _is_of_scope(mutant: Mutant, rule: LoadedRule) -> bool:
    """Whether a mistake lies in when a rule applies, or in a list that only this reads."""
    if mutant.part == APPLIES_WHEN:
        return True
    parameter = mutant.part.removeprefix("parameters.")
    conditions = (text for _, text in rule.file.conditions)
    scope = rule.file.applies_when or ""
    return f"${parameter}" in scope and not any(f"${parameter}" in text for text in conditions)


def _follows(came: str) -> str:
    return CAME.get(came) or f"level {came}"


def _day(case: Case) -> str:
    return f"{case.as_of:%-d %B %Y}" if case.as_of else "the day"


def _answer(name: str, value: Any, field: Field | None) -> str:
    if field is None:
        return f"{name}: {value}"
    title = _title(name, field)
    if value is None:
        return f"{title}: not stated"
    if value is True or value is False:
        return f"{title}: {'yes' if value else 'no'}"
    if isinstance(value, list) and not value:
        return f"{title}: none"
    if isinstance(value, list) and len(value) > MOST_SAID:
        return f"{title}: any of {len(value)} on the list"
    shown = [_word(one, field) for one in (value if isinstance(value, list) else [value])]
    several = " or " if field.type is FieldType.CODE else " and "
    return f"{title}: {several.join(shown)}{_unit(value, field)}"


def _unit(value: Any, field: Field) -> str:
    if not field.unit or field.unit in SILENT or isinstance(value, list):
        return ""
    return f" {field.unit}s" if field.unit in COUNTED and value != 1 else f" {field.unit}"


def _word(value: Any, field: Field) -> str:
    code = field.codes.get(value) if isinstance(value, str) else None
    if code is not None and value.isupper():  # a name: of a programme, a unit, a method
        return code.title.get("en", str(value))
    return _small(code.title.get("en", str(value))) if code is not None else str(value)


def _title(name: str, field: Field) -> str:
    return _small(field.title.get("en", name))


def _small(title: str) -> str:
    """Return a title as it stands within a sentence; a name keeps its capital."""
    words = title.split()
    is_name = title[1:2].isupper() or any(word[:1].isupper() for word in words[1:])
    return title if is_name else title[:1].lower() + title[1:]
