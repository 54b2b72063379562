"""Equal treatment: who has the same gap as a bidder that is asked, and is not asked."""

from collections.abc import Collection, Iterable, Iterator

from offsetcheck.explain.letters.case import CaseOffer, LetterCase, name_key
from offsetcheck.explain.letters.points import open_lines
from offsetcheck.vocabulary.assessment import Verdict


def unequal_questions(case: LetterCase, asked: Collection[str]) -> tuple[str, ...]:
    """Return for each question which undecided offers have the same gap and are not asked.

    `asked` are the bidders that get a letter with questions.
    """
    names = {name_key(name) for name in asked}
    open_of = {lot.id: open_lines(lot, case) for lot in case.lots}
    to = [lot for lot in case.lots if lot.seller and name_key(lot.seller) in names]
    gaps = {line.rule: line.title for lot in to for line in open_of[lot.id]}
    left: dict[str, list[str]] = {}
    for rule, title in gaps.items():
        asking = {lot.id for lot in to if any(line.rule == rule for line in open_of[lot.id])}
        others = [lot.id for lot in _with_gap(case, rule) if lot.id not in asking]
        if others:
            left.setdefault(", ".join(others), []).append(title)
    return tuple(_unequal(listed, titles, case) for listed, titles in left.items())


def _unequal(listed: str, titles: Iterable[str], case: LetterCase) -> str:
    wording = case.wording
    quoted = [wording.word("text.quoted", text=title) for title in titles]
    return wording.word("letters.unequal", title=wording.joined(quoted), list=listed)


def _with_gap(case: LetterCase, rule: str) -> Iterator[CaseOffer]:
    for lot in case.lots:
        lines = (line for line in lot.explained.findings if line.rule == rule)
        if lot.verdict == Verdict.UNDECIDED.value and any(line.missing for line in lines):
            yield lot
