"""Portfolio fields that sum up the candidates that may be bought: read and checked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import Sum
from offsetcheck.rulebook.expression.in_file import FileExpressions
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
class StatedAggregate:
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

    def note(
        self, message: str, hint: str | None = None, *keys: str, names: str | None = None
    ) -> None:
        """Note a problem at a value of the aggregate."""
        self.problems.at_value(self.document, (*self.steps, *keys), message, hint, names=names)


def read_aggregates(
    dictionary: Dictionary,
    documents: Mapping[str, Document],
    names: Mapping[Subject, Names],
    guide: GuideFile | None,
    problems: Problems,
) -> dict[str, Node]:
    """Return the conditions of aggregates by field, and note every aggregate that is wrong."""
    trees: dict[str, Node] = {}
    for stated in _aggregates(dictionary, documents, problems):
        _check(stated, guide)
        if stated.spec.where is not None:
            read = FileExpressions(names[Subject.CANDIDATE], stated.document, problems)
            place = (*stated.steps, "where")
            node = read.value(place, stated.spec.where, FieldType.BOOLEAN)
            if node is not None:
                trees[stated.field.name] = node
    return trees


def _aggregates(
    dictionary: Dictionary, documents: Mapping[str, Document], problems: Problems
) -> Iterator[StatedAggregate]:
    for subject in Subject:
        document = documents.get(subject.value)
        for field in dictionary.of(subject).values() if document is not None else ():
            if field.aggregate is not None and document is not None:
                yield StatedAggregate(field, field.aggregate, document, dictionary, problems)


def _check(stated: StatedAggregate, guide: GuideFile | None) -> None:
    field, spec = stated.field, stated.spec
    if field.subject is not Subject.PORTFOLIO:
        stated.note("only a field of the portfolio can sum up candidates")
    if field.derive is not None or field.lookup is not None:
        stated.note("a field that sums up candidates is neither derived nor looked up")
    if field.name in stated.dictionary.candidate:
        message = f"`{field.name}` is also a field of candidates, so that rules could mean either"
        stated.problems.at_key(stated.document, (field.name,), message, "choose another name")
    if len(spec.kinds) != 1:
        stated.note("an aggregate sums up one thing", FORMS)
        return
    _check_keys(stated, Sum(spec.kinds[0]))
    _check_fields(stated)
    _check_type(stated, guide)


def _check_keys(stated: StatedAggregate, kind: Sum) -> None:
    for key in BESIDE:
        given = bool(getattr(stated.spec, key))
        if given and key not in TAKES[kind]:
            message = f"`{key}` has no meaning beside `{kind}`"
            stated.problems.at_key(stated.document, (*stated.steps, key), message)
        if not given and key in NEEDS[kind]:
            stated.note(f"`{kind}` needs the key `{key}`")


def _check_fields(stated: StatedAggregate) -> None:
    fields = stated.dictionary.candidate
    for key, name in ((stated.spec.kinds[0], stated.spec.of), ("by", stated.spec.by)):
        if name is None:
            continue
        if name not in fields:
            hint = did_you_mean(name, fields)
            message = f"there is no field `{name}` of candidates"
            stated.note(message, hint, key, names=f"field {name}")
        elif key != "by" and fields[name].type not in NUMBERS:
            stated.note(
                f"`{name}` is {type_words(fields[name].type)}, and cannot be summed", None, key
            )


def _check_type(stated: StatedAggregate, guide: GuideFile | None) -> None:
    field, spec = stated.field, stated.spec
    wanted = FieldType.NUMBER if spec.worst is None else FieldType.CODE
    if field.type is not wanted:
        message = (
            f"`{spec.kinds[0]}` is {type_words(wanted)}, and the field {type_words(field.type)}"
        )
        stated.note(message, f"write `type: {wanted.value}`")
        return
    if guide is None:
        return
    grades = (*guide.grades, LOWEST_GRADE)
    if spec.worst is not None:
        _check_grades(stated, field.codes, grades, "codes")
    if spec.by_grade:
        _check_grades(stated, spec.by_grade, grades, "by_grade")


def _check_grades(
    stated: StatedAggregate, given: Iterable[str], grades: tuple[str, ...], key: str
) -> None:
    """Check that every grade of the guide is there and nothing else, so that none is undefined."""
    if set(given) != set(grades):
        hint = f"write {', '.join(grades)}"
        keys = (key,) if key == "by_grade" else ()
        stated.note(f"`{key}` must name every grade of the guide and nothing else", hint, *keys)
