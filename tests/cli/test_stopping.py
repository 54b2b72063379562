import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from offsetcheck.api import list_tables, report_pool
from offsetcheck.api.batch import batch
from offsetcheck.api.case import open_rulebook
from offsetcheck.api.judge_list import BatchOptions
from offsetcheck.cli.app import run
from offsetcheck.cli.stopping import SIGNALS, Stopped, stopped_by_signals
from offsetcheck.report import table_format
from offsetcheck.vocabulary.problem import OutputError

from .heeding import STOPS, heed_signals

COMMAND = [sys.executable, "-m", "offsetcheck"]
WORDS = ["--city", "turku", "--as-of", "2026-09-30", "--force", "-o", "out"]


def long_list(folder):
    """Write a list that takes a while, and return the words that judge it with many reports."""
    rows = "\n".join(f"VCS{number},Project {number}" for number in range(1, 1000))
    (folder / "list.csv").write_text(f"id,name\n{rows}\n", encoding="utf-8")
    return ["batch", "list.csv", "--reports", "all", *WORDS]


def stop_while_it_writes(folder, number, *, group=False):
    """Send a signal to a batch that is writing its reports; return its status and what it said."""
    with subprocess.Popen(
        [*COMMAND, *long_list(folder)], cwd=folder, stderr=subprocess.PIPE, text=True,
        start_new_session=True, preexec_fn=heed_signals,  # noqa: PLW1509 - there is one thread
    ) as ran:  # fmt: skip
        for line in ran.stderr:
            if line.startswith("reports: "):
                break
        else:
            pytest.fail("it ended before it wrote a report")
        (os.killpg if group else os.kill)(ran.pid, number)
        said = ran.stderr.read().splitlines()[-1]
        return ran.wait(), said


@pytest.mark.parametrize("number", STOPS, ids=lambda number: number.name)
def test_a_signal_in_the_middle_leaves_the_folder_as_it_was(tmp_path, number):
    """Each signal ends with 128 and its number, says what is true, and leaves nothing behind."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    status, said = stop_while_it_writes(tmp_path, number)
    sent = "interrupted" if number == signal.SIGINT else f"ended by {number.name}"
    assert (status, said) == (128 + number, f"{sent}; out is as it was")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "out"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_a_signal_says_where_no_folder_was_made(tmp_path):
    """Where there was no folder, none is there after the signal, and the message says so."""
    status, said = stop_while_it_writes(tmp_path, signal.SIGTERM)
    assert (status, said) == (143, "ended by SIGTERM; out was not made")
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_a_killed_run_is_cleared_by_the_next(tmp_path):
    """SIGKILL leaves a hidden folder beside, and the next run into the folder removes it."""
    with subprocess.Popen(
        [*COMMAND, *long_list(tmp_path)], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    ) as ran:
        assert any(line.startswith("reports: ") for line in ran.stderr)
        ran.kill()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.offsetcheck", "list.csv"]
    words = ["assess", "list.csv", *WORDS]
    (tmp_path / "list.csv").write_text("id,name\nVCS902,Kariba\n", encoding="utf-8")
    subprocess.run([*COMMAND, *words], cwd=tmp_path, check=True, capture_output=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "out"]


def test_a_signal_that_is_ignored_stays_so(monkeypatch):
    """A run under `nohup` is not ended by the signal that it was started deaf to."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopped_by_signals():
            signal.raise_signal(signal.SIGHUP)
            with pytest.raises(Stopped):
                signal.raise_signal(signal.SIGTERM)
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_handlers_are_as_before_afterwards():
    """What the process did on a signal before, it does again after a command."""
    before = [signal.getsignal(number) for number in SIGNALS]
    with pytest.raises(Stopped), stopped_by_signals():
        signal.raise_signal(signal.SIGTERM)
    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_an_interrupt_without_output_claims_nothing(capsys):
    """Where no output was begun, nothing is said of any."""

    def stop():
        raise KeyboardInterrupt

    assert run(stop) == 130
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_full_disk_names_the_table_and_leaves_the_old_result(
    offsetcheck, tmp_path, monkeypatch, form
):
    """No space left while a table is written: its name as the user knows it, and the old result."""
    (tmp_path / "list.csv").write_text("id,name\nVCS902,Kariba\n", encoding="utf-8")
    words = ["batch", "list.csv", "--format", form, *WORDS]
    assert offsetcheck(*words).status == 0
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").glob("*.*")}

    def full(frames, folder, name, told):
        (folder / f"verdicts.{name}").symlink_to("/dev/full")
        return table_format.write_tables(frames, folder, name, told)

    monkeypatch.setattr(list_tables, "write_tables", full)
    ended = offsetcheck(*words)
    said = f"out/verdicts.{form}: cannot be written: no space left on device\n"
    assert (ended.status, ended.stderr) == (2, f"list.csv\n{said}")
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").glob("*.*")} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "out"]


