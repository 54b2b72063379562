"""Reference tables from tables.yaml and its csv files."""

from collections.abc import Mapping

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.tables.model import ReferenceTable, TableEntry, TableFile, read_rows
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import build, mapping_in
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import NAME
from offsetcheck.vocabulary.problem import Place


def read_tables(
    document: Document | None, texts: Mapping[str, str], problems: Problems
) -> dict[str, ReferenceTable | None]:
    """Return the tables by name, None for one that is wrong; every mistake is noted."""
    files = {path: _file(path, text, problems) for path, text in texts.items()}
    if document is None:
        return {}
    tables: dict[str, ReferenceTable | None] = {}
    cited: set[str] = set()
    for name, data in mapping_in(document, problems, "write `table: …` lines").items():
        if not NAME.fullmatch(name):
            problems.at_key(document, (name,), f"`{name}` cannot be the name of a table")
        entry = build(TableEntry, data, document, problems, (name,))
        if entry is None:
            tables[name] = None
        else:
            tables[name] = _table(name, entry, files, document, problems)
            cited |= {f"tables/{edition.file}" for edition in entry.editions}
    for path in sorted(set(files) - cited if None not in tables.values() else ()):
        message = "no edition in tables/tables.yaml names this file"
        problems.add(Place(path), message, check="table.unsound", names=f"edition {path}")
    return tables


def _file(path: str, text: str, problems: Problems) -> TableFile:
    file = read_rows(text, path)
    for problem in file.problems:
        problems.note(problem)
    return file


def _table(
    name: str,
    entry: TableEntry,
    files: Mapping[str, TableFile],
    document: Document,
    problems: Problems,
) -> ReferenceTable:
    found: dict[str, TableFile] = {}
    begun: set[object] = set()
    if not entry.editions:
        problems.at_value(document, (name, "editions"), "a table needs at least one edition")
    for index, edition in enumerate(entry.editions):
        steps = (name, "editions", index)
        path = f"tables/{edition.file}"
        if path in files:
            found[path] = files[path]
        else:
            hint = did_you_mean(path, files) or "write the file, or take the edition out"
            problems.at_value(document, (*steps, "file"), f"there is no file `{path}`", hint)
        if edition.valid_from in begun:
            problems.at_value(document, (*steps, "valid_from"), "two editions begin on this day")
        begun.add(edition.valid_from)
    return ReferenceTable(entry, found)
