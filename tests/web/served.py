"""A city's server as a process of its own, with settings and a secret of the test's."""

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

SECRET = "0123456789abcdef0123456789abcdef"
NAME = "offsets.city.example"
OFFICER, SECOND, READER = "anna@city.example", "bo@city.example", "eve@city.example"
SETTINGS = f"""
names: [{NAME}]
user_header: X-Auth-Request-Email
proxy_secret_file: proxy.secret
people:
  {OFFICER}: [officer, evaluator]
  {SECOND}: approver
others: reader
sign_out: /oauth2/sign_out
processes: 1
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def health(port):
    """Return what a server says of itself, None where none answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def started(folder, settings, port, more=""):
    """Start a server of a folder, its settings in another; return the process."""
    (settings / "proxy.secret").write_text(SECRET)
    (settings / "server.yaml").write_text(f"{SETTINGS}port: {port}\n{more}")
    command = [sys.executable, "-m", "offsetcheck", "serve", str(folder)]
    return subprocess.Popen(
        [*command, "--server", str(settings / "server.yaml")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def wait_for(said, seconds=60):
    """Wait until a function says something true, and return it; fails after some seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := said():
            return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")


@contextlib.contextmanager
def server(folder, settings, more=""):
    """Give the port of a server that answers; it is gone at the end of the block."""
    port = free_port()
    process = started(folder, settings, port, more)
    try:
        wait_for(lambda: health(port) or process.poll() is not None)
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=60)
