"""The whole way of an officer: from an empty folder to letters, by commands and files she sees."""

import csv
import re

import openpyxl
import pytest
import yaml
from docx import Document

from forms import cell_of

DAY = "2026-09-30"
BIDDERS = ("ACR1129", "VCS2250", "VCS214")
REMEDY = "You may ask the court named here for review within fourteen days (illustrative)."
OWN = {"title", "stage", "city", "budget"}


@pytest.fixture
def rows(sample):
    """Return the offers of the sample of Turku by id: what bidders write into their forms."""
    lines = (sample("turku") / "offers.csv").read_text(encoding="utf-8").splitlines()
    found = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["id"]: row for row in found if row["id"] in BIDDERS}


def stated(path, values):
    """Write values behind keys of a file that a command wrote."""
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        text, found = re.subn(rf"(?m)^{key}:.*$", f"{key}: {value}", text)
        assert found == 1, key
    path.write_text(text, encoding="utf-8")


def filled(form, path, answers):
    """Fill in a form as a bidder does in a spreadsheet, and save it under a name."""
    book = openpyxl.load_workbook(form)
    sheet = next(s for s in book.worksheets if str(s["A1"].value).startswith("offsetcheck-form"))
    marks = {sheet.cell(line, 1).value for line in range(2, sheet.max_row + 1)}
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "answer")
    for name, value in answers.items():
        if value and name in marks:
            cell_of(sheet, name, column).value = value
    path.parent.mkdir(exist_ok=True)
    book.save(path)


def text_of(path):
    """Return all that a Word file says."""
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(part.text for part in document.paragraphs), *cells])


