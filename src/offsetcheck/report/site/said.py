"""What a site and a book say of themselves: edition and day, how much they hold, the foot."""

from collections.abc import Mapping
from typing import Any

from offsetcheck.ground.version import __version__
from offsetcheck.report.saying import say
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.site_explanation import SiteExplanation

SHORT_HASH = 12


def foot(site: SiteExplanation, words: Mapping[str, str]) -> str:
    """Return the line that stands at the foot of every page."""
    return say(
        words, "site.footer",
        edition=site.edition, day=site.as_of_words, hash=site.rulebook_hash[:SHORT_HASH],
        version=__version__,
    )  # fmt: skip


def start_words(site: SiteExplanation, words: Mapping[str, str]) -> dict[str, Any]:
    """Return what the first page says: edition and day, how much there is, how sources stand."""
    counted = say(
        words, "site.counted",
        rules=len(site.rules), profiles=len(site.profiles), fields=len(site.fields),
        sources=len(site.sources), tables=len(site.tables), examples=site.examples,
    )  # fmt: skip
    return {
        "lead": say(words, "site.lead", edition=site.edition, day=site.as_of_words),
        "counted": counted,
        "failed": say(words, "site.failed", count=site.failed) if site.failed else None,
        "standings": list(Standing),
    }