LIMITED = """
import resource, signal, sys
most = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
from offsetcheck.cli import main
main()
"""


def test_a_disk_that_takes_no_more_names_the_page(tmp_path):
    """A page that grows beyond what may be written is named, and nothing is left."""
    (tmp_path / "list.csv").write_text("id,name\nVCS902,Kariba\n", encoding="utf-8")
    said = "out/offers/VCS902.html: cannot be written: file too large\n"
    assert limited(tmp_path, 3000, "assess", "list.csv", *WORDS) == (2, said)
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def limited(folder, most, *words):
    """Run a command that may write so many bytes into a file; return its status and what it said."""
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(most), *words],
        cwd=folder, capture_output=True, text=True, check=False,
        # A module compiled under the limit would be cut off, and no later process could import it.
        env={**os.environ, "OFFSETCHECK_CACHE": "off", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    return ran.returncode, ran.stderr


REPORT = 60_000  # bytes: more than each table of one offer has, less than its report


def test_a_report_of_a_list_that_finds_no_room_is_named_as_it_will_be(tmp_path):
    """The half of it under a name of our own is neither left nor named."""
    (tmp_path / "list.csv").write_text("id,name\nVCS902,Kariba\n", encoding="utf-8")
    said = "list.csv\nout/offers/VCS902.html: cannot be written: file too large\n"
    words = ("batch", "list.csv", "--reports", "all", *WORDS)
    assert limited(tmp_path, REPORT, *words) == (2, said)
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_a_run_to_go_on_with_that_finds_no_room_says_what_is_kept(tmp_path):
    """Finished reports stay beside, no half one among them, and the message says what to do."""
    (tmp_path / "list.csv").write_text("id,name\nVCS902,Kariba\n", encoding="utf-8")
    words = ("batch", "list.csv", "--reports", "all", "--resume", *WORDS)
    status, said = limited(tmp_path, REPORT, *words)
    assert status == 2
    assert "out.begun: a finished report cannot be kept here: file too large\n" in said
    assert "0 are kept; make room, then run the same command again" in said
    assert not (tmp_path / "out").exists()
    assert [path for path in (tmp_path / "out.begun").rglob("*") if path.is_file()] == []


def test_a_streamed_list_that_finds_no_room_leaves_no_part(tmp_path):
    """The part of a table that cannot be written is named, and no part before it is left."""
    rows = {"id": [f"VCS{n}" for n in range(1, 3000)], "name": ["Kariba"] * 2999}
    pl.DataFrame(rows).write_parquet(tmp_path / "list.parquet")
    words = ("batch", "list.parquet", "--engine", "stream", *WORDS)
    status, said = limited(tmp_path, 3000, *words)
    assert status == 2
    assert re.search(
        r"^out/\w+/part-\d+\.parquet: cannot be written: file too large$", said, re.MULTILINE
    )
    assert [path.name for path in tmp_path.iterdir()] == ["list.parquet"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_page_that_cannot_be_printed_says_where_it_went(tmp_path):
    """Where standard output takes no more, the message says so in one line."""
    (tmp_path / "list.csv").write_text("id,name\nVCS902,Kariba\n", encoding="utf-8")
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        ran = subprocess.run(
            [*COMMAND, "explain", "list.csv", "VCS902", *WORDS[:4]],
            cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1] == "standard output: no space left on device"


UNPRIVILEGED = """
import os
from pathlib import Path
from offsetcheck.ground.publish.folder import folder_in_making
from offsetcheck.ground.publish.refusal import PublishError
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    with folder_in_making(Path("out"), replace=True, command=""):
        print("begun")
except PublishError as error:
    print(error)
"""


def test_a_folder_above_that_may_not_be_written_is_refused():
    """Where the folder above takes no new name, this is said before anything is judged."""
    with tempfile.TemporaryDirectory() as above:
        (Path(above) / "out").mkdir()
        Path(above).chmod(0o555)
        ran = subprocess.run(
            [sys.executable, "-c", UNPRIVILEGED],
            cwd=above, capture_output=True, text=True, check=True,
        )  # fmt: skip
        Path(above).chmod(0o755)
    assert ran.stdout == "out: cannot be written: permission denied\n"


def test_no_helper_writes_on_once_a_run_is_stopped_between_reports(tmp_path, monkeypatch):
    """A signal while the progress is told ends the processes that help before what was begun is cleared."""
    monkeypatch.chdir(tmp_path)
    long_list(tmp_path)
    monkeypatch.setattr(report_pool.os, "cpu_count", lambda: 2)

    def stop(done, _total, what):
        if what == "reports" and done > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(
            ["list.csv"], open_rulebook(), "out",
            cities=["turku"], as_of=date(2026, 9, 30), options=BatchOptions(reports="all"),
            progress=stop,
        )  # fmt: skip
    assert multiprocessing.active_children() == []
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def reports_of(folder):
    return {path.name: path.read_bytes() for path in (folder / "offers").iterdir()}


def eighty_reports(folder, *, resume=False, day=date(2026, 9, 30), **more):
    return batch(
        ["list.csv"], open_rulebook(), folder,
        cities=["turku"], as_of=day, options=BatchOptions(reports="top:80", resume=resume), **more,
    )  # fmt: skip


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_was_stopped_is_gone_on_with(tmp_path, monkeypatch, workers):
    """Its finished reports are taken over, the others written; all is as in one go."""
    monkeypatch.chdir(tmp_path)
    long_list(tmp_path)
    monkeypatch.setattr(report_pool.os, "cpu_count", lambda: workers)
    monkeypatch.setattr(report_pool, "MAX_REPORTS_OF_ONE_PROCESS", 0)
    eighty_reports("whole")

    def stop(done, _total, what):
        if what == "reports" and done > 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        eighty_reports("out", resume=True, progress=stop)
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "out.begun").is_dir()
    written = []
    done = eighty_reports("out", resume=True, progress=lambda n, total, what: written.append(total))
    assert max(written) < 80
    [said] = [one for one in done.results[0].remarks if "were taken over" in one]
    assert int(said.split()[0]) + max(written) == 80
    assert reports_of(tmp_path / "out") == reports_of(tmp_path / "whole")
    assert not (tmp_path / "out.begun").exists()


def test_reports_of_another_day_are_not_taken_over(tmp_path, monkeypatch):
    """What was begun under other values is no part of this result."""
    monkeypatch.chdir(tmp_path)
    long_list(tmp_path)

    def stop(done, _total, what):
        if what == "reports" and done > 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        eighty_reports("out", resume=True, progress=stop)
    done = eighty_reports("out", resume=True, day=date(2026, 9, 29))
    assert not [one for one in done.results[0].remarks if "taken over" in one]
    assert len(reports_of(tmp_path / "out")) == 80
    assert "29 September 2026" in next(iter(reports_of(tmp_path / "out").values())).decode()


def test_a_helper_that_the_system_ends_costs_no_report(tmp_path, monkeypatch):
    """Another process writes the rest, all reports are those of an undisturbed run, and it is said."""
    monkeypatch.chdir(tmp_path)
    long_list(tmp_path)
    monkeypatch.setattr(report_pool.os, "cpu_count", lambda: 2)
    eighty_reports("whole")
    monkeypatch.setattr(report_pool, "MAX_REPORTS_OF_ONE_PROCESS", 0)

    def kill(done, _total, what):
        if what == "reports" and done == 25:
            multiprocessing.active_children()[0].kill()

    done = eighty_reports("killed", progress=kill)
    assert reports_of(tmp_path / "killed") == reports_of(tmp_path / "whole")
    [said] = [one for one in done.results[0].remarks if "ended a process" in one]
    assert "where memory runs out" in said
    assert multiprocessing.active_children() == []


def helpers():
    """Return the processes that help this one, as the system tells them."""
    found = set()
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread, or a process, that has ended meanwhile
            found.update(map(int, listed.read_text().split()))
    for child in found:
        with suppress(OSError):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                yield child


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the system tells no children")
def test_a_report_that_ends_every_process_is_named(tmp_path, monkeypatch):
    """Where the other process ends too, the report at which it stood is named; no half result is left."""
    monkeypatch.chdir(tmp_path)
    long_list(tmp_path)
    monkeypatch.setattr(report_pool.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(report_pool, "MAX_REPORTS_OF_ONE_PROCESS", 0)
    over = threading.Event()

    def kill():
        while not over.wait(0.02):
            for helper in helpers():
                with suppress(ProcessLookupError):
                    os.kill(helper, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(OutputError, match="is ended by the system, also alone") as caught:
            eighty_reports("out")
    finally:
        over.set()
        killer.join()
    assert caught.value.problems[0].place.file.endswith(".html")
    assert not (tmp_path / "out").exists()
