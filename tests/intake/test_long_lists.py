"""What long lists are spared: cells, labels and lots read by a short way are as by the long one."""

from collections.abc import Callable
from functools import cache

from hypothesis import example, given, settings
from hypothesis import strategies as st

from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.columns.conversions import conversion
from offsetcheck.intake.columns.labels_beside import with_labels_said
from offsetcheck.intake.normalise.codes import spellings
from offsetcheck.intake.normalise.ids import read_id
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.readers import Styles, careful_reader, reader_for
from offsetcheck.intake.normalise.words import spelled, words_in
from offsetcheck.intake.tender.lots import with_lots
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.dictionary import Dictionary, FieldType
from offsetcheck.vocabulary.problem import UnreadableError
from offsetcheck.vocabulary.table import CandidateTable, Column

many = settings(max_examples=400, deadline=None)
few = settings(max_examples=100, deadline=None)


@cache
def own() -> Dictionary:
    return load_rulebook(bundled("rules")).dictionary


def number_fields() -> list[str]:
    kinds = {FieldType.NUMBER, FieldType.INTEGER}
    return sorted(name for name, field in own().candidate.items() if field.type in kinds)


HEADINGS = ("", " (kt)", " (t)", " (USD)", " (€/t)", " (%)", " (million t)", " (ha)")
TEXTS = st.one_of(
    st.integers(-5, 10**17).map(str),
    st.integers(1900, 2110).map(str),
    st.floats(allow_nan=True, allow_infinity=True).map(str),
    st.from_regex(r"-?[0-9]{1,16}\.[0-9]{0,16}", fullmatch=True),
    st.from_regex(r"[-+]?0*[0-9]{1,4}([.,][0-9]{3})?%?", fullmatch=True),
    st.text("0123456789.,-+%' ٣３²½e", max_size=8),
)


def told(read: Callable[[str], object], text: str) -> object:
    """Return what is read and of which kind, or why not and what to do."""
    try:
        found = read(text)
    except UnreadableError as why:
        return (why.reason, why.hint, why.kind)
    return (type(found), repr(found))


@given(
    st.sampled_from(number_fields()),
    st.sampled_from(list(NumberStyle)),
    st.booleans(),
    st.sampled_from(HEADINGS),
    TEXTS,
)
@example("tonnes", NumberStyle.COMMA, True, "", "1.234")
@example("tonnes", NumberStyle.UNKNOWN, True, "", "1.2340")
@example("tonnes", NumberStyle.DOT, True, "", "-0.0")
@example("tonnes", NumberStyle.DOT, False, "", "007")
@example("vintage", NumberStyle.DOT, True, "", "3020")
@many
def test_a_number_is_read_as_if_each_cell_were_taken_apart(name, style, typed, unit, text) -> None:
    """Value, kind of value and refusal are the same, whatever the style and the heading's unit."""
    field = own().candidate[name]
    styles = Styles(number=style, typed=typed)
    try:
        heading = conversion(name + unit, field)
    except UnreadableError:
        return
    quick, careful = reader_for(field, styles, heading), careful_reader(field, styles, heading)
    assert told(quick, text) == told(careful, text)


WORDS = st.sampled_from(["VCS", "vcs1", "CCB", "W+", "SD VISta", "GS", "CCP", "ABACUS", "x", "é1"])
SIGNS = st.sampled_from(["+", " + ", ", ", " and ", " ", "-", " - ", "(", ")", "/", ""])


def _labels(text: str) -> tuple[str, ...]:
    """Return the labels that a cell names beside a programme, with every word looked at."""
    field, programme = own().candidate["labels"], own().candidate["programme"]
    labels, codes = spellings(field), spellings(programme)
    beside = {spelled(word) for word in programme.beside}
    words = words_in(text, lambda word: codes.get(spelled(word)) or labels.get(spelled(word)))
    named = [spelled(word.text) for word in words]
    if all(word in beside for word in named):
        return ()
    return tuple(dict.fromkeys(labels[w] for w in named if w in beside and w in labels))


@given(st.lists(st.tuples(WORDS, SIGNS), min_size=1, max_size=4))
@many
def test_labels_beside_a_programme_are_found_in_whatever_cell_holds_them(parts) -> None:
    """A cell of one word is passed over; each that names a label beside a programme says so."""
    text = "".join(word + sign for word, sign in parts)
    column = Column([None], raw=[text])
    table = CandidateTable(["VCS1"], {"programme": column}, "list.csv", [2], "list")
    found = with_labels_said(table, own()).columns.get("labels")
    expected = _labels(text)
    assert (found is not None) == bool(expected)
    if found is not None:
        fact = found.full[0]
        assert (fact.possible or (fact.value,))[0] == expected


@given(
    st.sampled_from(
        ["VCS", "GS", "ACR", "CAR", "ART", "JCM", "GCC", "CDC", "ERF", "S", "PRJ", "X"]
    ),
    st.integers(1, 10**18).map(str),
    st.sampled_from([None, "VCS", "GS", "JCM", "GCC", "ISOMETRIC", "ARB", "CERCARBONO"]),
)
@many
def test_an_id_in_its_one_form_is_read_as_any_other(prefix, number, programme) -> None:
    """White space before it, which takes the long way, makes no other id of it."""
    text = prefix + number
    assert read_id(text, programme) == read_id(f" {text}", programme)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["VCS1", "VCS2", "VCS3", "", None]),
        st.one_of(st.none(), st.integers(0, 9).map(float), st.sampled_from([0.1, 0.2, 1e15])),
    ),
    max_size=6,
)


@given(ROWS)
@few
def test_other_lots_are_those_of_the_same_project(rows) -> None:
    """What the others of a project offer, row by row; a row without an id is a project alone."""
    ids = [f"row-{at}" for at in range(len(rows))]
    columns = {"id": Column([name for name, _ in rows]), "tonnes": Column([t for _, t in rows])}
    table = CandidateTable(ids, columns, "list.csv", range(2, 2 + len(rows)), "list")
    whole: dict[object, float] = {}
    for row, (name, tonnes) in enumerate(rows):
        whole[name or ids[row]] = whole.get(name or ids[row], 0) + (tonnes or 0.0)
    expected = [whole[name or ids[row]] - (t or 0.0) for row, (name, t) in enumerate(rows)]
    assert list(with_lots(table, own()).columns["other_lots_tonnes"].values) == expected
