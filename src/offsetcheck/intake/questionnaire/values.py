"""The text of an answer to the value of its field: the words of a list in any language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.normalise.readers import Styles, reader_for
from offsetcheck.intake.normalise.text import OneOf, Read, key, shown
from offsetcheck.intake.questionnaire.filled import FilledAnswer
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.problem import Problem, UnreadableError

TYPED = Styles(typed=True)
MOST_NAMED = 12
FORMULA_HINT = "write the answer itself"


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What an answer says: a value, several possible ones, nothing, or why it cannot be read."""

    value: Value | None = None
    possible: tuple[Value, ...] = ()
    problem: Problem | None = None


def read_answer(
    answer: FilledAnswer, dictionary: Dictionary, about: Mapping[str, str]
) -> ReadAnswer:
    """Return what the cell of an answer says of its field, or the problem at that cell.

    `about` is what the form says of itself: its words for yes, no and none.
    """
    field = dictionary.candidate.get(answer.field)
    if field is None or not field.is_input:
        return _unknown_field(answer, dictionary)
    try:
        read = _read(answer, field, about)
    except UnreadableError as why:
        return ReadAnswer(problem=_unread(answer, field, why, about))
    if isinstance(read, OneOf):
        lost = read.lost
        problem = None if lost is None else _unread(answer, field, lost, about)
        return ReadAnswer(possible=read.values, problem=problem)
    return ReadAnswer(read)


def _read(answer: FilledAnswer, field: Field, about: Mapping[str, str]) -> Read:
    cell = answer.answer
    if cell.spoilt is not None:
        raise UnreadableError(cell.spoilt, FORMULA_HINT)
    text = cell.text
    if not text.strip():
        return None
    if field.type is FieldType.BOOLEAN:
        said = {key(about.get("yes", "")): "yes", key(about.get("no", "")): "no"}
        return reader_for(field, TYPED)(_first(text, reader_for(field, TYPED), said))
    if field.type is FieldType.CODES:
        said = {key(about.get("none", "")): "none"}
        return _codes(text, field, said)
    if field.type is FieldType.CODE:
        found = label_codes(field).get(key(text))
        return found if found is not None else reader_for(field, TYPED)(text)
    if field.type is FieldType.INTEGERS and key(text) == key(about.get("none", "")):
        return ()
    return reader_for(field, TYPED)(text)


def _first(text: str, read: Callable[[str], Read], said: Mapping[str, str]) -> str:
    """Return a text that can be read, or what the form's own language says by it."""
    try:
        read(text)
    except UnreadableError:
        return said.get(key(text), text)
    return text


def _codes(text: str, field: Field, said: Mapping[str, str]) -> Read:
    """Return several words of a list, each as its label stands in the list of the form."""
    labels = label_codes(field)
    if key(text) in said and key(text) not in labels:
        return ()
    words = [word.strip() for word in text.replace("\n", ";").split(";") if word.strip()]
    if words and all(key(word) in labels for word in words):
        return tuple(dict.fromkeys(labels[key(word)] for word in words))
    return reader_for(field, TYPED)(text)


@cache
def _labels(field_name: str, titles: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    del field_name
    found: dict[str, str] = {}
    doubled: set[str] = set()
    for code, words in titles:
        for word in words:
            label = key(word)
            if found.setdefault(label, code) != code:
                doubled.add(label)
            found[key(f"{word} ({code})")] = code
    return {label: code for label, code in found.items() if label not in doubled}


def label_codes(field: Field) -> Mapping[str, str]:
    """Return the codes of a field by the words of its list, in every language.

    Words that mean two codes, in two languages, mean neither.
    """
    titles = tuple((code, tuple(field.codes[code].title.values())) for code in field.narrow)
    return _labels(field.name, titles)


def _unknown_field(answer: FilledAnswer, dictionary: Dictionary) -> ReadAnswer:
    if not answer.answer.text.strip():
        return ReadAnswer()
    near = did_you_mean(answer.field, dictionary.candidate)
    hint = near or "the hidden first cell of the row was changed; take the form as it was sent"
    reason = f"the row bears the mark {shown(answer.field)}, which is none of a question"
    return ReadAnswer(problem=_at(answer, reason, hint))


def _unread(
    answer: FilledAnswer, field: Field, why: UnreadableError, about: Mapping[str, str]
) -> Problem:
    """Return why a cell cannot be read; of a list's words those of the form's own language."""
    if not field.codes or answer.answer.spoilt is not None:
        return _at(answer, why.reason, why.hint)
    language = about.get("language", "")
    titles = [field.codes[code].title for code in field.narrow]
    labels = [title.get(language) or title["en"] for title in titles]
    more = "; …" if len(labels) > MOST_NAMED else ""
    listed = f"the list has: {'; '.join(labels[:MOST_NAMED])}{more}"
    near = did_you_mean(answer.answer.text, labels)
    return _at(answer, f"{shown(answer.answer.text)} is no word of the list", near or listed)


def _at(answer: FilledAnswer, reason: str, hint: str | None) -> Problem:
    """Return a problem at the cell of an answer, with its question."""
    cell = answer.answer
    message = f"{cell.name}, {shown(answer.question)}: {reason}"
    return Problem(message, cell.place, hint)
