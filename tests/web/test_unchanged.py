"""Saving a form as it stands: nothing is written, the register has no entry, and a sentence says so."""

from offsetcheck.web.register.book import register_of
from web.site import text_of


def acts(site):
    return [one.act.act for one in register_of(site.door.workplace).entries()]


def test_a_purchase_saved_as_it_is_stands_in_no_register(site):
    """The first save may set words in order; the second changes nothing, and is told as that."""
    path = site.folder / "turku" / "purchase.yaml"
    at = "/t/turku/purchase"
    site.send(at, at=at)
    before, known = path.stat(), acts(site)
    answer = site.send(at, at=at)
    assert "Nothing was changed" in text_of(answer.text)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert acts(site) == known
