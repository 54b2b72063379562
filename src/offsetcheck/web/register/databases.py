"""How a register's database is reached: a file of SQLite, or a server of PostgreSQL."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

WAIT_SECONDS = 20  # for another process that is writing
LOCK = 7_201_902_811  # the number of the lock that writers of PostgreSQL take
SQLITE, POSTGRESQL = "sqlite", "postgresql"
OF_POSTGRESQL = {
    "application_name": "offsetcheck",
    "client_encoding": "utf8",
    "connect_timeout": 5,  # seconds; a page is not kept waiting for a machine that is gone
    "tcp_user_timeout": 10_000,  # milliseconds
}
"""What a connection is made with, unless the address says otherwise."""


class OtherDatabaseError(Exception):
    """A kind of database in which a register cannot be kept."""


def engine_of(url: str) -> Engine:
    """Return what connects to the database of an address; nothing is asked of it yet.

    Raises OtherDatabaseError, and SQLAlchemy's errors for an address that is none.
    """
    address = make_url(url)
    kind = address.get_backend_name()
    if kind == SQLITE:
        engine = create_engine(address)
        _prepare_sqlite(engine)
        return engine
    if kind != POSTGRESQL:
        raise OtherDatabaseError(f"a register is kept in SQLite or PostgreSQL, not in {kind}")
    given = {key: value for key, value in OF_POSTGRESQL.items() if key not in address.query}
    # Whoever has waited for the lock must see what the writer before him has written.
    return create_engine(
        address, pool_pre_ping=True, isolation_level="READ COMMITTED", connect_args=given
    )


def refuse_encoding(connection: Connection) -> None:
    """Raise OtherDatabaseError for a database that could not hold every name."""
    if connection.dialect.name == POSTGRESQL:
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding not in {"UTF8", "SQL_ASCII"}:  # the second takes bytes as they come
            raise OtherDatabaseError(f"the database is encoded in {encoding}, and needs UTF8")


def take_turn(connection: Connection) -> None:
    """Wait until no other process writes, for as long as this transaction lasts."""
    if connection.dialect.name == POSTGRESQL:  # SQLite waits where a transaction begins
        connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def reason_of(error: Exception) -> str:
    """Return what a database says of an error, in one line."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__


def keep_copy(connection: Connection, version: int) -> None:
    """Keep a copy of an SQLite register beside it, as it is before this transaction changes it.

    Raises OSError or sqlite3.Error where there is no room for one. A server's database has backups
    of its own.
    """
    file = connection.engine.url.database
    if connection.dialect.name != SQLITE or not file:
        return
    kept = Path(f"{file}.version-{version}")
    made = kept.with_name(f"{kept.name}.part")
    made.unlink(missing_ok=True)
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(made)) as new:
            old.backup(new)
        made.replace(kept)
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)


def _prepare_sqlite(engine: Engine) -> None:
    """Let several processes write by turns, each entry on the disk before it is called written."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where this module says
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A reader that writes later could find that another has written meanwhile.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes", True))
