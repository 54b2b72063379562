from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.layer import set_values
from offsetcheck.rulebook.lint.unit import parameters
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Place, Problem, Severity

BEGINS = "known_from"
# Ours: nobody has decided yet what begins in another century.
LAST = "2100-01-01"
HINT = "look whether two digits are swapped"


def days_are_near(rulebook: Rulebook) -> Iterator[Problem]:
    """Find values and rows that begin in another century: days are ISO texts, or print as such."""
    for full, parameter, document, steps in parameters(rulebook):
        for day in parameter.values:
            if day.isoformat() > LAST:
                message = f"`{full.rpartition('.')[2]}` has a value from {day}"
                place = document.key_place((*steps, "values", day.isoformat()))
                yield Problem(message, place, HINT)
    for made in set_values(rulebook):
        for step in made.steps:
            if _is_day(step) and str(step) > LAST:
                message = f"`{made.full}` has a value from {step}"
                yield Problem(message, made.document.value_place(made.steps), HINT)
    for table in rulebook.tables.values():
        for file, content in table.files.items():
            for row in content.rows:
                begins = row.cells.get(BEGINS)
                if begins and begins > LAST:
                    place = Place(file, row.line, field=BEGINS)
                    yield Problem(f"the row is known from {begins}", place, HINT)


def _is_day(step: object) -> bool:
    return isinstance(step, str) and step[:4].isdigit() and step[4:5] == "-"


CHECK = Check(
    id="times.day_far_ahead",
    severity=Severity.WARNING,
    title="A value or a row begins in another century",
    finds="Values of parameters and rows of tables that begin after the year 2100.",
    why="What is dated so never counts, and the value before it stays in force unseen.",
    wrong="""\
values:
  2023-07-27: {value: 40}
  2206-01-01: {value: 60}
""",
    right="""\
values:
  2023-07-27: {value: 40}
  2026-01-01: {value: 60}
""",
    step="Write the day from which it counts.",
    look=days_are_near,
)
