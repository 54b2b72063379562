from collections.abc import Iterator
from re import compile as compiled

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

MARK = compiled(r"^FILL IN|\b(TODO|TBD|FIXME)\b")
WORDS = ("FILL IN", "TODO", "TBD", "FIXME")


def texts_are_filled_in(rulebook: Rulebook) -> Iterator[Problem]:
    """Find what a new file was begun with, or an author has marked, and nobody has written yet."""
    for _, document in sorted(rulebook.documents.items()):
        if not any(word in document.text for word in WORDS):
            continue
        for steps in document.values:
            value = _at(document.data, steps)
            if isinstance(value, str) and MARK.search(value):
                place = document.value_place(steps)
                yield Problem("this is still to be filled in", place, "write the text")


def _at(data: object, steps: tuple[str | int, ...]) -> object:
    """Return the value at the end of some steps, None where there is none."""
    for step in steps:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


CHECK = Check(
    id="rules.to_fill_in",
    severity=Severity.WARNING,
    title="A text is still to be filled in",
    finds=(
        "Texts that begin with `FILL IN`, as new files are begun with, and texts with `TODO`, "
        "`TBD` or `FIXME`."
    ),
    why="Readers of a report would see them.",
    wrong="""\
title: "FILL IN: what is required"
""",
    right="""\
title: The vintage is at most five years old
""",
    step="Write the text.",
    look=texts_are_filled_in,
)
