import pytest
import web.test_every_page as every
from web.test_every_page import *  # noqa

MINE = ("verdicts", "result", "report", "offer", "what-if", "compare", "tonnes", "sinks", "changes")


def mine(tender="turku"):
    t = f"/t/{tender}"
    return [
        f"{t}/verdicts",
        f"{t}/result-ready",
        f"{t}/report",
        f"{t}/offer/VCS902",
        f"{t}/offer",
        f"{t}/what-if",
        f"{t}/what-if?id=PURO-ORCA".replace("?", "?") if False else f"{t}/what-if",
        f"{t}/compare",
        f"{t}/compare-cities",
        f"{t}/compare-days",
        f"{t}/tonnes",
        f"{t}/sinks",
        f"{t}/changes",
    ]


@pytest.fixture(autouse=True)
def only(monkeypatch):
    monkeypatch.setattr(every, "addresses", mine)
    monkeypatch.setattr(every, "of_a_tender", mine)
