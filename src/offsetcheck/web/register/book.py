"""The register's database: SQLite in the served folder, or PostgreSQL by its address."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, create_engine, event, insert, select, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from offsetcheck.vocabulary.problem import Place, Problem, RequestError
from offsetcheck.web.folder.tenders import own_folder
from offsetcheck.web.register.entry import FIRST, LONGEST, Act, Entry, entry, first_wrong
from offsetcheck.web.register.schema import ENTRIES, NewerError, prepare
from offsetcheck.web.visit import Workplace

FILE = "register.db"
WAIT_SECONDS = 20  # for another process that is writing
LOCK = 7_201_902_811  # the number of the lock that writers of PostgreSQL take
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Register:
    """A register that is open; each of its methods is whole or did not happen."""

    engine: Engine

    def append(self, act: Act, at: datetime | None = None) -> Entry:
        """Write an act down after the last one, and return it as it stands."""
        when = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds")
        kept = {name: str(value)[:LONGEST] for name, value in act.details.items()}
        act = Act(act.person, act.act, act.tender, kept)
        with self._writing() as connection:
            columns = (ENTRIES.c.number, ENTRIES.c.hash)
            query = select(*columns).order_by(ENTRIES.c.number.desc()).limit(1)
            last = connection.execute(query).first()
            number, before = (last.number + 1, last.hash) if last else (1, FIRST)
            made = entry(number, when, act, before)
            connection.execute(insert(ENTRIES).values(**_row(made)))
        return made

    def entries(
        self, *, tender: str | None = None, act: str | None = None, after: int = 0
    ) -> Iterator[Entry]:
        """Yield the entries in order; only those of a tender, an act, or after a number."""
        query = select(ENTRIES).where(ENTRIES.c.number > after).order_by(ENTRIES.c.number)
        if tender is not None:
            query = query.where(ENTRIES.c.tender == tender)
        if act is not None:
            query = query.where(ENTRIES.c.act == act)
        with self.engine.connect().execution_options(writes=False) as connection:
            for row in connection.execute(query).yield_per(AT_ONCE):
                yield _entry(row)

    def first_wrong(self) -> int | None:
        """Return the number of the first entry that is not what it was; None where all are."""
        return first_wrong(self.entries())

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection


def register_of(workplace: Workplace) -> Register:
    """Return the register of a served folder, its tables made or brought to today's.

    Raises RequestError for an address that is none, and for a database that cannot be used.
    """
    if workplace.register is not None:
        return _opened(workplace.register)
    return _opened(f"sqlite:///{own_folder(workplace) / FILE}")


@cache
def _opened(url: str) -> Register:
    try:
        engine = create_engine(url, pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(engine)
        made = Register(engine)
        with made._writing() as connection:  # noqa: SLF001 - its own module
            prepare(connection)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        said = f"the register's address cannot be used: {str(error).splitlines()[0][:200]}"
        raise RequestError.about("register", said, "such as postgresql+psycopg://…") from None
    except NewerError as error:
        raise RequestError.about("register", str(error), "install a newer offsetcheck") from None
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
        problem = Problem(f"the register cannot be opened: {reason}", Place("register"))
        raise RequestError([problem]) from None
    return made


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


def _row(made: Entry) -> dict[str, Any]:
    act = made.act
    details = json.dumps(dict(act.details), ensure_ascii=False, sort_keys=True)
    return {
        "number": made.number, "at": made.at, "person": act.person, "act": act.act,
        "tender": act.tender, "details": details, "before": made.before, "hash": made.hash,
    }  # fmt: skip


def _entry(row: Row[Any]) -> Entry:
    try:
        details = json.loads(row.details)
    except ValueError:
        details = {}
    kept = {str(k): str(v) for k, v in details.items()} if isinstance(details, dict) else {}
    act = Act(row.person, row.act, row.tender, kept)
    return Entry(row.number, row.at, act, row.before, row.hash)


def register_file(workplace: Workplace) -> Path | None:
    """Return the file of the register, None where it is a server's database."""
    return own_folder(workplace) / FILE if workplace.register is None else None
