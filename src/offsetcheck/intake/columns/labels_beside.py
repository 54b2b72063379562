"""Labels that the cell of the programme names, as in `VCS+CCB`, where no other cell does."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from offsetcheck.intake.normalise.codes import spellings, with_more
from offsetcheck.intake.normalise.words import APART, spelled, words_in
from offsetcheck.vocabulary.dictionary import Dictionary, Field
from offsetcheck.vocabulary.evidence import Fact, with_values
from offsetcheck.vocabulary.table import CandidateTable, Column

PROGRAMME = "programme"
LABELS = "labels"


def with_labels_said(table: CandidateTable, dictionary: Dictionary) -> CandidateTable:
    """Return a table whose rows without labels hold those that their programme's cell names.

    Such a cell names some of the labels: each other one is possible beside them.
    """
    programmes, field = table.columns.get(PROGRAMME), dictionary.candidate.get(LABELS)
    if programmes is None or programmes.raw is None or field is None:
        return table
    labels_in = _reader(field, dictionary.candidate[PROGRAMME])
    read = {raw: labels_in(raw) for raw in dict.fromkeys(programmes.raw) if raw}
    labels = table.columns.get(LABELS) or Column([None] * len(table), programmes.grades)
    said = {
        row: _fact(table.fact(PROGRAMME, row), found, field)
        for row, raw in enumerate(programmes.raw)
        if (found := read.get(raw or "")) and _is_blank(labels, row)
    }
    return _with_facts(table, labels, said) if said else table


def _reader(field: Field, programme: Field) -> Callable[[str], tuple[str, ...]]:
    """Return what tells the labels that a programme's cell names beside a programme."""
    labels, codes = spellings(field), spellings(programme)
    beside = {spelled(word) for word in programme.beside}

    def read(text: str) -> tuple[str, ...]:
        if text.isalnum() or APART.search(text) is None:
            return ()  # one word names a programme or a label, and not the one beside the other
        words = words_in(text, lambda word: codes.get(spelled(word)) or labels.get(spelled(word)))
        named = [spelled(word.text) for word in words]
        found = [labels[word] for word in named if word in beside and word in labels]
        alone = all(word in beside for word in named)
        return () if alone else tuple(dict.fromkeys(found))

    return read


def _fact(programme: Fact, labels: tuple[str, ...], field: Field) -> Fact:
    return with_values(replace(programme, value=None, possible=()), with_more(labels, field))


def _is_blank(column: Column, row: int) -> bool:
    raw = column.raw[row] if column.raw else None
    return column.values[row] is None and row not in column.full and not (raw or "").strip()


def _with_facts(table: CandidateTable, labels: Column, said: Mapping[int, Fact]) -> CandidateTable:
    values = [said[row].value if row in said else value for row, value in enumerate(labels.values)]
    column = replace(labels, values=values, full={**labels.full, **said})
    return replace(table, columns={**table.columns, LABELS: column})
