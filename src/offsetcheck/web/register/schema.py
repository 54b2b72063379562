"""The tables of the register, and how an older database becomes one of today."""

from collections.abc import Callable, Mapping

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

VERSION = 1
METADATA = MetaData()
ENTRIES = Table(
    "entries",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("person", Text, nullable=False),
    Column("act", String(80), nullable=False, index=True),
    Column("tender", String(80), nullable=False, index=True),
    Column("details", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
STATE = Table("register_state", METADATA, Column("version", Integer, nullable=False))

ONLY_GROWS = "the register only grows"
_OF_SQLITE = {
    "entries_no_update": "BEFORE UPDATE ON entries",
    "entries_no_delete": "BEFORE DELETE ON entries",
    # INSERT OR REPLACE deletes without asking the one above.
    "entries_no_replace": (
        "BEFORE INSERT ON entries WHEN EXISTS (SELECT 1 FROM entries WHERE number = NEW.number)"
    ),
}
_OF_POSTGRESQL = (
    (
        "CREATE OR REPLACE FUNCTION register_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{ONLY_GROWS}'; END$$"
    ),
    "DROP TRIGGER IF EXISTS entries_only_grow ON entries",
    (
        "CREATE TRIGGER entries_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON entries FOR EACH STATEMENT EXECUTE FUNCTION register_only_grows()"
    ),
)

MIGRATIONS: Mapping[int, Callable[[Connection], None]] = {}
"""How a database of a version becomes one of the next, by the version that it has."""


class NewerError(Exception):
    """A database that a newer offsetcheck has written."""


class NotTakenOverError(Exception):
    """A database of an older version that could not be brought to today's; it is as it was."""


def prepare(connection: Connection, keep: Callable[[Connection, int], None]) -> None:
    """Make the tables where there are none, or bring those of an older version to today's.

    `keep` is asked to keep a copy of an older one first, with its version. Raises NewerError for
    tables of a newer version, NotTakenOverError where a step fails. It happens whole or not at all.
    """
    if not inspect(connection).has_table(STATE.name):
        METADATA.create_all(connection)
        connection.execute(insert(STATE).values(version=VERSION))
    version = connection.execute(select(STATE.c.version)).scalar_one()
    if version > VERSION:
        raise NewerError(f"the register is of version {version}, and this program knows {VERSION}")
    if version < VERSION:
        _take_over(connection, version, keep)
    guard = _guard_sqlite if connection.dialect.name == "sqlite" else _guard_postgresql
    guard(connection)


def _take_over(
    connection: Connection, version: int, keep: Callable[[Connection, int], None]
) -> None:
    try:
        keep(connection, version)
        for step in range(version, VERSION):
            MIGRATIONS[step](connection)
            connection.execute(update(STATE).values(version=step + 1))
    except Exception as error:  # whatever it is, what was there is there
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise NotTakenOverError(
            f"the register of version {version} cannot be brought to version {VERSION}: {said}"
        ) from error


def _guard_sqlite(connection: Connection) -> None:
    known = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
    for name, guard in _OF_SQLITE.items():
        if name not in known:
            refused = f"BEGIN SELECT RAISE(ABORT, '{ONLY_GROWS}'); END"
            connection.execute(text(f"CREATE TRIGGER {name} {guard} {refused}"))


def _guard_postgresql(connection: Connection) -> None:
    """Guard the table where it is not: an account that may only read and write need not do it."""
    known = text(
        "SELECT 1 FROM pg_trigger WHERE tgrelid = 'entries'::regclass "
        "AND tgname = 'entries_only_grow' AND tgenabled IN ('O', 'A')"
    )
    if connection.scalar(known) is None:
        for guard in _OF_POSTGRESQL:
            connection.execute(text(guard))
