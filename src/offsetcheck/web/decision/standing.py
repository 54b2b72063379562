"""Whether the decision on disk is the one that was signed here."""

from hashlib import sha256

from offsetcheck.api.decision import DECISION, decision_of
from offsetcheck.web.folder.edits import ABSENT
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.register.second import stands_as_signed
from offsetcheck.web.visit import Visit

DRAFTED, SIGNED = "decision", "decision_signed"  # the acts of the register that write it


def mark_of(text: str | None) -> str:
    """Return what tells one state of the decision's file from another."""
    return ABSENT if text is None else sha256(text.encode()).hexdigest()


def changed_outside(visit: Visit, tender: Opened) -> bool:
    """Return whether the decision bears a signature, and the register none of it as it stands.

    Raises InputError for a decision that cannot be read.
    """
    decision = decision_of(tender.case)
    if decision is None or decision.on is None:
        return False
    text = (tender.folder.path / DECISION).read_text("utf-8")
    return not stands_as_signed(visit, DRAFTED, SIGNED, mark_of(text))
