"""The register's database: SQLite in the served folder, or PostgreSQL by its address."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from offsetcheck.web.folder.tenders import own_folder
from offsetcheck.web.register.databases import (
    OtherDatabaseError,
    engine_of,
    keep_copy,
    reason_of,
    refuse_encoding,
    take_turn,
)
from offsetcheck.web.register.entry import (
    FIRST,
    LONGEST,
    Act,
    Entry,
    RegisterError,
    entry,
    first_wrong,
)
from offsetcheck.web.register.last import FILE as LAST_FILE
from offsetcheck.web.register.last import Last, keep_last, last_kept
from offsetcheck.web.register.schema import ENTRIES, NewerError, NotTakenOverError, prepare
from offsetcheck.web.visit import Workplace

FILE = "register.db"
AT_ONCE = 1000
MOST_OPEN = 4
Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Register:
    """A register that is open; each of its methods is whole or did not happen.

    Each raises RegisterError where the database cannot be reached or refuses. `last` is where the
    last entry is kept beside a register that is a file.
    """

    engine: Engine
    last: Path | None = None

    def append(self, act: Act, at: datetime | None = None) -> Entry:
        """Write an act down after the last one, and return it as it stands.

        Where entries are gone that were there, the register says so first, by an entry of its own.
        """
        when = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds")
        kept = {name: str(value)[:LONGEST] for name, value in act.details.items()}
        act = Act(act.person, act.act, act.tender, kept)
        with self._writing() as connection:
            known = last_kept(self.last)
            if known is not None and not _holds(connection, known):
                _inserted(connection, when, known.act())
            made = _inserted(connection, when, act)
        keep_last(self.last, made)
        return made

    def try_out(self) -> None:
        """Write an entry and take it back, so that what cannot be written down is not done."""
        with self._writing() as connection:
            _inserted(connection, "", Act("", ""))
            connection.get_transaction().rollback()  # type: ignore[union-attr] # it has begun

    def entries(
        self, *, tender: str | None = None, act: str | None = None, after: int = 0
    ) -> Iterator[Entry]:
        """Yield the entries in order; only those of a tender, an act, or after a number."""
        query = select(ENTRIES).where(ENTRIES.c.number > after).order_by(ENTRIES.c.number)
        if tender is not None:
            query = query.where(ENTRIES.c.tender == tender)
        if act is not None:
            query = query.where(ENTRIES.c.act == act)
        with _told(), self.engine.connect().execution_options(writes=False) as connection:
            for row in connection.execute(query).yield_per(AT_ONCE):
                yield _entry(row)

    def first_wrong(self) -> int | None:
        """Return the number of the first entry that is not what it was; None where all are."""
        return first_wrong(self.entries())

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _told(), self.engine.begin() as connection:
            take_turn(connection)
            yield connection


@contextmanager
def _told() -> Iterator[None]:
    """Say in words what a database says; what is wrong with an address is said where it is read."""
    try:
        yield
    except (ArgumentError, NoSuchModuleError):
        raise
    except SQLAlchemyError as error:
        said = f"the register cannot be reached: {reason_of(error)}"
        raise RegisterError.about("register", said) from None


def _holds(connection: Connection, known: Last) -> bool:
    query = select(ENTRIES.c.hash).where(ENTRIES.c.number == known.number)
    return connection.execute(query).scalar() == known.hash


def _inserted(connection: Connection, when: str, act: Act) -> Entry:
    columns = (ENTRIES.c.number, ENTRIES.c.hash)
    query = select(*columns).order_by(ENTRIES.c.number.desc()).limit(1)
    last = connection.execute(query).first()
    number, before = (last.number + 1, last.hash) if last else (1, FIRST)
    made = entry(number, when, act, before)
    connection.execute(insert(ENTRIES).values(**_row(made)))
    return made


def register_of(workplace: Workplace) -> Register:
    """Return the register of a served folder, its tables made or brought to today's.

    Raises RegisterError for an address that is none, and for a database that cannot be used.
    """
    if workplace.register is not None:
        return _opened(workplace.register)
    file = own_folder(workplace) / FILE
    return _opened(f"sqlite:///{file}", _identity(file), file.with_name(LAST_FILE))


def _identity(file: Path) -> Identity | None:
    """Return which file lies there: another one in its place is another register, to be opened.

    Who went on writing into the one that was open would write where nobody reads.
    """
    with suppress(OSError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        state = file.stat()
        return state.st_dev, state.st_ino
    return None


@lru_cache(MOST_OPEN)
def _opened(url: str, identity: Identity | None = None, last: Path | None = None) -> Register:
    del identity
    try:
        return _prepared(Register(engine_of(url), last))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, OtherDatabaseError) as error:
        said = f"the register's address cannot be used: {reason_of(error)}"
        raise RegisterError.about("register", said, "such as postgresql+psycopg://…") from None
    except NewerError as error:
        raise RegisterError.about("register", str(error), "install a newer offsetcheck") from None
    except NotTakenOverError as error:
        said, hint = str(error), "it is as it was; the version before goes on with it"
        raise RegisterError.about("register", said, hint) from error


def _prepared(register: Register) -> Register:
    try:
        with register._writing() as connection:  # noqa: SLF001 - its own module
            refuse_encoding(connection)
            prepare(connection, keep_copy)
    except BaseException:
        register.engine.dispose()
        raise
    return register


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
