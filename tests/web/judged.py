"""What the command line says of the tender that a test's browser looks at."""

import re
from functools import cache
from time import sleep

from offsetcheck.api.case import open_rulebook, open_tender
from offsetcheck.api.judge import judge
from web.site import TODAY, text_of

SAMPLES = ("turku", "bogota", "melbourne", "alder_bay", "tonnes")


@cache
def rulebook():
    """Return the installed rules."""
    return open_rulebook()


def case_of(site, name, language="en"):
    """Return a tender of a site as the command line opens it."""
    return open_tender(site.folder / name, rulebook(), as_of=TODAY, language=language)


def judged_of(site, name, language="en"):
    """Return every offer of a tender of a site, judged and explained."""
    return list(judge(case_of(site, name, language)))


def offers_listed(page):
    """Return the ids that stand in the rows of a list, in order."""
    return re.findall(r'role="rowheader"><a [^>]*>.*?</a> <span class="small">(.*?)</span>', page)


def patient(site, path):
    """Return what is answered at last where a page takes long."""
    answer = site.get(path)
    while answer.url.path.startswith("/jobs/"):
        sleep(0.2)
        answer = site.get(answer.url.path)
    return answer


def said(page):
    """Return the words of a page's own part, without its frame."""
    return text_of(page.partition('<main id="content"')[2])


def with_offer(site, tender, /, **cells):
    """Add an offer to a tender of a site whose cells are given, all others blank."""
    path = site.folder / tender / "offers.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    head = next(line for line in lines if not line.startswith("#")).split(",")
    quoted = [f'"{cells.get(field, "")}"'.replace("\n", " ") for field in head]
    path.write_text("\n".join([*lines, ",".join(quoted)]) + "\n", encoding="utf-8")
