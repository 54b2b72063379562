"""Why a registry's ledger is no list of offers, and what it is good for."""

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.recognise import Recognised
from offsetcheck.vocabulary.problem import InputError, Problem

WHOLE = "give it as `--registry FILE` beside the offers"
LOOKED_BACK = f"{WHOLE}, or look back on what was retired: `offsetcheck lookback FILE --city CITY`"
HOLDS = {
    "issuances": ("credits that were issued", WHOLE),
    "retirements": ("credits that were retired", LOOKED_BACK),
    "cancellations": ("credits that were cancelled", WHOLE),
    "credits": ("credits that are held or retired", LOOKED_BACK),
}


class LedgerError(InputError):
    """A registry's ledger in the place of offers; who wants one reads it from the sheet."""

    def __init__(self, sheet: Sheet, found: Recognised) -> None:
        self.sheet = sheet
        self.found = found
        what, hint = HOLDS[found.layout.holds]
        message = f"this is {found.layout.title}: it holds {what}, and no offers"
        super().__init__([Problem(message, sheet.place(), hint)])
