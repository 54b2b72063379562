"""What sheets call their columns, from fields/headings.yaml: each with one meaning."""

from collections.abc import Iterator, Mapping

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.headings import ByLanguage, Headings, heading_key

FILE = "headings"
LABELS = "labels"


def read_headings(
    documents: Mapping[str, Document], fields: Mapping[str, Field], problems: Problems
) -> Headings:
    """Return the headings of a rule folder, none where it has no such file; mistakes are noted."""
    document = documents.get(FILE)
    if document is None:
        return Headings()
    read = build(Headings, document.data, document, problems)
    if read is None:
        return Headings()
    _check_fields(read, fields, document, problems)
    _check_labels(read, fields, document, problems)
    _check_once(read, fields, document, problems)
    return read


def _check_fields(
    read: Headings, fields: Mapping[str, Field], document: Document, problems: Problems
) -> None:
    named: list[tuple[Steps, str]] = [(("fields", name), name) for name in read.fields]
    for at, either in enumerate(read.either):
        named += [(("either", at, "fields", i), name) for i, name in enumerate(either.fields)]
    for steps, name in named:
        if name not in fields:
            message = f"there is no field `{name}`"
            hint, names = did_you_mean(name, fields), f"field {name}"
            problems.at_key(document, steps, message, hint, names=names)
        elif not fields[name].is_input:
            problems.at_key(document, steps, f"`{name}` is computed; no column can state it")


def _check_labels(
    read: Headings, fields: Mapping[str, Field], document: Document, problems: Problems
) -> None:
    known = fields[LABELS].codes if LABELS in fields else {}
    for at, column in enumerate(read.labels):
        if column.label not in known:
            hint = did_you_mean(column.label, known)
            message = f"`{column.label}` is not a code of `{LABELS}`"
            steps, names = ("labels", at, "label"), f"code {LABELS} {column.label}"
            problems.at_value(document, steps, message, hint, names=names)


def _check_once(
    read: Headings, fields: Mapping[str, Field], document: Document, problems: Problems
) -> None:
    """Note a heading that has two meanings: of which a column has is nobody's to guess."""
    meant: dict[str, str] = {}
    for name, field in fields.items():
        for heading in (name, *field.aliases) if field.is_input else ():
            meant.setdefault(heading_key(heading), name)
    for steps, meaning, heading in _spelled(read):
        first = meant.setdefault(heading_key(heading), meaning)
        if first != meaning:
            message = f"“{heading}” already stands for {first}"
            problems.at_value(document, steps, message, "a heading has one meaning: keep one")


def _spelled(read: Headings) -> Iterator[tuple[Steps, str, str]]:
    """Yield the place, the meaning and the text of every heading."""
    for name, languages in read.fields.items():
        yield from _each(("fields", name), name, languages)
    for at, either in enumerate(read.either):
        meaning = " or ".join(either.fields)
        yield from _each(("either", at, "headings"), meaning, either.headings)
    for at, column in enumerate(read.labels):
        yield from _each(("labels", at, "headings"), f"the label {column.label}", column.headings)
    for at, none in enumerate(read.no_field):
        yield from _each(("no_field", at, "headings"), none.means, none.headings)


def _each(steps: Steps, meaning: str, languages: ByLanguage) -> Iterator[tuple[Steps, str, str]]:
    for language, headings in languages.items():
        for index, heading in enumerate(headings):
            yield (*steps, language, index), meaning, heading
