"""The small rulebook of docs/rules.md, with changes where a test wants them, and offers for it."""

import re
from pathlib import Path

from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase, Stage
from offsetcheck.vocabulary.table import CandidateTable, Column

DOCS = Path(__file__).parents[2] / "docs" / "rules.md"
EXAMPLE = re.compile(
    r"^`([\w/]+\.(?:yaml|csv))`\n\n```(?:yaml|csv)\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
AGE = "vintage/age.yaml"


def documented(folder, changes=()):
    """Return the documented rulebook, written into a folder with some texts of its files changed."""
    for name, text in EXAMPLE.findall(DOCS.read_text(encoding="utf-8")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_changed(name, text, changes), encoding="utf-8")
    return load_rulebook(folder)


def _changed(name, text, changes):
    for file, old, new in changes:
        if file == name:
            assert old in text
            return text.replace(old, new)
    return text


def stove(identity="VCS1", **more):
    """Return the fields of an offer of cookstoves, some of them others."""
    return {
        "id": identity,
        "name": "Stoves",
        "programme": "VCS",
        "project_type": "cookstoves",
        "carbon_revenue_share": 1,
        "vintage": 2022,
    } | more


def _number(value):
    whole = isinstance(value, int) and not isinstance(value, bool)
    return float(value) if whole else value


def offers_of(*rows, grade=EvidenceGrade.E1):
    """Return rows of fields as a table of offers, all on one evidence grade."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {
        name: Column([_number(row.get(name)) for row in rows], grades=grade) for name in names
    }
    ids = [row["id"] for row in rows]
    return CandidateTable(ids, columns, "offers.csv", list(range(2, len(rows) + 2)), "bid_sheet")


def purchase_in(year, **more):
    """Return a purchase of which the year of the claim and some facts are known."""
    facts = {name: Fact(_number(v), EvidenceGrade.E1) for name, v in {"year": year, **more}.items()}
    return Purchase(stage=Stage.CLARIFICATION, facts=facts)
