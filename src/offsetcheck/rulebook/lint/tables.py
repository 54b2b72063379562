from collections.abc import Iterator

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.model import STANDING
from offsetcheck.vocabulary.evidence import Standing
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


def rows_say_how_they_are_known(rulebook: Rulebook) -> Iterator[Problem]:
    """Find cells that should say how a row is known and hold another word."""
    for table in rulebook.tables.values():
        named = set(table.entry.standings.values()) or {STANDING}
        for path, file in table.files.items():
            for row in file.rows:
                for column in sorted(named & row.cells.keys()):
                    cell = row.cells[column]
                    if cell and cell not in set(Standing):
                        place = Place(path, row.line, field=column)
                        hint = f"write {', '.join(Standing)}"
                        yield Problem(f"`{cell[:40]}` is no standing", place, hint)
