"""Statements to try a rule on, as `monitoring_years=39` or `monitoring_years=39@E4`."""

import re
from collections.abc import Collection, Iterable, Mapping

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.normalise.readers import UNTOLD, reader_for
from offsetcheck.intake.normalise.text import OneOf
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value, with_values
from offsetcheck.vocabulary.problem import Place, Problem, RequestError, UnreadableError

FORM = re.compile(r"(?P<field>[^=]+)=(?P<value>.*?)(?:@(?P<grade>[Ee][0-4]))?", re.DOTALL)
EXAMPLE = "write `--set monitoring_years=39`"
GRADED = "write `--evidence monitoring_years=E4`"
CITY = "city."
OF_CITY = "what a city states is its own: name one with `--city`"
WORDS = {"yes": True, "no": False}


def read_statements(
    texts: Iterable[str], graded: Iterable[str], fields: Mapping[str, Field]
) -> dict[str, Fact]:
    """Return the facts of some statements by field, on evidence E1 unless they say otherwise.

    `fields` are those that may be stated, by the name under which rules read them; a computed
    field may be stated too, and is then not computed. Codes are written as in rule files or as in
    lists, several of them with `/` or `,` between. Raises RequestError with every text that is
    wrong.
    """
    problems: list[Problem] = []
    facts: dict[str, Fact] = {}
    for text in texts:
        try:
            name, fact = _statement(text, fields, facts)
            facts[name] = fact
        except UnreadableError as why:
            problems.append(Problem(why.reason, Place("set"), why.hint))
    for text in graded:
        try:
            name, grade = _grade(text, facts, any_wrong=bool(problems))
        except UnreadableError as why:
            problems.append(Problem(why.reason, Place("evidence"), why.hint))
        else:
            if name in facts:
                facts[name] = with_grade(facts[name], grade)
    if problems:
        raise RequestError(problems)
    return facts


def with_grade(fact: Fact, grade: EvidenceGrade) -> Fact:
    """Return a fact on other evidence."""
    values = fact.possible or ((fact.value,) if fact.value is not None else ())
    return with_values(Fact(grade=grade), values)


def _statement(text: str, fields: Mapping[str, Field], taken: Collection[str]) -> tuple[str, Fact]:
    parts = FORM.fullmatch(text)
    if parts is None:
        raise UnreadableError(f"“{text}” states nothing", EXAMPLE)
    name, written = parts["field"].strip(), parts["value"].strip()
    if name not in fields:
        hint = OF_CITY if name.startswith(CITY) else did_you_mean(name, fields) or EXAMPLE
        raise UnreadableError(f"there is no field `{name}` that this rule could read", hint)
    if name in taken:
        raise UnreadableError(f"`{name}` is stated twice", "leave one of them out")
    grade = EvidenceGrade[(parts["grade"] or "E1").upper()]
    return name, with_values(Fact(grade=grade), _values(name, written, fields[name]))


def _values(name: str, text: str, field: Field) -> tuple[Value, ...]:
    """Return the values of which a text states one; none where it is blank."""
    if not text:
        return ()
    if field.type is FieldType.BOOLEAN and text.casefold() in WORDS:
        return (WORDS[text.casefold()],)
    if field.type is FieldType.CODES and text in {"[]", "none"} and "none" not in field.codes:
        return ((),)
    if text in field.codes:
        return _narrow((text,), field)
    read = reader_for(field, UNTOLD)(text)
    if isinstance(read, OneOf) and read.values:
        return read.values
    if read is None or isinstance(read, OneOf):
        raise UnreadableError(f"“{text}” is no value of `{name}`", "leave it blank for none")
    return (read,)


def _narrow(words: Iterable[str], field: Field) -> tuple[Value, ...]:
    """Return the codes that words of a field stand for; of a list, one list of them."""
    codes = tuple(code for word in words for code in field.stands_for(word))
    return (codes,) if field.type is FieldType.CODES else codes


def _grade(text: str, facts: Mapping[str, Fact], *, any_wrong: bool) -> tuple[str, EvidenceGrade]:
    name, sign, grade = (part.strip() for part in text.partition("="))
    if not sign or grade.upper() not in EvidenceGrade.__members__:
        raise UnreadableError(f"“{text}” names no grade of evidence", GRADED)
    if name not in facts and not any_wrong:
        raise UnreadableError(f"`{name}` is graded and not stated", f"add `--set {name}=…`")
    return name, EvidenceGrade[grade.upper()]
