"""Every kind of page, in every language that has words: empty, with cells in error, and full."""

import shutil
from dataclasses import replace
from datetime import date
from functools import cache

import offsetcheck
from offsetcheck.api.award import award
from offsetcheck.api.balance import balance
from offsetcheck.api.case import open_case
from offsetcheck.api.claim import claim, lint
from offsetcheck.api.compare import compare
from offsetcheck.api.drift import drift
from offsetcheck.api.judge import explain_offer
from offsetcheck.api.lookback import lookback
from offsetcheck.api.request import Request
from offsetcheck.api.rule_sources import open_rules
from offsetcheck.api.rules_diff import Asked as Tried
from offsetcheck.api.rules_diff import diff_rules
from offsetcheck.api.sensitivity import Sweeping, sensitivity
from offsetcheck.api.since import since
from offsetcheck.api.suppose import suppose_offer
from offsetcheck.api.tonnes import tonnes
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.index import explain_batch
from offsetcheck.report.render import render
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.explained import Edition
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from world import (
    RULES,
    award_explained,
    bound,
    explained,
    made_setting,
    offers,
    purchase,
    table,
    tender_explained,
)

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
NUMBERS = (
    "id,name,programme,country,project_type,vintage,volume\n"
    "VCS1,One,VCS,KE,cookstoves,2024,100\n"
    "VCS2,Two,VCS,KE,cookstoves,2018,250\n"
)
TONNES = (
    "id,name,project_type,tonnes,uncertainty_percent,leakage_percent,buffer_percent,"
    "monitoring_years,deductions_applied,quantity_timing,price,currency\n"
    f"A1,Wood of {'a long name ' * 9},afforestation_reforestation,1000,30,10,15,40,none,ex_post,20,EUR\n"
    "A2,Stoves,cookstoves,1000,25,5,,,none,ex_post,8,EUR\n"
    "A3,Char,biochar,400,5,0,,100,none,ex_post,150,EUR\n"
    "A4,Silent,cookstoves,,,,,,,,8,EUR\n"
)
UNREADABLE = Problem(
    "`abc` is no number", Place("o.csv", 4, field="price"), "write 12.50", Severity.ERROR
)
RELEASE = """Turku is climate neutral. We retired 3,000 tonnes in 2026, vintage 2021.

By 2029 the city will be net zero: our concerts leave no trace. <b>VCS2250</b> pays for it.
"""
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
    return {
        name: render(explanation, "html", words, back="../index.html" if "offer" in name else None)
        for name, (explanation, words) in told(language, folder).items()
    }


def told(language, folder):
    """Return every kind of explanation in a language with its words, by name: kind, and which."""
    words = made_setting(language=language).wording.words
    made = {
        f"candidate, offer {name}": explained(one, language=language)
        for name, one in offers().items()
    }
    links = {c.id: f"offers/{c.id}.html" for c in offers().values()}
    whole = tender_explained(language=language, links=links)
    made["tender"] = whole
    made["tender, empty"] = tender_explained({}, language=language)
    made["tender, summary"] = whole.model_copy(update={"edition": Edition.SUMMARY})
    made["award, of few"] = award_explained(language=language)
    made["award, empty"] = award_explained({}, language=language)
    made |= _lists(language)
    found = {name: (explanation, words) for name, explanation in made.items()}
    return (
        found
        | _of_lists(language, folder)
        | _balances(language, folder)
        | _of_tender(language, folder)
        | _claims(language, folder)
        | _numbers(language, folder)
        | _tonnes(language, folder)
    )


def _asked(folder, language):
    return Request(folder, None, DAY, language=language)


def _changed(folder, file, before, after):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def _balances(language, folder):
    """Return the balance of a tender with sinks of each method, and one that names no year."""
    whole = bundled("samples") / "turku"
    named = shutil.copytree(whole, folder / "no_year")
    said = (named / "sinks.yaml").read_text("utf-8")
    start, _, rest = said.partition("neutrality:")
    (named / "sinks.yaml").write_text(f"{start}sinks:{rest.partition('sinks:')[2]}", "utf-8")
    made = {
        name: balance(Request(path, None, DAY, language=language), rulebook())
        for name, path in (("balance", whole), ("balance, no year", named))
    }
    words = made_setting(language=language).wording.words
    return {name: (each.explained, words) for name, each in made.items()}


def _of_tender(language, folder):
    """Return the award view of the sample of Turku, and what changed in it since a run."""
    sample, book = bundled("samples") / "turku", rulebook()
    run, now = folder / "run", shutil.copytree(sample, folder / "now")
    offsetcheck.assess(_asked(sample, language), book, run, formats=("json",))
    _changed(now, "offers.csv", "34,EUR", "2935,EUR")
    _changed(now, "offers.csv", "\nVCS902,", "\nVCS903,")
    made = {}
    for name, tender in (("award", sample), ("award, dear", now)):
        view = award(_asked(tender, language), book)
        made[name] = (view.explained, view.words)
    for name, tender in (("since", now), ("since, unchanged", sample)):
        changes = since(_asked(tender, language), book, run)
        made[name] = (changes.explained, changes.case.setting.wording.words)
    return made


