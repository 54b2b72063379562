"""The data dictionary from its files: the fields of each subject, documents and headings."""

from collections.abc import Mapping
from typing import Any

from offsetcheck.ground.circles import circle
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.fields.headings import read_headings
from offsetcheck.vocabulary.dictionary import (
    EVERY,
    Dictionary,
    DocumentKind,
    Field,
    FieldType,
    Subject,
)
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import build, mapping_in
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import NAME

REQUIRED: Mapping[str, frozenset[FieldType]] = {
    "id": frozenset((FieldType.TEXT,)),
    "name": frozenset((FieldType.TEXT,)),
    "programme": frozenset((FieldType.CODE,)),
    "country": frozenset((FieldType.TEXT, FieldType.CODE)),
    "vintage": frozenset((FieldType.INTEGER,)),
    "tonnes": frozenset((FieldType.NUMBER,)),
    "price": frozenset((FieldType.NUMBER,)),
}
OWN_KEYS = ("name", "subject")


def read_dictionary(documents: Mapping[str, Document], problems: Problems) -> Dictionary:
    """Return the dictionary of the files that could be read; every mistake is noted."""
    fields = {
        subject: _fields(documents.get(subject.value), subject, problems) for subject in Subject
    }
    kinds = _kinds(documents.get("documents"), problems)
    dictionary = Dictionary(
        candidate=fields[Subject.CANDIDATE],
        purchase=fields[Subject.PURCHASE],
        portfolio=fields[Subject.PORTFOLIO],
        documents=kinds,
        headings=read_headings(documents, fields[Subject.CANDIDATE], problems),
    )
    for subject in Subject:
        document = documents.get(subject.value)
        if document is not None:
            _check(dictionary, subject, document, problems)
    _check_required(dictionary, documents, problems)
    return dictionary


def _fields(document: Document | None, subject: Subject, problems: Problems) -> dict[str, Field]:
    """Return the fields of one file; one that is wrong is left out and noted."""
    if document is None:
        return {}
    read = {
        name: _field(document, name, subject, problems) for name in mapping_in(document, problems)
    }
    return {name: field for name, field in read.items() if field is not None}


def _field(document: Document, name: str, subject: Subject, problems: Problems) -> Field | None:
    data = document.data[name]
    if not NAME.fullmatch(name):
        hint = "use small letters, digits and underscores"
        problems.at_key(document, (name,), f"`{name}` cannot be the name of a field", hint)
        return None
    for key in OWN_KEYS:
        if isinstance(data, dict) and key in data:
            problems.at_key(document, (name, key), f"`{key}` is not a key that can stand here")
            return None
    owned = {**data, "name": name, "subject": subject} if isinstance(data, dict) else data
    return build(Field, owned, document, problems, (name,))


def _kinds(document: Document | None, problems: Problems) -> dict[str, DocumentKind]:
    if document is None:
        return {}
    kinds = {}
    for name, data in mapping_in(document, problems).items():
        graded = _graded(data, document, name, problems)
        kind = build(DocumentKind, graded, document, problems, (name,)) if graded else None
        if kind is not None:
            kinds[name] = kind
    return kinds


def _graded(data: Any, document: Document, name: str, problems: Problems) -> Any:
    """Turn the grade's word into its rank, which the vocabulary holds."""
    ranks = {"E1": 1, "E2": 2, "E3": 3, "E4": 4, "E0": 5}
    if not isinstance(data, dict):
        problems.at_value(
            document, (name,), "a mapping is needed here", "write `title` and `ceiling`"
        )
        return None
    word = data.get("ceiling")
    if "ceiling" in data and word not in ranks:
        problems.at_value(
            document,
            (name, "ceiling"),
            "this is not an evidence grade",
            "write E1, E2, E3, E4 or E0",
        )
        return None
    return {**data, "id": name, **({"ceiling": ranks[word]} if word in ranks else {})}


def _check(
    dictionary: Dictionary, subject: Subject, document: Document, problems: Problems
) -> None:
    for name, field in dictionary.of(subject).items():
        _check_words(field, document, problems)
        _check_codes(field, document, problems)
        _check_broad_codes(field, document, problems)
        _check_documents(field, dictionary, document, problems)
        if field.derive is not None and field.lookup is not None:
            message = "a field is derived or looked up, not both"
            problems.at_key(document, (name, "lookup"), message)


def _check_words(field: Field, document: Document, problems: Problems) -> None:
    for key, words in (("title", field.title), ("question", field.question)):
        if words and "en" not in words:
            problems.at_value(
                document, (field.name, key), "the English text is missing", "add `en: …`"
            )
    if field.range is not None:
        low, high = field.range
        if low is not None and high is not None and low > high:
            hint = "write the lowest number first"
            problems.at_value(
                document, (field.name, "range"), "the range ends before it begins", hint
            )


def _check_codes(field: Field, document: Document, problems: Problems) -> None:
    coded = field.type in {FieldType.CODE, FieldType.CODES}
    if coded and not field.codes:
        hint = "list them under `codes:`, or make it a text"
        problems.at_key(document, (field.name,), f"`{field.name}` has no codes", hint)
    if not coded and field.codes:
        problems.at_key(document, (field.name, "codes"), "only a code field has codes")
    if field.beside and field.type is not FieldType.CODE:
        message = "only a field of one code has words beside it"
        problems.at_key(document, (field.name, "beside"), message)
    for code, entry in field.codes.items():
        if "en" not in entry.title:
            place = (field.name, "codes", code, "title")
            problems.at_value(document, place, "the English text is missing", "add `en: …`")


def _check_broad_codes(field: Field, document: Document, problems: Problems) -> None:
    """Check what broad words cover: known words of a field of one code, and never themselves."""
    broad = {code: entry.covers for code, entry in field.codes.items() if entry.covers}
    for code, covers in broad.items():
        steps = (field.name, "codes", code, "covers")
        if field.type is not FieldType.CODE:
            message = "only a word of a field of one code can cover others"
            problems.at_key(document, steps, message)
        for index, word in enumerate(covers):
            if word != EVERY and word not in field.codes:
                hint = did_you_mean(word, field.codes)
                message = f"`{word}` is not a code of `{field.name}`"
                problems.at_value(document, (*steps, index), message, hint)
    found = circle(broad)
    if found is not None:
        message = f"these words cover each other: {', '.join(found)}"
        problems.at_key(document, (field.name, "codes", found[0], "covers"), message)


def _check_documents(
    field: Field, dictionary: Dictionary, document: Document, problems: Problems
) -> None:
    if not dictionary.documents:
        return
    for index, kind in enumerate(field.documents):
        if kind not in dictionary.documents:
            hint = did_you_mean(kind, dictionary.documents)
            path = (field.name, "documents", index)
            message, names = f"there is no kind of document `{kind}`", f"document {kind}"
            problems.at_value(document, path, message, hint, names=names)


def _check_required(
    dictionary: Dictionary, documents: Mapping[str, Document], problems: Problems
) -> None:
    """Check the few fields that code itself names."""
    document = documents.get("candidate")
    if document is None or not isinstance(document.data, dict):
        return
    for name, types in REQUIRED.items():
        field = dictionary.candidate.get(name)
        if name not in document.data:
            message, hint = f"the field `{name}` is missing", "every dictionary needs it"
            names = f"field {name}"
            problems.at_value(document, (), message, hint, check="field.unsound", names=names)
        elif field is not None and field.type not in types:
            needed = " or ".join(sorted(types))
            problems.at_value(document, (name, "type"), f"`{name}` must be of type {needed}")
