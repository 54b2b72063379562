"""Which answers of a tender's offers are others once a file of it is read otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offsetcheck.api.case import Case
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Fact


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One answer of an offer in words before and after; "" where it is not known."""

    offer: str
    field: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class OffersChange:
    """What a change does to a tender's offers: other answers, offers that go, and that come."""

    answers: tuple[AnswerChange, ...]
    gone: tuple[str, ...]
    come: tuple[str, ...]


def answers_changed(before: Case, after: Case) -> OffersChange:
    """Return which answers are others in a tender than they were, in the order of its offers."""
    old = {one.id: one for one in before.table.candidates()}
    new = {one.id: one for one in after.table.candidates()}
    return OffersChange(
        answers=tuple(_answers(before, after, old, new)),
        gone=tuple(name for name in old if name not in new),
        come=tuple(name for name in new if name not in old),
    )


def _answers(
    before: Case, after: Case, old: Mapping[str, Candidate], new: Mapping[str, Candidate]
) -> Iterator[AnswerChange]:
    for name, candidate in new.items():
        known = old.get(name)
        for field in after.bound.dictionary.candidate if known is not None else ():
            if known is None or not after.bound.dictionary.candidate[field].is_input:
                continue
            was, now = _words(before, known, field), _words(after, candidate, field)
            if was != now:
                title = after.setting.wording.title(field)
                yield AnswerChange(name, field, title, was, now)


def _words(case: Case, candidate: Candidate, field: str) -> str:
    fact: Fact = candidate.fact(field)
    currency = candidate.value("currency")
    said = currency if isinstance(currency, str) else None
    wording = case.setting.wording
    return "" if fact.value is None else wording.value(field, fact.value, said)