def test_from_an_empty_folder_to_letters(offsetcheck, sample, rows, tmp_path):  # noqa: PLR0915 - one way
    """Init, form, answers, evidence, clarification, award view, decision, letters: no other file."""

    def run(*words, status=0):
        ended = offsetcheck(*words)
        assert ended.status == status, f"{ended.stdout}\n{ended.stderr}"
        return ended

    # The city's own folder, on top of a shipped policy, with the words on appeal.
    run("init", "city", "Riverton", "riverton", "--extends", "turku", "--as-of", DAY)
    with (tmp_path / "riverton" / "city.yaml").open("a", encoding="utf-8") as city:
        city.write(f"\nremedy: {REMEDY}\n")
    run("cities", "check", "riverton")

    # The tender, and its purchase filled in.
    run("init", "tender", "tender", "--city", "./riverton", "--as-of", DAY)
    purchase = yaml.safe_load((sample("turku") / "purchase.yaml").read_text(encoding="utf-8"))
    begun = (tmp_path / "tender" / "purchase.yaml").read_text(encoding="utf-8")
    known = {k: v for k, v in purchase.items() if k not in OWN and re.search(rf"(?m)^{k}:", begun)}
    values = {k: str(v).lower() if isinstance(v, bool) else v for k, v in known.items()}
    stated(
        tmp_path / "tender" / "purchase.yaml",
        values | {"title": "Credits of 2026", "budget": 60000},
    )

    # The form goes out and comes back from three bidders.
    form = tmp_path / "tender" / "bid_form.xlsx"
    run("questionnaire", "make", "tender", "-o", form, "--as-of", DAY, "--force")
    for name, row in rows.items():
        filled(form, tmp_path / "tender" / "offers" / f"{name}.xlsx", row)
        checked = run("questionnaire", "check", f"tender/offers/{name}.xlsx")
        assert "ligible" not in checked.stdout

    # What papers show, and who searched.
    notes = yaml.load(
        (sample("turku") / "evidence.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    asked = _asked(form)
    confirmed = [_of_form(entry, asked) for entry in notes["confirmed"] if _is_of(entry, BIDDERS)]
    looked_up = {"field": "sanctions_hit", "value": "no", "kind": "sanctions_screening"}
    found = [entry for entry in notes["found"] if _is_of(entry, BIDDERS)]
    found += [
        {"offer": name, "source": "lists in force", "by": "A. Officer", "on": "2026-09-23"}
        | looked_up
        for name in BIDDERS
    ]
    own = {"confirmed": [entry for entry in confirmed if entry["values"]], "found": found}
    evidence = yaml.safe_dump(own, allow_unicode=True, default_flow_style=False)
    (tmp_path / "tender" / "evidence.yaml").write_text(evidence, encoding="utf-8")
    screening = {
        "screenings": [
            {
                "by": "A. Officer",
                "on": "2026-09-23",
                "sources": ["registries"],
                "offers": [*BIDDERS],
            }
        ]
    }
    (tmp_path / "tender" / "screening.yaml").write_text(yaml.safe_dump(screening), encoding="utf-8")
    judged = run(
        "assess", "tender", "--as-of", DAY, "--format", "html", "--format", "json", "-o", "first"
    )
    verdicts = dict(
        re.findall(r"(?m)^. (Eligible|Cannot be decided yet|Not eligible) +(\S+)", judged.stdout)
    )
    assert verdicts == {
        "Eligible": "ACR1129", "Cannot be decided yet": "VCS2250", "Not eligible": "VCS214",
    }  # fmt: skip

    # A round of clarification with the one bidder whose offer is open.
    seller = rows["VCS2250"]["seller"]
    ask = ("questionnaire", "make", "tender", "--clarification", "--seller", seller, "--as-of", DAY)
    run(*ask, "-o", "round-1.xlsx")
    filled(tmp_path / "round-1.xlsx", tmp_path / "answers.xlsx", {"tenure_litigation": "no"})
    run("questionnaire", "merge", "tender", "answers.xlsx", "--as-of", DAY)
    assert (tmp_path / "tender" / "clarifications.yaml").is_file()
    since = run("since", "tender", "first", "--as-of", DAY)
    assert "VCS2250" in since.stdout

    # What is still open at the end counts as not shown.
    stated(tmp_path / "tender" / "purchase.yaml", {"stage": "final"})

    # The award view, the draft of the decision, and the decision.
    view = run("award", "tender", "--as-of", DAY, "--draft-decision", "tender/decision.yaml")
    assert "ACR1129" in view.stdout
    decided = {
        "reference": "RIV-1", "by": "B. Chief", "role": "head of procurement", "on": DAY,
        "minute": '"12"', "standstill_ends": "2026-10-14",
        "contact": "{name: C. Clerk, email: clerk@riverton.example}",
    }  # fmt: skip
    stated(tmp_path / "tender" / "decision.yaml", decided)

    # Letters: each bidder his own, and none of them knows of another.
    made = run("letters", "make", "tender", "--as-of", DAY, "-o", "letters")
    letters = {path.name: text_of(path) for path in (tmp_path / "letters").glob("*.docx")}
    (award,) = (text for name, text in letters.items() if name.startswith("award-"))
    refusals = [text for name, text in letters.items() if "refusal-" in name]
    assert rows["ACR1129"]["name"] in award
    assert len(refusals) == 2
    for text in refusals:
        assert REMEDY in text
        assert "requirement" in text.casefold()
    for name, text in letters.items():
        own = [row for row in rows.values() if _slug(row["seller"]) in name]
        others = [row["name"] for row in rows.values() if row not in own]
        assert len(own) == 1 or "report" in name
        assert "report" in name or not [other for other in others if other in text], made


def _slug(seller):
    return re.sub(r"[^a-z0-9]+", "-", seller.casefold()).strip("-")


def _asked(form):
    sheet = openpyxl.load_workbook(form).worksheets[1]
    return {sheet.cell(line, 1).value for line in range(2, sheet.max_row + 1)}


def _is_of(entry, bidders):
    offers = entry["offer"] if isinstance(entry["offer"], list) else [entry["offer"]]
    return set(offers) <= set(bidders)


def _of_form(entry, asked):
    values = {name: value for name, value in entry["values"].items() if name in asked}
    return entry | {"values": values}
