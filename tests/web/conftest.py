import pytest

from offsetcheck.web.work.pool import Pool
from web.site import site_of


@pytest.fixture(scope="module")
def pool():
    """Return the processes that make pages, the same for all tests of a file."""
    made = Pool(1)
    yield made
    made.end()


@pytest.fixture
def site(tmp_path, pool):
    """Return a server whose folder holds the sample tender of Turku, and a browser let in."""
    return site_of(tmp_path, pool, "turku")


@pytest.fixture
def empty_site(tmp_path, pool):
    """Return a server whose folder holds nothing yet."""
    return site_of(tmp_path, pool)
