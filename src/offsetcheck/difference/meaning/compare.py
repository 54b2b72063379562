"""Two rulebooks compared in meaning: all that is otherwise, what of it is past, and the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from offsetcheck.difference.meaning.fields import field_changes
from offsetcheck.difference.meaning.frame import frame_changes, source_changes
from offsetcheck.difference.meaning.model import Books, Change, Topic
from offsetcheck.difference.meaning.past import unnoted
from offsetcheck.difference.meaning.policies import policy_changes
from offsetcheck.difference.meaning.rules import rule_changes
from offsetcheck.difference.meaning.steps import step_changes
from offsetcheck.difference.meaning.tables import table_changes
from offsetcheck.difference.meaning.texts import TextsChanged, texts_changed
from offsetcheck.difference.meaning.values import value_changes
from offsetcheck.rulebook.files.history import HistoryNote


@dataclass(frozen=True, slots=True)
class MeaningDifference:
    """All in which the meaning of two rulebooks differs, in the order of a page.

    `unnoted` are the changes that make answers of days in the past others without a note.
    """

    books: Books
    changes: tuple[Change, ...]
    unnoted: tuple[Change, ...]
    texts: TextsChanged


def compare_meaning(
    books: Books, old_notes: Sequence[HistoryNote] = (), new_notes: Sequence[HistoryNote] = ()
) -> MeaningDifference:
    """Return what two rulebooks mean otherwise; notes are those of history.yaml on either side."""
    found = [
        *rule_changes(books),
        *value_changes(books),
        *policy_changes(books),
        *table_changes(books),
        *step_changes(books),
        *field_changes(books),
        *frame_changes(books),
        *source_changes(books),
    ]
    order = {topic: place for place, topic in enumerate(Topic)}
    changes = tuple(
        sorted(found, key=lambda one: (order[one.topic], one.file, one.key == "row", one.name))
    )
    fresh = [note for note in new_notes if note not in old_notes]
    return MeaningDifference(
        books, changes, tuple(unnoted(changes, fresh, books.day)), texts_changed(books)
    )
