"""The register in PostgreSQL, on a real server: the same entries, the same chain, the same guard."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from offsetcheck.web.register import book, databases, schema
from offsetcheck.web.register.book import register_of
from offsetcheck.web.register.entry import Act, RegisterError
from offsetcheck.web.visit import Workplace
from web import postgres

if postgres.lacking():
    pytest.skip(postgres.lacking(), allow_module_level=True)

AT = datetime(2026, 9, 30, 8, tzinfo=UTC)
ACTS = (
    Act("anna@city.example", "interest", "turku", {"kind": "none"}),
    Act("Бо", "purchase", "turku", {"file": "“päästö”; 100 %\n\\ ' -- \x00", "long": "x" * 5000}),
    Act("carla", "rules"),
)


@pytest.fixture(scope="module")
def cluster():
    with postgres.cluster() as made:
        yield made


@pytest.fixture(autouse=True)
def closed(monkeypatch):
    """Close what a test has opened: each register is opened anew by the next."""
    opened = []
    made = book.engine_of

    def engine_of(url):
        opened.append(made(url))
        return opened[-1]

    monkeypatch.setattr(book, "engine_of", engine_of)
    yield
    book._opened.cache_clear()
    for engine in opened:
        engine.dispose()


@pytest.fixture
def url(cluster, request):
    """Return the address of a database of the test's own."""
    names = sum(1 for _ in cluster.say("SELECT FROM pg_database"))
    return cluster.new(f"register_{names}")


@pytest.fixture
def place(tmp_path, url):
    return Workplace(tmp_path, register=url)


@pytest.fixture
def written(place):
    register = register_of(place)
    for act in ACTS:
        register.append(act, AT)
    return register


def _database(register):
    return register.engine.url.database


def test_both_databases_hold_the_same_entries(written, tmp_path):
    """The same acts at the same time are the same entries, to the hash, in a file and on a server."""
    file = register_of(Workplace(tmp_path))
    for act in ACTS:
        file.append(act, AT)
    assert list(written.entries()) == list(file.entries())
    assert written.first_wrong() is None
    assert [one.number for one in written.entries(tender="turku", act="interest")] == [1]


def test_what_is_taken_away_is_the_same_to_the_byte(site, written):
    """CSV and JSON Lines of a register do not tell where it is kept."""
    file = register_of(site.door.workplace)
    for act in ACTS:
        file.append(act, AT)
    of_file = [site.get(f"/register/{form}").content for form in ("csv", "jsonl")]
    site.door.workplace = replace(site.door.workplace, register=str(written.engine.url))
    assert [site.get(f"/register/{form}").content for form in ("csv", "jsonl")] == of_file
    assert "as it was written" in site.text("/register")


def test_several_processes_write_one_chain(place, url):
    """Four processes at once, from an empty database on: no fork, no gap, nothing lost."""
    names = ["anna", "bo", "carla", "dan"]
    program = Path(__file__).with_name("register_written.py")
    command = [sys.executable, str(program), str(place.folder)]
    writers = [subprocess.Popen([*command, name, url]) for name in names]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0, 0]
    register = register_of(place)
    entries = list(register.entries())
    assert [one.number for one in entries] == list(range(1, 81))
    assert register.first_wrong() is None
    for name in names:
        said = [one.act.details["n"] for one in entries if one.act.person == name]
        assert said == [str(number) for number in range(20)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET person = 'x' WHERE number = 2",
        "DELETE FROM entries WHERE number = 99",
        "TRUNCATE entries",
        "INSERT INTO entries SELECT * FROM entries ON CONFLICT (number) DO UPDATE SET person = 'x'",
    ],
)
def test_the_database_itself_refuses_to_change_an_entry(cluster, written, statement):
    """The owner of the database himself is told that the register only grows."""
    import psycopg

    before = list(written.entries())
    with pytest.raises(psycopg.Error, match="only grows"):
        cluster.say(statement, _database(written))
    assert list(written.entries()) == before


@pytest.mark.parametrize("column", ["at", "person", "act", "tender", "details", "before", "hash"])
def test_an_entry_that_was_changed_past_the_guard_is_named(cluster, written, column):
    """One letter of any column, changed past the guard, and the number of the entry is told."""
    changed = f"overlay({column} placing '#' from 1)"
    statement = f"UPDATE entries SET {column} = {changed} WHERE number = 2"
    cluster.say(f"ALTER TABLE entries DISABLE TRIGGER USER; {statement}", _database(written))
    assert written.first_wrong() == 2


def test_a_guard_that_was_taken_away_is_put_back_at_the_next_start(cluster, written, place):
    """Whoever takes the guard away has it back when the server starts anew."""
    import psycopg

    cluster.say("ALTER TABLE entries DISABLE TRIGGER USER", _database(written))
    book._opened.cache_clear()
    register_of(place)
    with pytest.raises(psycopg.Error, match="only grows"):
        cluster.say("DELETE FROM entries", _database(written))


def _cut_off(cluster, register):
    """Write an entry, and have the server end the connection before it is whole."""
    with register._writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO entries SELECT 4, at, person, act, tender, details, before, hash "
            "FROM entries WHERE number = 3"
        )
        number = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        cluster.say(f"SELECT pg_terminate_backend({number}, 5000)")
        connection.exec_driver_sql("SELECT 1")


def test_a_connection_that_is_cut_in_the_middle_of_an_entry_leaves_none(cluster, written):
    """What was not ended is not there; the next entry follows the last whole one."""
    with pytest.raises(RegisterError, match="cannot be reached"):
        _cut_off(cluster, written)
    assert written.append(Act("dan", "rules")).number == 4
    assert written.first_wrong() is None


