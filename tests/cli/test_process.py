import signal
import subprocess
import sys

from .heeding import heed_signals

COMMAND = [sys.executable, "-m", "offsetcheck"]


def test_a_reader_that_leaves_is_no_error():
    """Where the reader of a pipe stops early, the command ends quietly."""
    with subprocess.Popen(
        [*COMMAND, "rules", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ran:
        ran.stdout.close()
        shown = ran.stderr.read()
        assert (ran.wait(), shown) == (0, b"")


def test_a_terminal_of_few_signs_is_no_error(tmp_path):
    """Where the terminal knows few signs, the others are replaced."""
    (tmp_path / "list.csv").write_text("id,name\nVCS902,Kariba\n", encoding="utf-8")
    words = ["explain", "list.csv", "VCS902", "--city", "turku", "--as-of", "2026-09-30"]
    ran = subprocess.run(
        [*COMMAND, *words],
        capture_output=True, check=False, cwd=tmp_path,
        env={"PYTHONIOENCODING": "latin-1", "PATH": ""},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert b"  ? " in ran.stdout
    assert "✓".encode() not in ran.stdout


def test_an_interrupted_run_leaves_nothing(tmp_path):
    """An interrupt ends with status 130, and neither output nor a staging folder is left."""
    rows = "\n".join(f"VCS{number},Project {number}" for number in range(1, 1000))
    (tmp_path / "list.csv").write_text(f"id,name\n{rows}\n", encoding="utf-8")
    words = ["batch", "list.csv", "--city", "turku", "--as-of", "2026-09-30", "--reports", "all"]
    with subprocess.Popen(
        [*COMMAND, *words], cwd=tmp_path, stderr=subprocess.PIPE,
        preexec_fn=heed_signals,  # noqa: PLW1509 - there is one thread
    ) as ran:  # fmt: skip
        assert b"list.csv" in ran.stderr.readline()
        # At the end of the file `readline` gives nothing, again and again: iterating ends there.
        assert any(line.startswith(b"reports: ") for line in ran.stderr), "no report was begun"
        ran.send_signal(signal.SIGINT)
        shown = ran.stderr.read()
        assert ran.wait() == 130
    assert b"interrupted" in shown
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]
