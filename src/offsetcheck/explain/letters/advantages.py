"""What the selected offers have over one that was not: from the findings, pair by pair.

Titles of requirements only: no value, score, price or paper of another bidder is said.
"""

from collections.abc import Callable, Sequence

from offsetcheck.explain.letters.case import CaseOffer
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status

UNMET = frozenset(
    {Status.NOT_MET, Status.NOT_DEMONSTRATED, Status.OPEN, Status.NEEDS_PERSON, Status.NOTED}
)


def advantages(lot: CaseOffer, selected: Sequence[CaseOffer], wording: Wording) -> tuple[str, ...]:
    """Return the relative advantages of the selected offers over one, one sentence each.

    Notes are left out: they turn nothing, and some tell of the city's own list.
    """
    if not selected:
        return ()
    lines = [{line.rule: line for line in other.explained.findings} for other in selected]
    said = [
        words
        for line in lot.explained.findings
        if not line.draft
        and line.effect != Effect.NOTE.value
        and (words := _advantage(line, [x[line.rule] for x in lines if line.rule in x], wording))
    ]
    above = [_is_above(other, lot) for other in selected]
    grade = _said("grade", above, wording, "") if any(above) else None
    return (*([grade] if grade else []), *said) or (wording.word("letters.advantage_none"),)


def _advantage(line: FindingLine, others: Sequence[FindingLine], wording: Wording) -> str | None:
    better: Callable[[FindingLine, FindingLine], bool] = _scores_more
    key = "scored"
    if line.lower is None:
        better, key = _meets_more, "met"
    applying = [other for other in others if other.status is not Status.NOT_APPLICABLE]
    found = [better(other, line) for other in applying]
    return _said(key, found, wording, line.title) if any(found) else None


def _meets_more(other: FindingLine, line: FindingLine) -> bool:
    return line.status in UNMET and other.status is Status.MET


def _scores_more(other: FindingLine, line: FindingLine) -> bool:
    return None not in (other.lower, line.upper) and (other.lower or 0) > (line.upper or 0)


def _is_above(other: CaseOffer, lot: CaseOffer) -> bool:
    return other.explained.grade.lower_score > lot.explained.grade.upper_score


def _said(key: str, found: Sequence[bool], wording: Wording, title: str) -> str:
    held = f"{key}_all" if all(found) else f"{key}_some"
    return wording.word(f"letters.advantage.{held}", title=title)
