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
_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS entries_no_{verb.lower()} BEFORE {verb} ON entries "
    f"BEGIN SELECT RAISE(ABORT, '{ONLY_GROWS}'); END"
    for verb in ("UPDATE", "DELETE")
)
_POSTGRESQL = (
    (
        "CREATE OR REPLACE FUNCTION register_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{ONLY_GROWS}'; END$$"
    ),
    (
        "CREATE OR REPLACE TRIGGER entries_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON entries FOR EACH STATEMENT EXECUTE FUNCTION register_only_grows()"
    ),
)
_GUARDS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}

MIGRATIONS: Mapping[int, Callable[[Connection], None]] = {}
"""How a database of a version becomes one of the next, by the version that it has."""


class NewerError(Exception):
    """A database that a newer offsetcheck has written."""


def prepare(connection: Connection) -> None:
    """Make the tables where there are none, or bring those of an older version to today's.

    Raises NewerError for those of a newer one. Both happen whole or not at all.
    """
    if not inspect(connection).has_table(STATE.name):
        METADATA.create_all(connection)
        connection.execute(insert(STATE).values(version=VERSION))
    version = connection.execute(select(STATE.c.version)).scalar_one()
    if version > VERSION:
        raise NewerError(f"the register is of version {version}, and this program knows {VERSION}")
    for step in range(version, VERSION):
        MIGRATIONS[step](connection)
        connection.execute(update(STATE).values(version=step + 1))
    for guard in _GUARDS.get(connection.dialect.name, ()):
        connection.execute(text(guard))
