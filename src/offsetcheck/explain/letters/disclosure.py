"""What of other bidders a letter may not hold: found out, left out field by field, checked last.

A text is another bidder's where it names him, his offer, project, developer, price, papers or
serial numbers, and nothing of the reader's own does the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from offsetcheck.explain.letters.case import CaseOffer, LetterCase, name_key
from offsetcheck.explain.quantity import money_words
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.letter import Letter, LetterKind

NAMING = ("seller", "name", "id", "developer", "serials")
SHORTEST = 3  # characters; a shorter text is in half the words of a language
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Guard:
    """The texts of other bidders that one bidder's letter may not hold.

    `common` are texts of theirs that our own sentences hold too (a bidder named “Forest”), so that
    no letter can be held against them.
    """

    secrets: frozenset[str]
    common: frozenset[str] = frozenset()

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest = sorted(self.secrets, key=lambda text: (-len(text), text))
        words = "|".join(map(re.escape, longest))
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None

    def leaks(self, text: str) -> tuple[str, ...]:
        """Return the texts of other bidders that a text holds, each once."""
        if self._pattern is None:
            return ()
        return tuple(dict.fromkeys(self._pattern.findall(plain(text))))

    def without(self, text: str, stead: str) -> str:
        """Return a text in which `stead` stands for each text of another bidder.

        Where one is found the text loses its own case and spaces, so that nothing slips through.
        """
        if self._pattern is None or not self.leaks(text):
            return text
        exact = _loosely(self._pattern)
        cut = exact.sub(lambda _: stead, text)
        return cut if not self.leaks(cut) else self._pattern.sub(lambda _: stead, plain(text))


def _loosely(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(pattern.pattern.replace(r"\ ", r"\s+"), re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text as it is compared: one form of each letter, no case, single spaces."""
    return SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def guard_of(case: LetterCase, seller: str, own_words: Iterable[str]) -> Guard:
    """Return the guard of a bidder's letters; `own_words` are all sentences of ours."""
    own = {text for lot in case.lots_of(seller) for text in secrets_of(lot, case.wording)}
    others = {
        text
        for lot in case.lots
        if lot.seller is None or name_key(lot.seller) != name_key(seller)
        for text in secrets_of(lot, case.wording)
    }
    mine = " \n ".join(sorted(own))
    found = frozenset(text for text in others if not _holds(mine, text))
    ours = plain("\n".join(own_words)) if found else ""
    common = frozenset(text for text in found if _holds(ours, text))
    return Guard(found - common, common)


def secrets_of(lot: CaseOffer, wording: Wording) -> frozenset[str]:
    """Return the texts that only the bidder of an offer may read, as they are compared."""
    known = wording.bound.dictionary.documents
    texts = (plain(text) for text in _texts(lot, wording) if text not in known)
    return frozenset(text for text in texts if len(text) >= SHORTEST)


def _texts(lot: CaseOffer, wording: Wording) -> Iterator[str]:
    facts = lot.context.candidate.facts
    for name in NAMING:
        for fact in _with_others(facts.get(name)):
            yield from _as_texts(fact)
    yield lot.id
    yield from _prices(facts, wording)
    for fact in (each for stated in facts.values() for each in _with_others(stated)):
        yield from (fact.document,) if fact.document else ()


def _with_others(fact: Fact | None) -> Iterator[Fact]:
    if fact is not None:
        yield fact
        yield from fact.others


def _as_texts(fact: Fact) -> Iterator[str]:
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    yield from (str(value) for value in values if value is not None)
    if isinstance(fact.raw, str):
        yield fact.raw


def _prices(facts: Mapping[str, Fact], wording: Wording) -> Iterator[str]:
    """Yield the price as letters write money, with its currency and as two decimals alone."""
    currency = facts["currency"].value if "currency" in facts else None
    for fact in _with_others(facts.get("price")):
        if isinstance(fact.value, int | float):
            amount = float(fact.value)
            yield wording.money(amount, currency)
            for locale in {wording.locale, "en"}:
                yield money_words(amount, "", locale).strip()
            yield f"{currency} {amount:g}"
            yield f"{amount:g} {currency}"


def _holds(text: str, part: str) -> bool:
    return part in text and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


def disclosed(letter: Letter, guard: Guard, wording: Wording) -> Letter:
    """Return a letter whose findings say nothing of other bidders, and a note to the officer.

    What a person wrote is left as it is: `leaks_of` tells of it, and nothing is written.
    """
    if letter.letter is LetterKind.REPORT:
        return letter
    stead, cut = wording.word("letters.withheld"), set[str]()

    def clean(text: str) -> str:
        cut.update(guard.leaks(text))
        return guard.without(text, stead)

    lots = tuple(
        lot.model_validate(_walk(lot.model_dump(), clean, but=("own_reason",)))
        for lot in letter.lots
    )
    notes = (wording.word("letters.draft.withheld"),) if cut else ()
    return letter.model_copy(update={"lots": lots, "draft": (*letter.draft, *notes)})


def _walk(value: Any, change: Callable[[str], str], but: tuple[str, ...] = ()) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {k: v if k in but else _walk(v, change) for k, v in value.items()}
    if isinstance(value, tuple):
        return tuple(_walk(item, change) for item in value)
    return value


def leaks_of(letter: Letter, text: str, guard: Guard) -> tuple[str, ...]:
    """Return what of other bidders a letter's text holds, save names that the law publishes."""
    if letter.letter is LetterKind.REPORT:
        return ()
    published = {plain(name) for name in letter.selected}
    return tuple(found for found in guard.leaks(text) if found not in published)
