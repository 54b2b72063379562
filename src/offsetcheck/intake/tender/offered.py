"""The offers of a tender's folder: one list, or the forms that its bidders have filled."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.files.read import SUFFIXES
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.intake.registry.sellers_word import as_sellers_word
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.vocabulary.reading import BID_SHEET
from offsetcheck.vocabulary.table import CandidateTable

FORMS = "offers"
MOST_FORMS = 200
WORKBOOKS = frozenset({".xlsx", ".xlsm"})
EXPECTED = (
    "a tender folder holds purchase.yaml and one file offers.csv, .xlsx, .json, .jsonl, .yaml "
    "or .parquet, or a folder `offers` with the forms that bidders have filled"
)


def offers_files(folder: Path, problems: list[Problem]) -> Sequence[Path]:
    """Return the one list of offers, or every form of the folder of forms."""
    found = sorted(
        path
        for path in folder.iterdir()
        if path.stem == "offers" and path.suffix.casefold() in SUFFIXES
    )
    forms = _forms(folder / FORMS, problems) if (folder / FORMS).is_dir() else []
    if len(found) > 1 or (found and forms):
        listed = ", ".join([*(path.name for path in found), *([f"{FORMS}/"] if forms else [])])
        problems.append(
            Problem(
                f"the folder holds several lists of offers: {listed}",
                Place(folder.name),
                "keep one",
            )
        )
    if not found and not forms:
        problems.append(Problem("the folder holds no list of offers", Place(folder.name), EXPECTED))
    return found[:1] or forms


def _forms(folder: Path, problems: list[Problem]) -> Sequence[Path]:
    """Return the workbooks of the folder of forms; what else lies there is a problem."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")):
            continue  # what a program leaves beside a workbook while it is open
        if path.suffix.casefold() in WORKBOOKS:
            found.append(path)
        else:
            place = Place(f"{FORMS}/{path.name}")
            problems.append(Problem("this is no filled form", place, "keep only forms in it"))
    if len(found) > MOST_FORMS:
        message = f"there are {len(found)} forms; at most {MOST_FORMS} are read"
        problems.append(Problem(message, Place(FORMS)))
    return found[:MOST_FORMS]


def offers_of(
    contents: Mapping[str, bytes],
    dictionary: Dictionary,
    found: Sequence[Problem],
    asked: Asked = NOTHING_ASKED,
) -> CandidateTable:
    """Return the offers of a tender: its list, or the forms of its bidders as one list."""
    try:
        forms = [name for name in contents if name.startswith(f"{FORMS}/")]
        if forms:
            return _offers_of_forms({name: contents[name] for name in forms}, dictionary)
        name = next(name for name in contents if name.startswith("offers."))
        table = offers_of_bytes(contents[name], name, dictionary, asked)
    except InputError as error:
        raise InputError([*found, *error.problems]) from None
    return table if table.layout == BID_SHEET else as_sellers_word(table)


def _offers_of_forms(contents: Mapping[str, bytes], dictionary: Dictionary) -> CandidateTable:
    """Return the offers of all forms; raises InputError with what is wrong with any of them."""
    from offsetcheck.intake.questionnaire.filled import FilledForm, read_filled
    from offsetcheck.intake.questionnaire.offers import offers_of_forms

    forms: list[FilledForm] = []
    problems: list[Problem] = []
    for name, data in contents.items():
        try:
            forms.append(read_filled(data, name))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return offers_of_forms(forms, dictionary, FORMS)
