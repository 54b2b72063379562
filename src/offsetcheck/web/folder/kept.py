"""What a process keeps of tenders that it has opened: judged again only where something changed."""

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from offsetcheck import Rulebook
from offsetcheck.api.case import Case, open_case, open_rulebook
from offsetcheck.api.judge import JudgedOffer, carried_over, judge_one, offer_named
from offsetcheck.api.request import Request
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.web.folder.tenders import TenderFolder, tender_named
from offsetcheck.web.visit import Visit
from offsetcheck.web.work.progress import takes_long, told

MOST_KEPT = 6
MOST_MADE = 24  # of one tender: letters in a form, an award view
STATES_KEPT = 3
"""Of a rule folder that is edited: the state now, and those that pages still hold."""
SECONDS_EACH = 0.025  # judging and explaining one offer
DAY = "on"
"""The name in an address's query of the day for which a tender is looked at."""
Mark = tuple[tuple[str, int, int, int], ...]
Made = TypeVar("Made")


@dataclass(slots=True)
class Opened:
    """A tender as its files stand, judged for one city on one day in one language."""

    folder: TenderFolder
    request: Request
    rulebook: Rulebook
    case: Case
    mark: Mark
    _judged: dict[str, JudgedOffer] = field(default_factory=dict)
    _made: "OrderedDict[Hashable, object]" = field(default_factory=OrderedDict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the offers, in the order of the input."""
        return tuple(self.case.table.ids)

    def judged(self) -> tuple[JudgedOffer, ...]:
        """Return every offer, judged and explained, in the order of the input.

        A list that takes long is judged where nobody waits: the visit becomes a page of progress.
        """
        missing = [one for one in self.case.table.candidates() if one.id not in self._judged]
        for candidate in told(missing, len(missing), "web.judging", SECONDS_EACH):
            self._judged[candidate.id] = self._judge(candidate)
        return tuple(self._judged[name] for name in self.ids)

    def offer(self, name: str) -> JudgedOffer:
        """Return one offer, judged and explained; raises RequestError for an unknown id."""
        candidate = offer_named(self.case, name)
        if name not in self._judged:
            self._judged[name] = self._judge(candidate)
        return self._judged[name]

    def once(self, what: Hashable, make: Callable[[], Made], seconds: float = 0) -> Made:
        """Return what is made of the tender as it stands, made the first time it is asked for.

        It hangs on the files, the rules, the day and the language alone, never on who asks; `what`
        names it. What fails is not kept. Where it takes many `seconds` and somebody waits, the
        visit becomes a page of progress.
        """
        if what not in self._made:
            takes_long(seconds)
            self._made[what] = make()
        self._made.move_to_end(what)
        while len(self._made) > MOST_MADE:
            self._made.popitem(last=False)
        return cast(Made, self._made[what])

    def _judge(self, candidate: Candidate) -> JudgedOffer:
        return judge_one(self.case.setting, self.case.purchase_explained, candidate)

    def inherit(self, earlier: "Opened") -> None:
        """Take over what was judged of offers that are as they were, by the same rules."""
        same = earlier.case.purchase == self.case.purchase
        if not same or earlier.case.bound.hash != self.case.bound.hash:
            return
        for candidate in self.case.table.candidates():
            known = earlier._judged.get(candidate.id)  # noqa: SLF001 - another of its own kind
            if known is not None and known.candidate == candidate:
                self._judged[candidate.id] = carried_over(self.case, known)


_kept: "OrderedDict[tuple[str, date, str, str], Opened]" = OrderedDict()


def opened(visit: Visit) -> Opened:
    """Return the tender of a visit's address, as its files stand now.

    Raises RefusedError (404) for no such tender, and what `open_case` raises: InputError for a file
    that cannot be read at all, RequestError, RulebookError.
    """
    folder = tender_named(visit.workplace, visit.part("tender"))
    day = day_of(visit)
    return open_for(folder, visit.workplace.rules, day, visit.language)


def open_for(folder: TenderFolder, rules: Path | None, day: date, language: str) -> Opened:
    """Return a tender as its files stand, for a day, in a language; kept while nothing changes."""
    key = (str(folder.path), day, language, str(rules))
    mark = _mark(folder.path, rules)
    known = _kept.get(key)
    if known is not None and known.mark == mark:
        _kept.move_to_end(key)
        return known
    rulebook = rulebook_of(rules)
    request = Request(folder.path, None, day, language=language)
    made = Opened(folder, request, rulebook, open_case(request, rulebook), mark)
    if known is not None:
        made.inherit(known)
    _kept[key] = made
    _kept.move_to_end(key)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made


def day_of(visit: Visit) -> date:
    """Return the day for which a visit looks at a tender: that of its address, else today."""
    try:
        return date.fromisoformat(visit.asked(DAY))
    except ValueError:
        return visit.today


def rulebook_of(rules: Path | None) -> Rulebook:
    """Return the rulebook that is served, read anew where a file of it has changed.

    Raises RulebookError where somebody has left a mistake in it.
    """
    return _rulebook(rules, () if rules is None else tuple(_files(rules)))


@lru_cache(STATES_KEPT)
def _rulebook(rules: Path | None, mark: Mark) -> Rulebook:
    del mark  # what the folder held, so that another state of it is another rulebook
    return open_rulebook(rules)


def _mark(folder: Path, rules: Path | None) -> Mark:
    """Return what tells one state of a tender's files from another: names, times and sizes.

    The second time is that of the last change of any kind, which no program sets: a file that is
    put in another's place with its day and its size is seen too.

    A city of its own may lie beside the tender's folder, and is among them.
    """
    beside = [
        path
        for path in folder.parent.iterdir()
        if path != folder and path.is_dir() and (path / "city.yaml").is_file()
    ]
    marks = [*_files(folder), *(mark for path in beside for mark in _files(path))]
    return (*marks, *(() if rules is None else _files(rules)))


def _files(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(top, name)
            try:
                state = path.stat()
            except OSError:
                continue
            yield (str(path), state.st_mtime_ns, state.st_ctime_ns, state.st_size)
