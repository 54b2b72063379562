"""The server as a process: it starts, says that it is well, and ends quietly when it is told to."""

import signal

import pytest

from offsetcheck.web.work.limits import Limits
from offsetcheck.web.work.pool import EndedError, Pool
from web.served import free_port, health, started, wait_for


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_end_ends_in_peace(tmp_path, number):
    """Whoever watches it sees status 0 and no trace; the processes that make pages end with it."""
    folder, settings = tmp_path / "tenders", tmp_path / "settings"
    folder.mkdir()
    settings.mkdir()
    port = free_port()
    process = started(folder, settings, port)
    try:
        wait_for(lambda: health(port) == 200)
        process.send_signal(number)
        out, told = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, told
    assert "Traceback" not in told
    assert out == f"http://127.0.0.1:{port}/\n"
    assert health(port) is None
    assert (folder / ".offsetcheck" / "secret").stat().st_mode & 0o777 == 0o600


def test_a_register_that_cannot_be_reached_is_told_at_the_start(tmp_path):
    """A server that could write nothing down does not begin; it says why, without a password."""
    folder, settings = tmp_path / "tenders", tmp_path / "settings"
    folder.mkdir()
    settings.mkdir()
    url = "register_url: sqlite:////no/such/folder/register.db\n"
    process = started(folder, settings, free_port(), url)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "the register cannot be reached" in told
    assert "Traceback" not in told


def test_a_server_that_can_make_no_page_says_that_it_is_not_well(site):
    """What a container or a watch asks for is no lie: without a process there is no page."""
    assert site.get("/health").text == "ok\n"
    pool = Pool(1, Limits(memory=1024 * 1024))  # too little for Python itself
    well = site.door.pool
    site.door.pool = pool
    with pytest.raises((EndedError, EOFError)):
        pool._workers[0].start()
    try:
        answer = site.get("/health")
        assert (answer.status_code, answer.text) == (503, "no page can be made\n")
    finally:
        site.door.pool = well
        pool.end()
