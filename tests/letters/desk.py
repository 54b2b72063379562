"""Sample tenders with a decision and a city that has a text on review: what letters are made of."""

import csv
import io
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from offsetcheck.api.letters import letters
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.tender.decision import REPORT_KEYS
from offsetcheck.rulebook.load import load_rulebook

SAMPLES = ("turku", "bogota", "melbourne")
DAY = date(2026, 9, 30)
FOLDER = Path(__file__).parents[2] / "samples"
REMEDY = {"en": "You may ask for a review within 14 days.\nAn appeal goes to the court."}
BOUGHT = {
    "turku": ["PURO-ORCA", "ACR1129"],
    "bogota": ["VCS2532", "ACR1129"],
    "melbourne": ["EOP100945", "VCS2464"],
}
# What no officer has to give a reason for: the rules do.
REFUSED = (
    "GS12332", "VCS214", "VCS902", "WCC-CRANBOURNE",
    "VCS2290", "VCS1566", "VCS1797", "VCS1233", "CERCARBONO-BAKA-ROKARIRE",
    "VCS1904", "VCS641",
)  # fmt: skip
KEPT_BACK = "The need is covered by the offers that were selected."


@cache
def rulebook():
    """Return the shipped rulebook, in which no city has a text on review."""
    return load_rulebook(bundled("rules"))


@cache
def with_remedy(*languages):
    """Return the shipped rulebook with a text on review for every sample's city, which speaks English first."""
    texts = {"en": REMEDY["en"], **{language: f"({language}) 14" for language in languages}}
    own = rulebook()
    said = {"remedy": texts, "languages": ("en",)}
    cities = {name: policy.model_copy(update=said) for name, policy in own.cities.items()}
    from dataclasses import replace

    return replace(own, cities=cities)


def decision(sample, offers, **own):
    """Return a whole decision: what is bought of a sample, and why every other offer is not."""
    left = [offer for offer in offers if offer not in (*BOUGHT[sample], *REFUSED)]
    made = {
        "reference": "TENDER-117",
        "by": "Maija Esimerkki",
        "role": "Procurement Manager",
        "on": "2026-10-20",
        "minute": "section 41",
        "standstill_ends": "2026-11-04",
        "contact": {"name": "Matti Malli", "email": "bids@example.org", "phone": "+358 2 000"},
        "awarded": [{"offer": offer} for offer in BOUGHT[sample]],
        "reasons": dict.fromkeys(left, KEPT_BACK),
        "report": dict.fromkeys(REPORT_KEYS, "Nothing to report."),
    }
    return {**made, **own}


def tender(folder, sample, *, stage="final", decided=None):
    """Copy a sample into a folder at a stage, with a decision where one is given."""
    goal = folder / sample
    shutil.copytree(FOLDER / sample, goal)
    purchase = goal / "purchase.yaml"
    text = purchase.read_text("utf-8").replace("stage: clarification", f"stage: {stage}")
    purchase.write_text(text, encoding="utf-8")
    if decided is not None:
        write_decision(goal, decided)
    return goal


def write_decision(folder, said):
    """Write a decision into a tender folder."""
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
    (folder / "decision.yaml").write_text(text, encoding="utf-8")


def offers_of(sample):
    """Return the ids of a sample's offers."""
    from offsetcheck.api.case import open_tender

    return list(open_tender(FOLDER / sample, rulebook(), as_of=DAY).table.ids)


def made(folder, rules=None, **asked):
    """Return the letters of a tender folder."""
    asked = {"formats": ("txt",), **asked}
    return letters(Request(folder, None, DAY), rules or with_remedy(), **asked)


@cache
def whole(sample, stage):
    """Return all letters of a sample in every form: questions, or those of a decision."""
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        decided = decision(sample, offers_of(sample)) if stage == "final" else None
        folder = tender(Path(place), sample, stage=stage, decided=decided)
        return made(folder, formats=("docx", "txt", "json"))


def texts(found, kind=None):
    """Return the plain texts of letters by the name of the bidder, of one kind."""
    return {
        one.letter.bidder.name if one.letter.bidder else "": one.file.text
        for one in found.written
        if one.file.suffix == "txt" and kind in (None, one.letter.letter.value)
    }


def spoiled_sheet(path, offer, **cells):
    """Write other cells into the row of an offer in a bid sheet that begins with remarks."""
    text = path.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith("id"))
    rows = list(csv.DictReader(io.StringIO("".join(lines[start:]))))
    for row in rows:
        if row["id"] == offer:
            row.update(cells)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text("".join(lines[:start]) + out.getvalue(), encoding="utf-8")
