"""history.yaml: why the answers of days that are past became others, told by whoever changed them.

A rulebook may leave the file out. `rules diff` asks for it where a change reaches back.
"""

from typing import Annotated

from pydantic import Field, model_validator

from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import FileModel, build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import Day, Listed, Sentence, Texts, wrong

HISTORY_FILE = "history.yaml"


class HistoryNote(FileModel):
    """One change of the past: of what, from which day on answers are others, and why.

    `of` names rules (`vintage.age`), values (`vintage.age.max_age`), files of cities and tables
    (`cities/turku`, `tables/events`), fields (`fields/vintage`), `guide` or `decisions`. `on` is
    the day on which it was changed.
    """

    on: Day
    of: Texts
    since: Day = Field(alias="from")
    note: Sentence

    @model_validator(mode="after")
    def _speaks_of_something(self) -> "HistoryNote":
        if not self.of:
            raise wrong("`of` names nothing", "name the rule, value or file that was changed")
        if self.since > self.on:
            raise wrong("`from` lies after `on`", "days ahead need no note")
        return self


class HistoryFile(FileModel):
    """All notes, the oldest first."""

    notes: Annotated[tuple[HistoryNote, ...], Listed]


def read_history(document: Document | None, problems: Problems) -> tuple[HistoryNote, ...]:
    """Return the notes of a rule folder, none where it has no such file; mistakes are noted."""
    if document is None:
        return ()
    read = build(HistoryFile, document.data, document, problems)
    return () if read is None else read.notes
