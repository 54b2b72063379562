"""Portfolio fields that sum up the candidates that may be bought: read and checked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import Sum
from offsetcheck.rulebook.expression.in_file import Expressions
from offsetcheck.rulebook.expression.names import Names
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.types import NUMBERS, type_words
from offsetcheck.rulebook.files.guide import LOWEST_GRADE, GuideFile
from offsetcheck.vocabulary.dictionary import Aggregate, Dictionary, Field, FieldType, Subject
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.problems import Problems

FORMS = "write one of `total`, `share`, `largest_share` and `worst`"
# What stands beside each form: what it needs, and what it may have.
NEEDS: Mapping[str, frozenset[str]] = {
    Sum.TOTAL: frozenset(),
    Sum.SHARE: frozenset(("where",)),
    Sum.LARGEST_SHARE: frozenset(("by",)),
    Sum.WORST: frozenset(),
}
TAKES: Mapping[str, frozenset[str]] = {**NEEDS, Sum.TOTAL: frozenset(("where", "by_grade"))}
BESIDE = ("where", "by", "by_grade")


@dataclass(frozen=True, slots=True)
class Entry:
    """One aggregate, where it stands, and what it may name."""

    field: Field
    spec: Aggregate
    document: Document
    dictionary: Dictionary
    problems: Problems

    @property
    def steps(self) -> Steps:
        """Where the aggregate stands in its file."""
        return (self.field.name, "aggregate")

    def note(self, message: str, hint: str | None = None, *keys: str) -> None:
        """Note a problem at a value of the aggregate."""
        self.problems.at_value(self.document, (*self.steps, *keys), message, hint)


def read_aggregates(
    dictionary: Dictionary,
    documents: Mapping[str, Document],
    names: Mapping[Subject, Names],
    guide: GuideFile | None,
    problems: Problems,
) -> dict[str, Node]:
    """Return the conditions of aggregates by field, and note every aggregate that is wrong."""
    trees: dict[str, Node] = {}
    for entry in _entries(dictionary, documents, problems):
        _check(entry, guide)
        if entry.spec.where is not None:
            read = Expressions(names[Subject.CANDIDATE], entry.document, problems)
            place = (*entry.steps, "where")
            node = read.value(place, entry.spec.where, FieldType.BOOLEAN)
            if node is not None:
                trees[entry.field.name] = node
    return trees


def _entries(
    dictionary: Dictionary, documents: Mapping[str, Document], problems: Problems
) -> Iterator[Entry]:
    for subject in Subject:
        document = documents.get(subject.value)
        for field in dictionary.of(subject).values() if document is not None else ():
            if field.aggregate is not None and document is not None:
                yield Entry(field, field.aggregate, document, dictionary, problems)


def _check(entry: Entry, guide: GuideFile | None) -> None:
    field, spec = entry.field, entry.spec
    if field.subject is not Subject.PORTFOLIO:
        entry.note("only a field of the portfolio can sum up candidates")
    if field.derive is not None or field.lookup is not None:
        entry.note("a field that sums up candidates is neither derived nor looked up")
    if field.name in entry.dictionary.candidate:
        message = f"`{field.name}` is also a field of candidates, so that rules could mean either"
        entry.problems.at_key(entry.document, (field.name,), message, "choose another name")
    if len(spec.kinds) != 1:
        entry.note("an aggregate sums up one thing", FORMS)
        return
    _check_keys(entry, Sum(spec.kinds[0]))
    _check_fields(entry)
    _check_type(entry, guide)


def _check_keys(entry: Entry, kind: Sum) -> None:
    for key in BESIDE:
        given = bool(getattr(entry.spec, key))
        if given and key not in TAKES[kind]:
            message = f"`{key}` has no meaning beside `{kind}`"
            entry.problems.at_key(entry.document, (*entry.steps, key), message)
        if not given and key in NEEDS[kind]:
            entry.note(f"`{kind}` needs the key `{key}`")


def _check_fields(entry: Entry) -> None:
    fields = entry.dictionary.candidate
    for key, name in ((entry.spec.kinds[0], entry.spec.of), ("by", entry.spec.by)):
        if name is None:
            continue
        if name not in fields:
            hint = did_you_mean(name, fields)
            entry.note(f"there is no field `{name}` of candidates", hint, key)
        elif key != "by" and fields[name].type not in NUMBERS:
            entry.note(
                f"`{name}` is {type_words(fields[name].type)}, and cannot be summed", None, key
            )


def _check_type(entry: Entry, guide: GuideFile | None) -> None:
    field, spec = entry.field, entry.spec
    wanted = FieldType.NUMBER if spec.worst is None else FieldType.CODE
    if field.type is not wanted:
        message = (
            f"`{spec.kinds[0]}` is {type_words(wanted)}, and the field {type_words(field.type)}"
        )
        entry.note(message, f"write `type: {wanted.value}`")
        return
    if guide is None:
        return
    grades = (*guide.grades, LOWEST_GRADE)
    if spec.worst is not None:
        _check_grades(entry, field.codes, grades, "codes")
    if spec.by_grade:
        _check_grades(entry, spec.by_grade, grades, "by_grade")


def _check_grades(entry: Entry, given: Iterable[str], grades: tuple[str, ...], key: str) -> None:
    """Check that every grade of the guide is there and nothing else, so that none is undefined."""
    if set(given) != set(grades):
        hint = f"write {', '.join(grades)}"
        keys = (key,) if key == "by_grade" else ()
        entry.note(f"`{key}` must name every grade of the guide and nothing else", hint, *keys)
