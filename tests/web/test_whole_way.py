"""The whole way of an officer, from an empty tender to signed letters, in a real browser."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from report.browser import BROWSER
from web.hands import Keyboard, Mouse
from web.proxied import proxied
from web.walked import ROOT, browsing, served, served_to_many
from web.whole_way import Way

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")
HANDS = {"keyboard": Keyboard, "mouse": Mouse}
OFFICER, APPROVER = "officer@city.example", "second@city.example"
SECRET = "0123456789abcdef" * 4


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Serve an empty folder to one person."""
    folder = tmp_path_factory.mktemp("served")
    with served(folder) as address:
        yield folder, address


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("hands", HANDS)
def test_an_officer_walks_the_whole_way(server, tmp_path, hands, script):
    """From the start token to the letters and the register, by keys alone or by mouse, with script
    and without; what the pages gave is what the command line makes of the folder."""
    folder, address = server
    with browsing(address, script=script) as walk:
        way = Way(walk, HANDS[hands](walk.page), folder, f"{hands}-{script}".lower())
        way.whole()
    way.the_command_line_gives_the_same(tmp_path / "out")


@pytest.fixture
def city(tmp_path):
    """Serve a folder as deploy/server.yaml says, to people whom a proxy has signed in."""
    folder = tmp_path / "tenders"
    folder.mkdir()
    (tmp_path / "proxy.secret").write_text(SECRET)
    settings = (ROOT / "deploy" / "server.yaml").read_text("utf-8")
    settings = settings.replace("offsets.city.example", "127.0.0.1").replace(
        "port: 8080", "port: 0"
    )
    path = Path(tmp_path, "server.yaml")
    path.write_text(settings)
    with served_to_many(folder, path) as address:
        yield folder, address


@contextmanager
def _signed_in(city, person, hands):
    """Give the way of somebody whom the proxy has signed in, in a browser of his own."""
    folder, address = city
    with proxied(address, person, SECRET) as proxy, browsing(proxy) as walk:
        yield Way(walk, hands(walk.page), folder, "credits-2026", alone=False)


def test_two_persons_walk_it_behind_a_proxy(city, tmp_path):
    """What bars an offer and what is bought wait for the second person, who declares that he has no
    interest, and signs the very same; he finds it by the pages alone."""
    with _signed_in(city, OFFICER, Mouse) as way:
        way.until_judged()
        way.said("It takes effect when a second person signs the very same.")
        way.clean("judgement waits")
    with _signed_in(city, APPROVER, Keyboard) as way:
        way.declare_at_start()
        way.second_judgement()
    with _signed_in(city, OFFICER, Mouse) as way:
        way.hands.go(way.title)
        way.until_decided()
        way.said("Signatures that wait for a second person", OFFICER)
        way.clean("decision waits")
    with _signed_in(city, APPROVER, Keyboard) as way:
        way.second_decision()
    with _signed_in(city, OFFICER, Mouse) as way:
        way.hands.go(way.title)
        way.hands.menu("Decision")
        way.until_written_down()
    way.the_command_line_gives_the_same(tmp_path / "out")
