"""Run the server: on this machine for one person, or behind a proxy for a city."""

import contextlib
import socket
import threading
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from offsetcheck.api.case import open_rulebook
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.web.app import Door, app_of, words_by_language
from offsetcheck.web.door.hosts import LOOPBACK
from offsetcheck.web.door.people import OnePerson, People
from offsetcheck.web.door.sessions import Sessions, kept_secret
from offsetcheck.web.door.settings import read_settings
from offsetcheck.web.door.token import StartToken
from offsetcheck.web.register.book import register_of
from offsetcheck.web.visit import Workplace
from offsetcheck.web.work.limits import Limits
from offsetcheck.web.work.pool import Pool

LOCAL = "127.0.0.1"
SECONDS_TO_END = 5


@dataclass(frozen=True, slots=True)
class Served:
    """How the app is served: where, under which names, and who says who asks.

    `people` is None on this machine, where a start token lets one person in; `hosts` are the names
    of the server, `secure` says that its visitors come over TLS.
    """

    workplace: Workplace
    host: str = LOCAL
    port: int = 0
    processes: int = 2
    people: People | None = None
    hosts: tuple[str, ...] = ()
    secure: bool = False
    sign_out: str | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A server about to answer: its socket, its address with the start token, and its door."""

    socket: socket.socket
    address: str
    door: Door


def ready(served: Served) -> Ready:
    """Return a server with its socket open, so that its address is known before it answers.

    Raises RequestError for a folder that is none or a port that is taken.
    """
    folder = served.workplace.folder
    if not folder.is_dir():
        raise RequestError.about("folder", f"`{folder}` is no folder", "name one, or make it")
    rulebook = open_rulebook(served.workplace.rules)
    register_of(served.workplace)  # what cannot be used is told now, not to the first visitor
    listening = _listening(served.host, served.port)
    port = listening.getsockname()[1]
    pool = Pool(served.processes, Limits(rules=served.workplace.rules))
    alone = served.people is None
    door = Door(
        served.workplace,
        pool,
        words_by_language(rulebook.words),
        people=served.people or OnePerson(),
        token=StartToken() if alone else None,
        hosts=served.hosts or LOOPBACK,
        secure=served.secure,
        sign_out=served.sign_out,
        port=port if alone else None,
        sessions=Sessions() if alone else Sessions(kept_secret(served.workplace)),
    )
    named = f"http://{served.host}:{port}/"
    address = f"{named}start?token={door.token.value}" if door.token else named
    return Ready(listening, address, door)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        said = f"port {port} of {host} cannot be used: {(error.strerror or '').lower()}"
        raise RequestError.about("port", said, "name another, or 0 for any that is free") from None
    return listening


def server_of(made: Ready) -> uvicorn.Server:
    """Return what answers for a door, over a socket that is already open."""
    config = uvicorn.Config(
        app_of(made.door),
        http="h11",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=SECONDS_TO_END,
        timeout_keep_alive=30,
        h11_max_incomplete_event_size=64 * 1024,
    )
    return uvicorn.Server(config)


def serve(made: Ready, *, open_browser: bool) -> None:
    """Answer until the process is told to end; pages that are being made end with it.

    A signal that asks for the end is how a server ends: it is no error once it listens.
    """
    with _ended(made):
        made.door.pool.warm()
        if open_browser:
            threading.Timer(0.3, webbrowser.open, (made.address,)).start()
        server = server_of(made)
        try:
            server.run(sockets=[made.socket])
        except KeyboardInterrupt:  # it ended in peace, and then told its signal on
            if not server.should_exit:
                raise


@contextlib.contextmanager
def _ended(made: Ready) -> Iterator[None]:
    try:
        yield
    finally:
        made.door.pool.end()
        made.socket.close()


def on_this_machine(folder: Path, rules: Path | None, port: int, processes: int) -> Served:
    """Return what one person serves on his own machine."""
    return Served(Workplace(folder.resolve(), rules), port=port, processes=processes)


def for_many(folder: Path, rules: Path | None, settings: Path) -> Served:
    """Return what a city serves to several people, as a file says; raises InputError."""
    said = read_settings(settings)
    file = said.file
    place = Workplace(folder.resolve(), rules, many=True, register=file.register_url)
    return Served(
        place, file.host, file.port, file.processes,
        people=said.people, hosts=file.names, secure=True, sign_out=file.sign_out,
    )  # fmt: skip
