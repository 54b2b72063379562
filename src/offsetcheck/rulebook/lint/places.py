"""Places in the files of a rulebook as authors name them: a path of keys, or row and column."""

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.problem import Place


def is_at(place: Place, at: str, rulebook: Rulebook) -> bool:
    """Whether a place is the one that a path names: a key, its value, or within its text."""
    return at in paths_at(place, rulebook)


def path_at(place: Place, rulebook: Rulebook) -> str | None:
    """Return the path of a place, as an exception names it; None for the file as a whole."""
    return next(iter(paths_at(place, rulebook)), None)


def paths_at(place: Place, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the paths that name a place, the innermost first."""
    document = rulebook.documents.get(place.file)
    if document is not None:
        return tuple(_dotted(steps) for steps in _steps_at(document, place))
    for table in rulebook.tables.values():
        for row in table.files[place.file].rows if place.file in table.files else ():
            if row.line == place.line and place.field is not None:
                first = next(iter(row.cells.values()), "")
                return (f"{first}.{place.field}",)
    return ()


def _steps_at(document: Document, place: Place) -> list[Steps]:
    if place.line is None:
        return []
    mark = (place.line, place.column or 1)
    exact = {
        steps
        for marks in (document.keys, document.values)
        for steps, at in marks.items()
        if at == mark and steps
    }
    if not exact:
        before = [(at, steps) for steps, at in document.values.items() if at <= mark and steps]
        exact = {max(before)[1]} if before else set()
    return sorted(exact, key=len, reverse=True)


def _dotted(steps: Steps) -> str:
    return ".".join(map(str, steps))
