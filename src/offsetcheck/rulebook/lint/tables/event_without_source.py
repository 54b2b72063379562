from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Place, Problem, Severity

EVENTS = "events"
NEEDED = ("known_from", "source")


def events_name_their_source(rulebook: Rulebook) -> Iterator[Problem]:
    """Find adverse events without a date or a source: a bidder will ask for both."""
    table = rulebook.tables.get(EVENTS)
    for name, file in table.files.items() if table else ():
        for row in file.rows:
            for column in NEEDED:
                if not row.cells.get(column):
                    place = Place(name, row.line, field=column)
                    yield Problem(f"the event has no `{column}`", place, None)


CHECK = Check(
    id="tables.event_without_source",
    severity=Severity.ERROR,
    title="An adverse event has no day or no source",
    finds="Rows of the table `events` without `known_from` or `source`.",
    why="A bidder who is refused for an event will ask for both.",
    wrong="""\
id,kind,status,known_from,source
VCS902,finding,open,,
""",
    right="""\
id,kind,status,known_from,source
VCS902,finding,open,2026-01-01,registry notice
""",
    step="Fill in both cells, or leave out the row.",
    look=events_name_their_source,
)