def test_a_writer_does_not_wait_for_ever(cluster, written, monkeypatch):
    """Where another program holds the lock, that is told; later it goes on."""
    monkeypatch.setattr(databases, "WAIT_SECONDS", 1)
    with cluster.connect(_database(written)) as other, other.transaction():
        other.execute("SELECT pg_advisory_xact_lock(%s)", [databases.LOCK])
        with pytest.raises(RegisterError, match="lock timeout"):
            written.append(Act("dan", "rules"))
    assert written.append(Act("dan", "rules")).number == 4


def test_a_server_that_is_gone_is_a_page_in_words_and_nothing_is_decided(cluster, site, url):
    """No file is changed while nothing can be written down; when it is back, all goes on."""
    site.door.workplace = replace(site.door.workplace, register=url)
    site.send("/t/turku/purchase", {"title": "First"}, at="/t/turku/purchase")
    path = site.folder / "turku" / "purchase.yaml"
    before = path.read_bytes()
    cluster.stop()
    try:
        answer = site.send("/t/turku/purchase", {"title": "Second"}, at="/t/turku/purchase")
        assert answer.status_code == 503
        assert "The register cannot be reached" in answer.text
        assert "nothing was changed or decided" in answer.text
        assert str(cluster.folder) not in answer.text
        assert path.read_bytes() == before
        assert site.get("/register").status_code == 503
        assert site.get("/t/turku/purchase").status_code == 200
    finally:
        cluster.start()
    answer = site.send("/t/turku/purchase", {"title": "Third"}, at="/t/turku/purchase")
    assert answer.status_code == 200
    assert b"Third" in path.read_bytes()
    register = register_of(site.door.workplace)
    assert [one.act.act for one in register.entries()] == ["purchase_changed", "purchase_changed"]
    assert register.first_wrong() is None


def test_an_account_that_may_only_read_and_add_is_enough(cluster, written, place):
    """Once the tables are there, the server needs no right to change or drop them."""
    name = _database(written)
    cluster.say(
        f"CREATE ROLE {name}_app LOGIN; GRANT SELECT, INSERT ON entries TO {name}_app; "
        f"GRANT SELECT ON register_state TO {name}_app",
        name,
    )
    less = register_of(replace(place, register=cluster.url(name, f"{name}_app")))
    less.try_out()
    assert less.append(Act("dan", "rules")).number == 4
    assert written.first_wrong() is None


def test_an_account_that_may_not_write_is_told_before_anything_is_done(cluster, written, place):
    """Who may only read cannot write down, and so nothing is done."""
    name = _database(written)
    cluster.say(
        f"CREATE ROLE {name}_eye LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}_eye",
        name,
    )
    less = register_of(replace(place, register=cluster.url(name, f"{name}_eye")))
    assert len(list(less.entries())) == 3
    with pytest.raises(RegisterError, match="permission denied"):
        less.try_out()


def test_trying_the_register_out_leaves_nothing(written):
    """What is tried is taken back, and the next entry has its number."""
    written.try_out()
    assert len(list(written.entries())) == 3
    assert written.append(Act("dan", "rules")).number == 4


def test_letters_of_every_language_are_kept_or_the_database_is_refused(cluster, place):
    """A database that takes bytes as they come holds all letters; one of few letters is refused."""
    ascii_only = cluster.new("any_bytes", "ENCODING SQL_ASCII LOCALE 'C' TEMPLATE template0")
    register = register_of(replace(place, register=ascii_only))
    register.append(Act("Бо", "rules"))
    assert [one.act.person for one in register.entries()] == ["Бо"]
    few = cluster.new("few_letters", "ENCODING LATIN1 LOCALE 'C' TEMPLATE template0")
    with pytest.raises(RegisterError, match="LATIN1, and needs UTF8"):
        register_of(replace(place, register=few))


def test_the_first_version_is_taken_over(cluster, place, url):
    """A dump of a database as the first version made it: its chain holds, and goes on."""
    frozen = Path(__file__).with_name("register_1") / "postgresql.sql"
    cluster.say(frozen.read_text("utf-8"), url.partition("@/")[2].partition("?")[0])
    register = register_of(place)
    assert register.first_wrong() is None
    assert register.append(Act("dan", "rules")).number == 8
    assert register.first_wrong() is None


def test_a_newer_version_and_a_wrong_password_are_told_in_words(cluster, written, place):
    """A server does not start with such a register, and its password is told to nobody."""
    cluster.say("UPDATE register_state SET version = 99", _database(written))
    book._opened.cache_clear()
    with pytest.raises(RegisterError, match="version 99"):
        register_of(place)
    there = "postgresql+psycopg://nobody:hidden@/nothing?host=" + str(cluster.folder)
    with pytest.raises(RegisterError, match="does not exist") as told:
        register_of(replace(place, register=there))
    assert "hidden" not in str(told.value)


def test_a_step_that_fails_leaves_the_database_as_it_was(cluster, written, place, monkeypatch):
    """The tables are changed whole or not at all, and the version before goes on with them."""

    def half(connection):
        connection.exec_driver_sql("ALTER TABLE entries ADD COLUMN place TEXT")
        connection.exec_driver_sql("SELECT 1 / 0")

    with monkeypatch.context() as later:
        later.setattr(schema, "VERSION", 2)
        later.setattr(schema, "MIGRATIONS", {1: half})
        book._opened.cache_clear()
        with pytest.raises(RegisterError, match="of version 1 cannot be brought"):
            register_of(place)
    columns = cluster.say(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'entries'",
        _database(written),
    )
    assert ("place",) not in list(columns)
    book._opened.cache_clear()
    assert register_of(place).append(Act("dan", "rules")).number == 4
