"""What bidders send in: the form of questions filled in, and a broker's list of his own make."""

import csv
import io
import re

import openpyxl

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.files.compiled import load_compiled

SAMPLE = bundled("samples") / "turku"
FIELD, ANSWER = 1, 4
BY_FORM = "PURO-ORCA"
IN_LIST = (BY_FORM, "ACR1129", "VCS2930", "VCS902")
OWN_HEADING = {"tonnes": "Lot size", "price": "Rate"}
CONFIRMED_BY_HAND = "domestic_scheme"


def offers():
    """Return what the sample tender's offers say, by their ids."""
    text = (SAMPLE / "offers.csv").read_text("utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("#")]
    return {row["id"]: row for row in csv.DictReader(lines)}


def form_filled(form):
    """Return the form as the bidder sends it back: each question answered as the sample's offer."""
    candidate = load_compiled(bundled("rules")).dictionary.candidate
    book, row = openpyxl.load_workbook(io.BytesIO(form)), offers()[BY_FORM]
    sheet = book.worksheets[1]
    for line in range(2, sheet.max_row + 1):
        name = sheet.cell(line, FIELD).value
        if name and row.get(name):
            sheet.cell(line, ANSWER).value = _said(candidate[name], row[name])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _said(field, value):
    """Return a value as a person puts it into a cell: numbers as numbers, choices in words."""
    codes = {code: one.title["en"] for code, one in field.codes.items()}
    said = "; ".join(codes.get(part.strip(), part.strip()) for part in value.split(";"))
    said = {"true": "Yes", "false": "No"}.get(said, said)
    try:
        return float(said)
    except ValueError:
        return said


def list_of_all():
    """Return the list in which an office put all bids: headings of its own, decimal commas, a row too many."""
    candidate = load_compiled(bundled("rules")).dictionary.candidate
    numbers = {name for name, one in candidate.items() if one.type == "number"}
    rows = [offers()[name] for name in IN_LIST]
    rows.append({**rows[1], "id": "ACR1129-OLD", "name": "Withdrawn in August"})
    names = [*rows[0]]
    made = io.StringIO()
    sheet = csv.writer(made, delimiter=";", lineterminator="\n")
    sheet.writerow([OWN_HEADING.get(name, name) for name in names])
    for row in rows:
        sheet.writerow(
            [row[name].replace(".", ",") if name in numbers else row[name] for name in names]
        )
    return made.getvalue().encode()


def noted_by_a_colleague(text):
    """Return evidence.yaml with what a colleague has read in the other papers, in an editor."""
    sample = (SAMPLE / "evidence.yaml").read_text("utf-8").partition("\nfound:")[0]
    notes = sample.partition("\nconfirmed:\n")[2]
    every = re.split(r"(?m)^(?=  - offer: )", re.sub(r"(?m)^  #.*\n", "", notes))
    wanted = [note for note in every if _offer(note) in IN_LIST and not _noted_by_hand(note)]
    before, there, after = text.partition("confirmed:\n")
    assert there
    return f"{before}{there}{''.join(wanted)}{after}"


def _offer(note):
    return note.partition("offer: ")[2].partition("\n")[0]


def _noted_by_hand(note):
    return _offer(note) == BY_FORM and f"      {CONFIRMED_BY_HAND}:" in note
