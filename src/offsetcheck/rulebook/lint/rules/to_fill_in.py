from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

MARK = "FILL IN"


def texts_are_filled_in(rulebook: Rulebook) -> Iterator[Problem]:
    """Find what a new file was begun with and nobody has written yet."""
    for _, document in sorted(rulebook.documents.items()):
        if MARK not in document.text:
            continue
        for steps in document.values:
            value = _at(document.data, steps)
            if isinstance(value, str) and value.startswith(MARK):
                yield Problem("this is still to be filled in", document.value_place(steps), None)


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
    finds="Texts that begin with `FILL IN`, as new files are begun with.",
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
