"""Equal treatment: who has the same gap as a bidder that is asked, and is not asked."""

from collections.abc import Collection, Iterator

from offsetcheck.explain.letters.case import LetterCase, Lot
from offsetcheck.explain.letters.points import open_lines
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.finding_explanation import FindingLine


def unequal_questions(case: LetterCase, asked: Collection[str]) -> tuple[str, ...]:
    """Return for each question which undecided offers have the same gap and are not asked.

    `asked` are the bidders that get a letter with questions.
    """
    open_of = {lot.id: open_lines(lot, case) for lot in case.lots}
    gaps = {line.rule: line.title for seller in asked for lot in case.lots_of(seller)
            for line in open_of[lot.id]}  # fmt: skip
    said = []
    for rule, title in gaps.items():
        left = [lot.id for lot in _with_gap(case, rule) if not _is_asked(lot, rule, asked, open_of)]
        if left:
            listed = ", ".join(left)
            said.append(case.wording.word("letters.unequal", title=title, list=listed))
    return tuple(said)


def _with_gap(case: LetterCase, rule: str) -> Iterator[Lot]:
    for lot in case.lots:
        lines = (line for line in lot.explained.findings if line.rule == rule)
        if lot.verdict == Verdict.UNDECIDED.value and any(line.missing for line in lines):
            yield lot


def _is_asked(
    lot: Lot, rule: str, asked: Collection[str], open_of: dict[str, tuple[FindingLine, ...]]
) -> bool:
    return lot.seller in asked and any(line.rule == rule for line in open_of[lot.id])
