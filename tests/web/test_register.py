"""The register of who did what: it only grows, and a change from outside is told."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.web.answered import answered
from offsetcheck.web.door.people import OnePerson
from offsetcheck.web.register.book import Register, register_file, register_of
from offsetcheck.web.register.entry import FIRST, Act, RegisterError, entry, first_wrong
from offsetcheck.web.register.last import OLDER
from offsetcheck.web.register.second import seconded, waiting
from offsetcheck.web.visit import EVERY_ROLE, Person, Role, Visit, Workplace
from web.site import TODAY, site_of


@pytest.fixture
def place(tmp_path):
    return Workplace(tmp_path)


def _written(place, count=3):
    register = register_of(place)
    for number in range(count):
        register.append(Act("anna", "purchase", "turku", {"file": f"{number}.yaml"}))
    return register


def test_entries_are_numbered_and_bound_to_one_another(place):
    """Each entry names the hash of the one before; the first names none."""
    entries = list(_written(place).entries())
    assert [one.number for one in entries] == [1, 2, 3]
    assert entries[0].before == FIRST
    assert [one.before for one in entries[1:]] == [one.hash for one in entries[:-1]]
    assert first_wrong(entries) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET person = 'x'",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE number = 2",
    ],
)
def test_the_database_itself_refuses_to_change_an_entry(place, statement):
    """Whoever opens the file with another program is told that the register only grows."""
    _written(place)
    other = sqlite3.connect(register_file(place))
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        other.execute(statement)
    other.close()


COLUMNS = ("at", "person", "act", "tender", "details", "before", "hash")


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_entry_is_named(place, column):
    """One letter of any column, changed past the guard, and the number of the entry is told."""
    register = _written(place)
    with sqlite3.connect(register_file(place)) as other:
        other.execute("DROP TRIGGER entries_no_update")
        other.execute(f"UPDATE entries SET {column} = {column} || 'x' WHERE number = 2")
    other.close()
    assert register.first_wrong() == 2


def test_a_missing_entry_is_named(place):
    """An entry that was taken out of the middle leaves its number behind."""
    register = _written(place)
    with sqlite3.connect(register_file(place)) as other:
        other.execute("DROP TRIGGER entries_no_delete")
        other.execute("DELETE FROM entries WHERE number = 2")
    other.close()
    assert register.first_wrong() == 2


@given(st.lists(st.tuples(st.text(), st.text(), st.dictionaries(st.text(), st.text())), max_size=5))
def test_whatever_is_said_is_bound(said):
    """Names and details of any letters make a chain that holds, and breaks where one changes."""
    entries, before = [], FIRST
    for number, (person, act, details) in enumerate(said, 1):
        entries.append(
            entry(number, "2026-09-30T00:00:00+00:00", Act(person, act, "", details), before)
        )
        before = entries[-1].hash
    assert first_wrong(entries) is None
    if len(entries) > 1:
        assert first_wrong(entries[1:]) == 1
        assert first_wrong([entries[0], *entries[2:]]) == (2 if len(entries) > 2 else None)


def test_several_processes_write_one_chain(place):
    """Four processes at once: nothing is lost, and every entry follows the one before."""
    names = ["anna", "bo", "carla", "dan"]
    program = Path(__file__).with_name("register_written.py")
    command = [sys.executable, str(program), str(place.folder)]
    writers = [subprocess.Popen([*command, name]) for name in names]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    register = register_of(place)
    entries = list(register.entries())
    assert len(entries) == 80
    assert first_wrong(entries) is None
    for name in names:
        said = [one.act.details["n"] for one in entries if one.act.person == name]
        assert said == [str(number) for number in range(20)]


@pytest.mark.parametrize(
    "url", ["nonsense", "oracle9://x", "sqlite:////no/such/folder/x.db", "mysql://x"]
)
def test_an_address_that_is_none_is_told(tmp_path, url):
    """A wrong address of a database is one sentence and no trace."""
    with pytest.raises(RequestError):
        register_of(Workplace(tmp_path, register=url))


def test_the_page_shows_each_act_and_the_state_of_all(site):
    """Newest first; a table to take away; nothing in it runs in a spreadsheet."""
    register = register_of(site.door.workplace)
    register.append(Act("=cmd()", "purchase", "turku", {"file": "<b>x</b>"}))
    page = site.text("/register")
    assert "as it was written" in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "'=cmd()" in site.text("/register/csv")
    told = [json.loads(line) for line in site.text("/register/jsonl").splitlines()]
    assert told[0]["person"] == "=cmd()"
    assert told[0]["hash"] == next(iter(register.entries())).hash
    assert site.get("/register/xlsx").status_code == 404


def test_a_change_from_outside_is_told_on_the_page(site):
    """The number of the first wrong entry stands at the top."""
    register_of(site.door.workplace).append(Act("anna", "purchase"))
    with sqlite3.connect(register_file(site.door.workplace)) as other:
        other.execute("DROP TRIGGER entries_no_update")
        other.execute("UPDATE entries SET person = 'bo'")
    other.close()
    assert "changed from outside" in site.text("/register")


class Two(OnePerson):
    """People of a test: whoever is set asks."""

    def __init__(self, name, roles=EVERY_ROLE):
        self._person = Person(name, roles)


def _as(site, name, roles=EVERY_ROLE):
    site.door.people = Two(name, roles)


@pytest.fixture
def many(tmp_path, pool):
    site = site_of(tmp_path, pool, "turku")
    site.door.workplace = Workplace(tmp_path, many=True)
    return site


def test_whoever_has_an_interest_says_which(many):
    """A declaration needs a choice, and an interest a sentence; it stands in the register."""
    _as(many, "anna")
    assert many.send("/t/turku/interest", {"kind": ""}).status_code == 422
    assert many.send("/t/turku/interest", {"kind": "some"}).status_code == 422
    answer = many.send("/t/turku/interest", {"kind": "some", "reason": "My brother sells"})
    assert answer.status_code == 200
    said = [one.act.details for one in register_of(many.door.workplace).entries()]
    assert said == [{"kind": "some", "reason": "My brother sells"}]


def test_nobody_sees_offers_before_he_has_declared_and_whoever_has_an_interest_sees_none(many):
    """Every page of the tender is refused until a person declares that he has no interest in it."""
    _as(many, "anna")
    pages = ["/t/turku", "/t/turku/verdicts", "/t/turku/offer/VCS902"]
    assert {many.get(page).status_code for page in pages} == {403}
    assert '<a href="/t/turku/interest">' in many.get("/t/turku/verdicts").text
    many.send("/t/turku/interest", {"kind": "none"})
    assert {many.get(page).status_code for page in pages} == {200}
    _as(many, "bo")
    assert many.get("/t/turku/verdicts").status_code == 403
    many.send("/t/turku/interest", {"kind": "some", "reason": "My brother sells"})
    refused = many.get("/t/turku/verdicts")
    assert refused.status_code == 403
    assert "You have declared an interest" in refused.text


def test_a_reader_may_look_and_change_nothing(many):
    """A reader sees pages; a form that changes something is refused, and nothing is written down."""
    _as(many, "eve", frozenset({Role.READER}))
    many.send("/t/turku/interest", {"kind": "none"})
    assert many.get("/t/turku/purchase").status_code == 200
    before = (many.folder / "turku" / "purchase.yaml").read_bytes()
    entries = len(list(register_of(many.door.workplace).entries()))
    answer = many.send("/t/turku/purchase", {"title": "Another"}, at="/t/turku/purchase")
    assert answer.status_code == 403
    assert (many.folder / "turku" / "purchase.yaml").read_bytes() == before
    assert len(list(register_of(many.door.workplace).entries())) == entries


def test_what_cannot_be_written_down_is_not_done(site):
    """Where the register takes no entry, the page says so, and the file is as it was."""
    register = register_of(site.door.workplace)
    path = site.folder / "turku" / "purchase.yaml"
    before = path.read_bytes()
    with register.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    answer = site.send("/t/turku/purchase", {"title": "Another"}, at="/t/turku/purchase")
    assert answer.status_code == 503
    assert "The register cannot be reached" in answer.text
    assert path.read_bytes() == before


def test_a_change_that_is_not_in_the_register_is_told(place, monkeypatch):
    """Where the register goes between the change and its entry, whoever changed it learns so."""

    def gone(self, act):
        raise RegisterError.about("register", "gone")

    monkeypatch.setattr(Register, "append", gone)
    form = (("sample", "turku"),)
    answer = answered(Visit("POST", "/samples", place, Person("anna"), TODAY, "en", form=form))
    assert answer.status == 503
    assert "This was done, but is not in the register" in answer.body.decode()
    assert (place.folder / "turku" / "purchase.yaml").is_file()


def _visit(place, name, tender="turku"):
    return Visit(
        "POST", f"/t/{tender}/x", place, Person(name), TODAY, "en", parts={"tender": tender}
    )


def test_one_person_alone_needs_no_second(place):
    """On one's own machine what one signs takes effect."""
    assert seconded(_visit(place, "anna"), "award", "VCS1", {"a": 1})
    assert waiting(_visit(place, "anna"), "award") == ()


