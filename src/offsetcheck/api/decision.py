"""What a person has decided on a tender, as its folder says."""

from offsetcheck.api.case import Case
from offsetcheck.explain.letters.case import seller_of
from offsetcheck.intake.tender.decision import read_decision
from offsetcheck.vocabulary.decision import Decision


def decision_of(case: Case) -> Decision | None:
    """Return the decision of a case's tender folder, None where there is none.

    Raises InputError for one that cannot be read, or that speaks of what the tender has not.
    """
    if case.folder is None:
        return None
    candidates = case.table.candidates()
    sellers = [name for one in candidates if (name := seller_of(one.value("seller")))]
    return read_decision(case.folder, case.table.ids, sellers)[0]
