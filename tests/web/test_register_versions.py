"""Registers of older and newer versions: taken over whole, or left as they are."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from offsetcheck.web.register import schema
from offsetcheck.web.register.book import _opened, register_file, register_of
from offsetcheck.web.register.entry import Act, RegisterError
from offsetcheck.web.visit import Workplace

FROZEN = Path(__file__).with_name("register_1") / "sqlite.sql"
"""What `.dump` told of a register that the first version wrote; nothing makes it anew."""
LAST = "3248044fa4e3a75ca64706f46b19b60101c67b52e7d25ce0c81f31e3f4de3719"


@pytest.fixture
def place(tmp_path):
    """Return a served folder whose register the first version has written."""
    place = Workplace(tmp_path)
    file = register_file(place)
    with closing(sqlite3.connect(file)) as made:
        made.executescript(FROZEN.read_text("utf-8"))
    yield place
    _opened.cache_clear()


def _rows(file):
    with closing(sqlite3.connect(file)) as read:
        return list(read.execute("SELECT * FROM entries")), list(
            read.execute("SELECT version FROM register_state")
        )


def _add_place(connection):
    """A step as a later version may have one: a column more, filled in for what is there."""
    connection.exec_driver_sql("ALTER TABLE entries ADD COLUMN place TEXT")
    connection.exec_driver_sql("DROP TRIGGER entries_no_update")
    connection.exec_driver_sql("UPDATE entries SET place = 'turku'")


def _half(connection):
    _add_place(connection)
    raise OSError("the disk is full")


@pytest.fixture
def second(monkeypatch):
    """Return a function that makes this program one of version 2, with a step to it."""

    def set_to(step):
        monkeypatch.setattr(schema, "VERSION", 2)
        monkeypatch.setattr(schema, "MIGRATIONS", {1: step} if step else {})

    yield set_to
    _opened.cache_clear()


def test_there_is_a_step_from_every_version_on():
    """No register of a released version is left behind."""
    assert set(schema.MIGRATIONS) == set(range(1, schema.VERSION))


def test_the_first_version_is_taken_over(place):
    """Its entries are those that were written, the chain holds and goes on, the guard is whole."""
    register = register_of(place)
    entries = list(register.entries())
    assert (len(entries), entries[-1].hash, register.first_wrong()) == (7, LAST, None)
    assert entries[2].act.person == "Бо@city.example"
    assert entries[2].act.details["reason"] == "Veljeni myy “päästöjä”; 100 %\nja \\ '; --"
    assert register.append(Act("dan", "rules")).before == LAST
    assert register.first_wrong() is None
    with (
        closing(sqlite3.connect(register_file(place))) as other,
        pytest.raises(sqlite3.IntegrityError, match="only grows"),
    ):
        other.execute("REPLACE INTO entries SELECT * FROM entries WHERE number = 2")


def test_a_newer_version_is_left_alone(place):
    """What a newer program wrote is not written to, and that is said."""
    file = register_file(place)
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE register_state SET version = 99")
    before = _rows(file)
    with pytest.raises(RegisterError, match="version 99, and this program knows 1"):
        register_of(place)
    assert _rows(file) == before


def test_a_copy_is_kept_before_a_step(place, second):
    """The register is brought to the next version; as it was it lies beside, readable by its owner."""
    file = register_file(place)
    before = _rows(file)
    second(_add_place)
    register = register_of(place)
    assert register.first_wrong() is None
    rows, version = _rows(file)
    assert ({row[-1] for row in rows}, version) == ({"turku"}, [(2,)])
    kept = file.with_name("register.db.version-1")
    assert _rows(kept) == before
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not list(file.parent.glob("*.part"))
    with (
        closing(sqlite3.connect(file)) as other,
        pytest.raises(sqlite3.IntegrityError, match="only grows"),
    ):
        other.execute("UPDATE entries SET place = 'x'")


@pytest.mark.parametrize("step", [_half, None])
def test_a_step_that_fails_half_way_leaves_the_register_as_it_was(place, monkeypatch, step):
    """Nothing of the step stays, it is said in words, and the version before goes on."""
    file = register_file(place)
    before = _rows(file)
    with monkeypatch.context() as later:
        later.setattr(schema, "VERSION", 2)
        later.setattr(schema, "MIGRATIONS", {1: step} if step else {})
        with pytest.raises(RegisterError, match="version 1 cannot be brought to version 2"):
            register_of(place)
    assert _rows(file) == before
    register = register_of(place)
    assert register.append(Act("dan", "rules")).number == 8
    assert register.first_wrong() is None


def test_without_room_for_a_copy_nothing_is_changed(place, second):
    """Where the copy cannot be written, no step is made."""
    file = register_file(place)
    before = _rows(file)
    file.with_name("register.db.version-1").mkdir()
    second(_add_place)
    with pytest.raises(RegisterError, match="cannot be brought"):
        register_of(place)
    assert _rows(file) == before
    assert not list(file.parent.glob("*.part"))
