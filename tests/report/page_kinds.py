"""Every kind of page, in every language that has words: empty, with cells in error, and full."""

from datetime import date
from functools import cache

from offsetcheck.api.case import open_case
from offsetcheck.api.compare import compare, text_of
from offsetcheck.api.drift import drift
from offsetcheck.api.lookback import lookback
from offsetcheck.api.request import Request
from offsetcheck.api.suppose import suppose_offer
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.index import explain_batch
from offsetcheck.report.render import render
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.explained import Edition
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from world import bound, explained, made_setting, offers, purchase, table, tender_explained

DAY = date(2026, 9, 30)
RETIRED = """\
Credit Serial Numbers,Date Issued (GMT),Vintage,Vintage Assignment Period Start Date,\
Vintage Assignment Period End Date,Quantity of Credits,Account Holder,Status Effective (GMT),\
Retired on Behalf of,Project ID,Project Name,Project Type,Project Methodology/Protocol,\
Methodology/Protocol Version,Project Site Country
ACR-US-9201-2021-2-1 to 500,1/5/2022 9:08:01 PM,2021,1/1/2021,12/31/2021,500,A Holder,\
9/20/2025 1:39:05 PM,City of Trial,ACR9201,Trial Woods,Forest Carbon,\
Improved Forest Management (IFM) on Non-Federal U.S. Forestlands,Version 2.0,US
"""
DRIFTING = (
    "id,name,programme,country,project_type,methodology,vintage\n"
    "VCS902,Kariba,VCS,ZW,redd,VM0009,2018\n"
)
UNREADABLE = Problem(
    "`abc` is no number", Place("o.csv", 4, field="price"), "write 12.50", Severity.ERROR
)
LONG = "Regionalwaldschutzgenossenschaftsverbandsvorhaben " * 6


@cache
def rulebook():
    """Return the installed rulebook, read once."""
    return load_rulebook(bundled("rules"))


def languages():
    """Return every language that has a file of words, by its code."""
    return sorted(language for language in rulebook().words if "/" not in language)


def pages(language, folder):
    """Return the HTML of every kind of page in a language, by name."""
    words = made_setting(language=language).wording.words
    made = {name: render(explained(c, language=language), "html", words, back="../index.html")
            for name, c in offers().items()}  # fmt: skip
    links = {c.id: f"offers/{c.id}.html" for c in offers().values()}
    whole = tender_explained(language=language, links=links)
    made["tender"] = render(whole, "html", words)
    made["tender, empty"] = render(tender_explained({}, language=language), "html", words)
    made["tender, summary"] = render(
        whole.model_copy(update={"edition": Edition.SUMMARY}), "html", words
    )
    made |= _lists(language, words)
    made |= _of_lists(language, folder)
    return made


def _lists(language, words):
    """Return the index of a long list: full with an error, and empty."""
    setting, found = made_setting(language=language), {}
    for name, chosen in (("index", list(offers().values())), ("index, empty", [])):
        rows = table(chosen)
        judged = assess_table(rows, bound(), purchase())
        told = explain_batch(judged, rows, setting, links={}, file="v.csv", problems=[UNREADABLE])
        found[name] = render(told, "html", words)
    return found


def _of_lists(language, folder):
    """Return a comparison, a drift and a look back, under the installed rules."""
    retired, drifting = folder / "retired.csv", folder / "offers.csv"
    retired.write_text(RETIRED, encoding="utf-8")
    drifting.write_text(DRIFTING, encoding="utf-8")
    book = rulebook()
    found = {
        "comparison": compare(
            Request(bundled("samples") / "turku", None, DAY, language=language),
            book, "VCS902", "turku,melbourne",
        ),
        "drift": drift(Request(drifting, "turku", DAY, language=language), book, date(2022, 1, 1)),
        "lookback": lookback(Request(retired, "palo_alto", DAY, language=language), book),
    }  # fmt: skip
    case = open_case(Request(bundled("samples") / "turku", None, DAY, language=language), book)
    supposed = suppose_offer(case, "VCS2930", ["vintage=2012", "price=9"]).explained
    own = {"supposed": render(supposed, "html", case.setting.wording.words)}
    return own | {n: text_of(d.explained, "html", d.speech, None) for n, d in found.items()}