def test_two_persons_sign_the_very_same(place):
    """A first signature waits; the same person's, another content or another subject do not second it."""
    place = Workplace(place.folder, many=True)
    anna, bo = _visit(place, "anna"), _visit(place, "bo")
    assert not seconded(anna, "award", "VCS1", {"a": 1})
    assert not seconded(anna, "award", "VCS1", {"a": 1})
    assert not seconded(_visit(place, "Anna"), "award", "VCS1", {"a": 1})
    assert not seconded(bo, "award", "VCS1", {"a": 2})
    assert not seconded(bo, "award", "VCS2", {"a": 1})
    assert not seconded(bo, "gate", "VCS1", {"a": 1})
    assert not seconded(_visit(place, "bo", "bogota"), "award", "VCS1", {"a": 1})
    assert {(one.person, one.subject) for one in waiting(anna, "award")} == {
        ("Anna", "VCS1"), ("bo", "VCS1"), ("bo", "VCS2"),
    }  # fmt: skip
    assert seconded(bo, "award", "VCS1", {"a": 1})
    assert [one.subject for one in waiting(anna, "award")] == ["VCS2"]
    assert not seconded(bo, "award", "VCS1", {"a": 1})


def _older_copy(file, put):
    """Keep a copy of a register, write more into it, and put the copy back in its place."""
    kept = file.with_name("kept.db")
    with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(kept)) as new:
        old.backup(new)
    put()
    for beside in ("-wal", "-shm"):
        file.with_name(f"{file.name}{beside}").unlink(missing_ok=True)
    kept.replace(file)


