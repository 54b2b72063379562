"""The next free code of a dimension's family, such as PER-17."""

import re
from collections import Counter
from collections.abc import Iterable

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import RuleFile

CODE = re.compile(r"(?P<family>[A-Z]{2,5})-(?P<number>\d+)[a-z]?")


def next_code(rulebook: Rulebook, dimension: str, known: Iterable[str] = ()) -> str:
    """Return the code after the last of the family that the rules of a dimension have most.

    `known` are further codes, as of a catalogue. A dimension without rules gets its own letters.
    """
    codes = [(rule.dimension, rule.code) for rule in _files(rulebook) if rule.code is not None]
    families = Counter(_family(code) for own, code in codes if own == dimension)
    families.pop("", None)
    family = families.most_common(1)[0][0] if families else dimension[:3].upper()
    taken = [code for _, code in codes] + list(known)
    numbers = [int(found["number"]) for code in taken if (found := _of(family, code))]
    return f"{family}-{max(numbers, default=0) + 1:02d}"


def _files(rulebook: Rulebook) -> Iterable[RuleFile]:
    return (rule.file for rule in rulebook.rules.values())


def _family(code: str) -> str:
    found = CODE.fullmatch(code)
    return found["family"] if found is not None else ""


def _of(family: str, code: str) -> re.Match[str] | None:
    found = CODE.fullmatch(code)
    return found if found is not None and found["family"] == family else None
