"""What a bidder is told of a filled form, and an officer of a round that was taken in: in words."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.explain.templates import fill
from offsetcheck.vocabulary.questionnaire import CellNote, CheckedForm, RulesOfForm

MOST_LISTED = 60
"""Cells that are named one by one; a form of many offers has hundreds."""


def check_lines(made: CheckedForm, words: Mapping[str, str]) -> Iterator[str]:
    """Yield what is told of a filled form, worst first, each cell on a line of its own."""
    yield _say(words, "questionnaire.check.count", answered=made.answered, asked=made.asked)
    if made.rules is RulesOfForm.CHANGED:
        yield words["questionnaire.check.rules_changed"]
    if made.rules is RulesOfForm.UNKNOWN:
        yield words["questionnaire.check.rules_unknown"]
    yield from _listed(made.unreadable, words["questionnaire.check.unreadable"], words)
    yield from _listed(made.unanswered, words["questionnaire.check.unanswered"], words)
    yield from _listed(made.undocumented, words["questionnaire.check.undocumented"], words)
    yield from _listed(made.remarks, words["questionnaire.check.remarks"], words)
    if not made.unreadable and not made.unanswered:
        yield words["questionnaire.check.complete"]


def _listed(notes: Sequence[CellNote], heading: str, words: Mapping[str, str]) -> Iterator[str]:
    if notes:
        yield heading
    for note in notes[:MOST_LISTED]:
        yield f"  {_place(note, words)}{note.question or note.words}"
        if note.hint:
            yield f"      {note.hint}"
    if len(notes) > MOST_LISTED:
        yield "  " + _say(words, "questionnaire.check.more", count=len(notes) - MOST_LISTED)


def _place(note: CellNote, words: Mapping[str, str]) -> str:
    if not note.sheet:
        return ""
    key = "questionnaire.check.cell" if note.cell else "questionnaire.check.sheet"
    return _say(words, key, sheet=note.sheet, cell=note.cell) + " "


def _say(words: Mapping[str, str], key: str, **values: object) -> str:
    return fill(words[key], lambda name: str(values[name])) or words[key]
