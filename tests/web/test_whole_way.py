"""The whole way of an officer, from an empty tender to signed letters, in a real browser."""

import pytest

from report.browser import BROWSER
from web.hands import Keyboard, Mouse
from web.walked import browsing, served
from web.whole_way import Way

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Serve an empty folder."""
    folder = tmp_path_factory.mktemp("served")
    with served(folder) as address:
        yield folder, address


@needs_browser
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("hands", [Keyboard, Mouse], ids=["keyboard", "mouse"])
def test_an_officer_walks_the_whole_way(server, hands, script):
    """From the start token to the last letter: by keys alone, by mouse, with and without script."""
    folder, address = server
    with browsing(address, script=script) as walk:
        name = f"{hands.__name__.lower()}-{'script' if script else 'plain'}"
        Way(walk, hands(walk.page), folder, name).whole()
