"""Names of sellers that look alike and are not the same: one bidder as two, or two as one."""

import re
import unicodedata
from collections.abc import Iterator

from offsetcheck.intake.normalise.lookalikes import plain
from offsetcheck.intake.normalise.text import key, shown
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.table import CandidateTable

SELLER = "seller"
_SIGNS = re.compile(r"[\W_]+")
ALIKE_HINT = "ask who offers, and write the name of one bidder alike in all of his offers"


def alike_sellers(table: CandidateTable) -> Iterator[Problem]:
    """Yield the names of sellers that a reader takes for one, and that count as several.

    Case and spaces alone tell nobody apart and are not told.
    """
    column = table.columns.get(SELLER)
    seen: dict[str, dict[str, str]] = {}
    for value in column.values if column else ():
        if isinstance(value, str):
            seen.setdefault(_looks(value), {}).setdefault(key(value), value)
    for names in seen.values():
        first, *others = names.values()
        for other in others:
            message = f"the sellers {shown(first)} and {shown(other)} look alike and count as two"
            yield Problem(message, Place(table.file), ALIKE_HINT, Severity.WARNING)


def _looks(name: str) -> str:
    return _SIGNS.sub("", plain(unicodedata.normalize("NFD", name)).casefold())
