"""Parts of a page that were written before: the offers of a list share most lines of findings.

What the bundled macros write of a finding without its evidence follows from its line alone, under
one bound rulebook and in one language; what they write of an evidence line follows from that line,
and many findings of a page show it.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

OF_FINDINGS = frozenset({"finding_head", "folded_head", "finding_tail", "apart"})
OF_EVIDENCE = "evidence"
MACROS = OF_FINDINGS | {OF_EVIDENCE}
MOST_KEPT = 8192  # parts, each some kilobytes

Plain = Mapping[str, Any]
Run = tuple[str, str]
Key = TypeVar("Key")


class RememberedParts:
    """What macros wrote, by what they were given, which is held on to; for bundled templates.

    A city's own macros may name anything of a report, so that nothing of theirs is remembered.
    """

    def __init__(self) -> None:
        self._run: Run | None = None
        self._same: Mapping[str, Plain] = {}
        self._lasting: dict[tuple[str, int], tuple[Plain, str]] = {}
        self._of_page: dict[int, tuple[Plain, str]] = {}

    def begin(self, run: Run | None, same: Mapping[str, Plain]) -> None:
        """Begin a page; `same` is by rule what its finding shares, the same object for the same."""
        if run != self._run or len(self._lasting) > MOST_KEPT:
            self._lasting.clear()
        self._run, self._same = run, same
        self._of_page.clear()

    def of(self, macro: str, line: Plain, write: Callable[[], str]) -> str:
        """Return what a macro writes of a line, written at its first time."""
        if macro == OF_EVIDENCE:
            return _remembered(self._of_page, id(line), line, write)
        same = self._same.get(line["rule"])
        if same is None:
            return write()
        return _remembered(self._lasting, (macro, id(same)), same, write)


def _remembered(
    known: dict[Key, tuple[Plain, str]], key: Key, holds: Plain, write: Callable[[], str]
) -> str:
    found = known.get(key)
    if found is None:
        found = known[key] = (holds, write())
    return found[1]
