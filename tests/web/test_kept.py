"""What a process keeps of a tender is never older than the tender's files."""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.web.answered import Response, answered
from offsetcheck.web.folder import kept
from offsetcheck.web.visit import Person, Visit, Workplace
from offsetcheck.web.work.pool import Pool
from web.site import TODAY

PAGES = ("", "/verdicts", "/purchase", "/award", "/letters", "/offer/VCS902", "/evidence")
CHANGES = (
    ("purchase.yaml", b"tonnes: 2000", b"tonnes: 1900"),
    ("purchase.yaml", b"budget: 150000", b"budget: 110000"),
    ("purchase.yaml", b"city: turku", b"city: helsinki"),
    ("offers.csv", b"VCS902", b"VCS903"),
    ("evidence.yaml", b"offer: PURO-ORCA", b"offer: PURO-ORCB"),
    ("screening.yaml", b"VCS902", b"VCS903"),
    ("reviews.yaml", b"offer: VCS2930", b"offer: VCS2931"),
)


@pytest.fixture
def workplace(tmp_path):
    """Return a place with the sample tender of Turku, of which nothing is kept yet."""
    kept._kept.clear()
    shutil.copytree(bundled("samples") / "turku", tmp_path / "turku")
    return Workplace(tmp_path)


def _visit(workplace, page, person="anna", **more):
    path = f"/t/turku{page}"
    return Visit("GET", path, workplace, Person(person), TODAY, "en", **more)


def _pages(workplace):
    return [answered(_visit(workplace, page)) for page in PAGES]


def _changed_in_secret(path: Path, was: bytes, now: bytes) -> None:
    """Change a file so that its day is the same as before, and often its size."""
    state, data = path.stat(), path.read_bytes()
    assert was in data, f"{path.name} has no {was!r}"
    path.write_bytes(data.replace(was, now))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.mark.parametrize(("name", "was", "now"), CHANGES)
def test_a_file_that_is_changed_by_hand_shows_on_every_page(workplace, name, was, now):
    """After a change the pages are those of a process that has kept nothing."""
    before = _pages(workplace)
    assert _pages(workplace) == before
    _changed_in_secret(workplace.folder / "turku" / name, was, now)
    after = _pages(workplace)
    kept._kept.clear()
    assert after == _pages(workplace)
    assert after != before


def test_a_file_that_comes_or_goes_shows_on_every_page(workplace):
    """Evidence that is taken away no longer counts, and counts again when it is put back."""
    evidence = workplace.folder / "turku" / "evidence.yaml"
    before, data = _pages(workplace), evidence.read_bytes()
    evidence.unlink()
    assert _pages(workplace) != before
    evidence.write_bytes(data)
    again = _pages(workplace)
    kept._kept.clear()
    assert again == _pages(workplace)


def test_what_is_kept_holds_nothing_of_the_person_who_asked_first(workplace):
    """The token of a form and the name on a page are those of who asks now."""
    for page in PAGES:
        answered(_visit(workplace, page, "first person", csrf="first-token"))
        seen = answered(_visit(workplace, page, "second person", csrf="second-token")).body
        assert b"first-token" not in seen
        assert b"first person" not in seen
        assert b"second-token" in seen


def test_what_fails_is_not_kept(workplace):
    """An error is told again for as long as it is there, and no longer."""
    tender = kept.opened(_visit(workplace, "", parts={"tender": "turku"}))

    def fails():
        raise ValueError

    with pytest.raises(ValueError):
        tender.once("x", fails)
    assert tender.once("x", lambda: 1) == 1
    assert tender.once("x", fails) == 1


def _answered_in_threads(workplace, monkeypatch, pages, moment, meanwhile):
    """Return which of two processes visits came to that come at once."""
    pool, came = Pool(2), []

    def ask(worker, visit, follow):
        came.append(id(worker))
        meanwhile()
        return Response(200)

    monkeypatch.setattr("offsetcheck.web.work.pool.MOMENT", moment)
    monkeypatch.setattr("offsetcheck.web.work.pool._Worker.ask", ask)
    asked = [
        threading.Thread(target=pool.answer, args=(_visit(workplace, page),)) for page in pages
    ]
    for one in asked:
        one.start()
    for one in asked:
        one.join()
    assert len(came) == len(pages)
    return set(came)


def test_visits_of_one_tender_wait_a_moment_for_the_process_that_has_it_open(
    workplace, monkeypatch
):
    """A tender is not opened twice because several people look at it at once."""
    came = _answered_in_threads(workplace, monkeypatch, PAGES, 20, lambda: time.sleep(0.01))
    assert len(came) == 1


def test_who_waits_behind_long_work_gets_another_process(workplace, monkeypatch):
    """One long page of a tender does not keep all others of it waiting."""
    both = threading.Barrier(2, timeout=60)  # neither ends before the other has begun
    came = _answered_in_threads(workplace, monkeypatch, ("", "/letters"), 0.01, both.wait)
    assert len(came) == 2
