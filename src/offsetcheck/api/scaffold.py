"""A new rule, city, table or field in a rule folder: files to be filled in, none overwritten."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from offsetcheck.api.output import PROGRAM, refuse_file, write_result
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rules.codes import CATALOGUE, criteria_of
from offsetcheck.rulebook.rules.model import TYPES
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.forms.scalars import NAME
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.workshop.scaffold.begin import (
    appended,
    city_text,
    copied_rule,
    field_entry,
    listing,
    rule_text,
    table_entry,
    table_rows,
)
from offsetcheck.workshop.scaffold.codes import next_code
from offsetcheck.workshop.scaffold.units import unit_of

LETTERS = "use small letters, digits and underscores"


@dataclass(frozen=True, slots=True)
class Begun:
    """The files that were begun or added to, and the code of a rule."""

    files: tuple[Path, ...]
    code: str | None = None


def new_rule(
    folder: Path, rule: str, as_of: date, copy: str | None = None, command: str = PROGRAM
) -> Begun:
    """Begin a rule of an id such as `vintage.fresh`, by a scaffold or as a copy of another rule.

    Where the folder has a catalogue of criteria, a new criterion is begun there too.
    Raises RequestError for an id that cannot be one or a rule that is not there, OutputError where
    the file exists, RulebookError where the folder does not load.
    """
    rulebook = load_rulebook(folder)
    dimension, _, name = rule.partition(".")
    _check_name("rule", name)
    if dimension not in rulebook.guide.dimensions:
        known = rulebook.guide.dimensions
        said = f"`{dimension}` is not a dimension of the rulebook"
        hint = did_you_mean(dimension, known) or f"write DIMENSION.NAME, of {', '.join(known)}"
        raise RequestError.about("rule", said, hint)
    path = folder / dimension / f"{name}.yaml"
    refuse_file(path, replace=False)
    criteria = criteria_of(rulebook.documents)
    code = next_code(rulebook, dimension, criteria)
    if copy is None:
        text = rule_text(rule, code, as_of)
    elif copy in rulebook.rules:
        text = copied_rule(rulebook.rules[copy].document.text, rule, code)
    else:
        said = f"there is no rule `{copy}`"
        raise RequestError.about("from", said, did_you_mean(copy, rulebook.rules))
    path.parent.mkdir(exist_ok=True)
    write_result(path, text, replace=False, command=command)
    if not criteria:
        return Begun((path,), code)
    listed = folder / CATALOGUE
    write_result(listed, listing(listed.read_text("utf-8"), code), replace=True, command=command)
    return Begun((path, listed), code)


def new_city(folder: Path, city: str, command: str = PROGRAM) -> Begun:
    """Begin a city's policy in a rule folder; raises RequestError, OutputError, RulebookError."""
    rulebook = load_rulebook(folder)
    _check_name("city", city)
    if city in rulebook.jurisdictions or city in {"all", "guide"}:
        raise RequestError.about("city", f"`{city}` is the id of something else")
    path = folder / "cities" / f"{city}.yaml"
    path.parent.mkdir(exist_ok=True)
    write_result(path, city_text(city), replace=False, command=command)
    return Begun((path,))


def new_table(folder: Path, table: str, as_of: date, command: str = PROGRAM) -> Begun:
    """Begin a table: its rows, and what tables.yaml says of it."""
    rulebook = load_rulebook(folder)
    _check_name("table", table)
    rows, listed = folder / "tables" / f"{table}.csv", folder / "tables" / "tables.yaml"
    if table in rulebook.tables:
        raise RequestError.about("table", f"there is a table `{table}` already")
    rows.parent.mkdir(exist_ok=True)
    write_result(rows, table_rows(), replace=False, command=command)
    text = listed.read_text("utf-8") if listed.exists() else ""
    made = appended(text, table_entry(table, as_of))
    write_result(listed, made, replace=True, command=command)
    return Begun((rows, listed))


def new_field(
    folder: Path, field: str, kind: str, subject: str = "candidate", command: str = PROGRAM
) -> Begun:
    """Begin a field of a type, such as `number`, in the dictionary of a subject."""
    rulebook = load_rulebook(folder)
    _check_name("field", field)
    if kind not in TYPES:
        raise RequestError.about("type", f"`{kind}` is no type", f"write {', '.join(TYPES)}")
    if field in rulebook.dictionary.of(Subject(subject)):
        raise RequestError.about("field", f"there is a field `{field}` already")
    path = folder / "fields" / f"{subject}.yaml"
    text = path.read_text("utf-8") if path.exists() else ""
    entry = field_entry(field, kind, unit_of(field, kind, rulebook.dictionary))
    write_result(path, appended(text, entry), replace=True, command=command)
    return Begun((path,))


def _check_name(what: str, name: str) -> None:
    if not NAME.fullmatch(name):
        raise RequestError.about(what, f"`{name}` cannot be the name of a {what}", LETTERS)
