from collections.abc import Iterator

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
                    yield Problem(f"the event has no `{column}`", place, None, Severity.ERROR)
