"""A new edition put into a rule folder: its csv file, and its entry in tables.yaml.

What stands in tables.yaml stays character for character, comments too. Nothing is written unless
the folder with the new edition loads without a problem.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from offsetcheck.ground.publish.single import write_file
from offsetcheck.ground.walk import Walked
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.load import read_rulebook
from offsetcheck.rulebook.rulebook import ReferenceTable
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.rulebook.tables.model import Edition
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RulebookError
from offsetcheck.workshop.edition_files import latest_edition

TABLES = "tables/tables.yaml"
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./ -]*[A-Za-z0-9]")
WORDS = frozenset(("true", "false", "null", "yes", "no"))


@dataclass(frozen=True, slots=True)
class NewEdition:
    """What an author says of a new edition; source and staleness follow the edition before."""

    table: str
    published: date
    valid_from: date
    label: str | None = None
    reason: str | None = None


def next_edition(table: ReferenceTable, new: NewEdition) -> Edition:
    """Return the edition as it would stand in tables.yaml.

    Raises InputError where it begins on the day of another one, or before it was published without
    a reason.
    """
    before = latest_edition(table)
    place = Place(TABLES, field=new.table)
    if any(edition.valid_from == new.valid_from for edition in table.entry.editions):
        said = f"an edition of `{new.table}` begins on {new.valid_from.isoformat()} already"
        raise InputError([Problem(said, place, "name another day with --valid-from")])
    reason = _one_line(new.reason)
    if new.valid_from < new.published and reason is None:
        said = "an edition that serves before it was published needs a reason"
        raise InputError([Problem(said, place, "say it with --reason")])
    changes = {
        "file": f"{new.table}_{new.published.isoformat()}.csv",
        "published": new.published,
        "valid_from": new.valid_from,
        "edition": _one_line(new.label),
        "reason": reason,
        "note": None,
    }
    return before.model_copy(update=changes)


def _one_line(text: str | None) -> str | None:
    """Return a typed text as tables.yaml can hold it, None where nothing is left of it."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text or "")
    return unicodedata.normalize("NFC", " ".join(seen.split())) or None


def write_edition(
    folder: Path, table: str, edition: Edition, file: Path, command: str = ""
) -> tuple[Path, Path]:
    """Put an edition into a rule folder and return the two files that were written.

    Raises RulebookError with all problems where the folder would not load with it, or where the
    list of editions cannot be added to, PublishError where a file cannot be written; then the
    folder is as it was. `command` is told to runs that find the files held.
    """
    target, listing = folder / "tables" / edition.file, folder / TABLES
    walked = gather(folder)
    before, content = walked.files.get(TABLES, b"").decode("utf-8"), file.read_bytes()
    begun = target.is_file() and edition.file not in before and target.read_bytes() == content
    if target.exists() and not begun:  # else a run was killed between the two files
        said = "there is a file of this name"
        raise InputError([Problem(said, Place(str(target)), "an edition is never overwritten")])
    text = edited(before, table, edition)
    _try_out(folder, walked, {TABLES: text.encode("utf-8"), f"tables/{edition.file}": content})
    write_file(target, content, replace=begun, command=command)
    try:
        write_file(listing, text.encode("utf-8"), replace=True, command=command)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target, listing


def edited(text: str, table: str, edition: Edition) -> str:
    """Return tables.yaml with an edition added at the end of a table's list.

    Raises RulebookError where the list is not written as one `- ` after the other, or where the
    text would come to say anything else than before and the new edition.
    """
    document = compose(text, TABLES)
    steps = (table, "editions")
    if (*steps, 0) not in document.values or steps in document.flow:
        raise _refusal(document, table, edition)
    lines = text.split("\n")
    indent, row = _end_of_list(document, table, lines)
    lines[row:row] = _written(edition, indent)
    result = "\n".join(lines)
    if not _says_only(compose(result, TABLES), document, table, edition):
        raise _refusal(document, table, edition)
    return result


def _end_of_list(document: Document, table: str, lines: list[str]) -> tuple[str, int]:
    """Return the indent of the list's dashes, and the row behind its last line."""
    steps = (table, "editions")
    own = {path: mark for path, mark in document.values.items() if path[:2] == steps}
    first = document.values[(*steps, 0)][0]
    dashed = lines[first - 1]
    indent = dashed[: len(dashed) - len(dashed.lstrip(" "))]
    last = max(line for line, _ in own.values())
    others = (*document.keys.values(), *document.values.values())
    stop = min((line for line, _ in others if line > last), default=len(lines) + 1)
    row = last
    # A text may go on over several lines: they are indented deeper than the dash.
    for number in range(last + 1, stop):
        line = lines[number - 1]
        if line.strip() and line.startswith(f"{indent} "):
            row = number
    return indent, row


def _written(edition: Edition, indent: str) -> list[str]:
    """Return an edition as lines of YAML."""
    pairs = [f"{key}: {value}" for key, value in _pairs(edition).items()]
    marks = ["- ", *["  "] * len(pairs)]
    return [f"{indent}{mark}{pair}" for mark, pair in zip(marks, pairs, strict=False)]


def _pairs(edition: Edition) -> dict[str, str]:
    found: dict[str, str | None] = {
        "file": _scalar(edition.file),
        "edition": _scalar(edition.edition) if edition.edition else None,
        "published": edition.published.isoformat(),
        "valid_from": edition.valid_from.isoformat(),
        "reason": _scalar(edition.reason) if edition.reason else None,
        "stale_after": str(edition.stale_after) if edition.stale_after else None,
        "grade": edition.grade if edition.grade != "E1" else None,
        "source": _source(edition.source) if edition.source else None,
        "sources": f"[{', '.join(map(_source, edition.sources))}]" if edition.sources else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _source(source: SourceEntry) -> str:
    data = source.model_dump(mode="json", exclude_none=True)
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in data.items()) + "}"


def _scalar(text: str) -> str:
    """Return a text as YAML: bare where nothing else can be read, else in double quotes."""
    if PLAIN.fullmatch(text) and text.casefold() not in WORDS and "  " not in text:
        return text
    return json.dumps(text, ensure_ascii=False)


def _says_only(new: Document, old: Document, table: str, edition: Edition) -> bool:
    """Whether a text says what the old one said, and one edition more."""
    if new.problems or not isinstance(new.data, dict):
        return False
    editions = new.data.get(table, {}).get("editions")
    if not isinstance(editions, list) or not editions:
        return False
    try:
        added = Edition.model_validate(editions.pop())
    except ValueError:
        return False
    return added == edition and new.data == old.data


def _refusal(document: Document, table: str, edition: Edition) -> RulebookError:
    place = Place(TABLES, *document.value_mark((table, "editions")))
    said = f"the editions of `{table}` cannot be added to here"
    return RulebookError([Problem(said, place, "\n    ".join(_hint(edition)))])


def _hint(edition: Edition) -> list[str]:
    return ["write them as a list with dashes, then add:", *_written(edition, "  ")]


def _try_out(folder: Path, walked: Walked, added: Mapping[str, bytes]) -> None:
    """Read the folder as it would be with files added; RulebookError with all problems."""
    names = tuple(dict.fromkeys((*walked.names, *added)))
    read_rulebook(folder, replace(walked, files={**walked.files, **added}, names=names))
