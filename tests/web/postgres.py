"""A server of PostgreSQL for a test: a cluster of its own, under a user who is not root."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

NAME = "offsetcheck"


def programs():
    """Return the folder of PostgreSQL's programs, None where there is none."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(debian, key=lambda one: int(one.parent.name), reverse=True)
    return next((one for one in folders if (one / "pg_ctl").is_file()), None)


def lacking():
    """Return what is missing for such a server, empty where nothing is."""
    if programs() is None:
        return "PostgreSQL is not installed"
    return "" if find_spec("psycopg") else "psycopg is not installed"


def _user():
    """Return the user of the server: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {one.pw_name for one in pwd.getpwall()}
    name = next(one for one in ("postgres", "nobody") if one in known)
    one = pwd.getpwnam(name)
    return {"user": one.pw_uid, "group": one.pw_gid, "extra_groups": []}


@dataclass
class Cluster:
    """A cluster that listens on a socket in its own folder, and on nothing else."""

    folder: Path

    def _run(self, program, *arguments):
        command = [programs() / program, "-D", self.folder / "data", *arguments]
        log = self.folder / "log"
        with log.open("ab") as out:  # a pipe would be held open by the server
            subprocess.run(
                command, check=True, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                cwd=self.folder, timeout=120, **_user(),
            )  # fmt: skip

    def start(self):
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "--wait", "-o", options, "start")

    def stop(self):
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    def connect(self, database="postgres", user=NAME):
        """Return a connection whose every statement stands by itself."""
        import psycopg

        return psycopg.connect(host=str(self.folder), dbname=database, user=user, autocommit=True)

    def say(self, statement, database="postgres"):
        with self.connect(database) as connection:
            return connection.execute(statement)

    def new(self, database, more=""):
        """Make a database, and return the address by which a register is kept in it."""
        self.say(f"CREATE DATABASE {database} {more}")
        return self.url(database)

    def url(self, database, user=NAME):
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"


@contextlib.contextmanager
def cluster():
    """Give a new cluster, which is gone at the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="offsetcheck-pg-"))  # a socket's path must be short
    who = _user()
    if who:
        os.chown(folder, who["user"], who["group"])
    made = Cluster(folder)
    try:
        made._run(
            "initdb", f"--username={NAME}", "--auth=trust", "--encoding=UTF8", "--locale=C",
            "--no-sync",
        )  # fmt: skip
        made.start()
        yield made
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)