def _cut(file, put):
    """Write more into a register, and cut the end off, past its guards."""
    put()
    with closing(sqlite3.connect(file)) as database:
        database.execute("DROP TRIGGER entries_no_delete")
        database.execute("DELETE FROM entries WHERE number > 1")
        database.commit()


@pytest.mark.parametrize("back", [_older_copy, _cut])
def test_entries_that_are_gone_are_told_for_good(site, back):
    """An older copy in the register's place, or its end cut off: the page says so, and then an entry."""
    place = site.door.workplace
    register_of(place).append(Act("anna", "purchase"))
    back(register_file(place), lambda: register_of(place).append(Act("bo", "offers")))
    page = site.text("/register")
    assert "Entries are gone" in page
    assert "an entry 2 " in page
    register_of(place).append(Act("cid", "purchase"))
    acts = [one.act for one in register_of(place).entries()]
    assert [one.act for one in acts] == ["purchase", OLDER, "purchase"]
    assert acts[1].details["number"] == "2"
    with closing(sqlite3.connect(register_file(place))) as database:  # not where nobody reads
        assert database.execute("SELECT count(*) FROM entries").fetchone() == (3,)
    assert "Every entry is as it was written" in site.text("/register")
    assert "Found that entries were gone" in site.text("/register")


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"number": "x"}', '{"number": -1, "hash": ""}'])
def test_what_is_kept_of_the_last_entry_may_be_lost(site, said):
    """Without it, or with one that cannot be read, the register goes on."""
    register_of(site.door.workplace).append(Act("anna", "purchase"))
    register_file(site.door.workplace).with_name("register.last").write_text(said)
    assert "Every entry is as it was written" in site.text("/register")
    assert register_of(site.door.workplace).append(Act("anna", "purchase")).number == 2