def _claims(language, folder):
    """Return what may be said: as the sample stands, of an open and of no offer; and texts held."""
    sample, book = bundled("samples") / "turku", rulebook()
    request = _asked(sample, language)
    none = shutil.copytree(sample, folder / "none")
    rows = (none / "offers.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if row.startswith(("#", "id,", "VCS902,"))]
    (none / "offers.csv").write_text("".join(kept), encoding="utf-8")
    made = {
        "claim": claim(request, book),
        "claim, open": claim(request, book, ["VCS2250"]),
        "claim, none": claim(replace(request, path=none), book),
        "claim_lint": lint(request, book, RELEASE, "release.txt"),
        "claim_lint, long": lint(request, book, LONG.replace(" ", "") + ".", f"{LONG[:60]}.txt"),
        "claim_lint, empty": lint(request, book, "", "empty.txt"),
    }
    return {name: (one.explained, one.wording.words) for name, one in made.items()}


def _numbers(language, folder):
    """Return rules compared, with an effect and without any difference, and numbers swept."""
    newer = shutil.copytree(RULES, folder / "newer")
    _changed(newer, "vintage/age.yaml", "{value: 10,", "{value: 4,")
    _changed(newer, "safeguards/permit.yaml", "effect: gate", "effect: review")
    listed = folder / "numbers.csv"
    listed.write_text(NUMBERS, encoding="utf-8")
    one = folder / "one.csv"
    one.write_text("".join(NUMBERS.splitlines(keepends=True)[:2]), encoding="utf-8")
    old, new = (open_rules(str(path)) for path in (RULES, newer))
    tried = Tried(DAY, (listed,), ("turku",), language)
    made = {
        "rules_diff": diff_rules(old, new, tried),
        "rules_diff, same": diff_rules(old, old, tried),
    }
    for name, path in (("sensitivity", listed), ("sensitivity, one", one)):
        request = Request(path, "turku", DAY, language=language)
        made[name] = sensitivity(request, old.rulebook, Sweeping(draws=5))
    return {name: (each.explained, each.words) for name, each in made.items()}


def _tonnes(language, folder):
    """Return the comparable tonnes of offers with prices, of one offer, and of one that is silent."""
    whole, silent = folder / "tonnes.csv", folder / "silent.csv"
    whole.write_text(TONNES, encoding="utf-8")
    silent.write_text("id,name,tonnes\nA1,Wood,\n", encoding="utf-8")
    asked = {
        "tonnes": (whole, None),
        "tonnes, one": (whole, "A1"),
        "tonnes, silent": (silent, None),
    }
    made = {
        name: tonnes(Request(path, "turku", DAY, language=language), rulebook(), offer)
        for name, (path, offer) in asked.items()
    }
    found = {name: (one.explained, one.case.setting.wording.words) for name, one in made.items()}
    return found | _announced(language)


def _announced(language):
    """Return the award view and a report of the sample whose purchase announced comparable tonnes."""
    asked = _asked(bundled("samples") / "tonnes", language)
    view, case = award(asked, rulebook()), open_case(asked, rulebook())
    report = explain_offer(case, "MAR-PINE").explained
    return {
        "award, comparable tonnes": (view.explained, view.words),
        "candidate, offer of the sample of tonnes": (report, case.setting.wording.words),
    }


def _lists(language):
    """Return the index of a long list: full with an error, and empty."""
    setting, found = made_setting(language=language), {}
    for name, chosen in (("index", list(offers().values())), ("index, empty", [])):
        rows = table(chosen)
        judged = assess_table(rows, bound(), purchase())
        found[name] = explain_batch(
            judged, rows, setting, links={}, file="v.csv", problems=[UNREADABLE]
        )
    return found


def _of_lists(language, folder):
    """Return a comparison, a drift and a look back, under the installed rules."""
    retired, drifting = folder / "retired.csv", folder / "offers.csv"
    retired.write_text(RETIRED, encoding="utf-8")
    drifting.write_text(DRIFTING, encoding="utf-8")
    book, turku = rulebook(), _asked(bundled("samples") / "turku", language)
    found = {
        "comparison": compare(turku, book, "VCS902", "turku,melbourne"),
        "drift": drift(Request(drifting, "turku", DAY, language=language), book, date(2022, 1, 1)),
        "lookback": lookback(Request(retired, "palo_alto", DAY, language=language), book),
    }
    case = open_case(turku, book)
    supposed = suppose_offer(case, "VCS2930", ["vintage=2012", "price=9"]).explained
    own = {"supposed": (supposed, case.setting.wording.words)}
    return own | {name: (one.explained, one.speech.words) for name, one in found.items()}
