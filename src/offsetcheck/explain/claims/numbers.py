"""Numbers of a text with what they count, in either style of separators."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offsetcheck.explain.claims.matching import folded, pattern_of
from offsetcheck.rulebook.lexicon.model import UNITS, LexiconFile

SPACES = " \u00a0\u2009\u202f"
NUMBER = re.compile(
    rf"(?<![\w.,'’])\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:[.,]\d+)?(?![\d])|(?<![\w.,'’])\d+(?:[.,'’]\d+)*"
)
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")
PERCENT = re.compile(rf"^[{SPACES}]?(?:%|percent\w*|per cent\b|prosent\w*|procent\w*|por ciento\b)")
NEXT_WORDS = re.compile(r"[^\W_]+|[€$£/%]")
LONGEST_UNIT = 4  # words: "million metric tons of"
GROUP = 3


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as written, and the values that it can have, each as exact as it is written."""

    text: str
    values: tuple[tuple[float, float], ...]

    def is_one_of(self, known: Iterable[float]) -> bool:
        """Return whether one of its readings is a known value, as exact as it is written."""
        return any(abs(value - one) <= rounded for value, rounded in self.values for one in known)


def readings(written: str, factor: float = 1) -> tuple[tuple[float, float], ...]:
    """Return what a number can be, times a factor, and by how much each may be rounded.

    `1.500` is fifteen hundred or one and a half.
    """
    last = len(re.split(r"[.,]", written)[-1])
    return tuple(
        (value * factor, 0.5 * factor * 10 ** -(last if is_decimal else 0))
        for value, is_decimal in _values(written)
    )


def _values(written: str) -> tuple[tuple[float, bool], ...]:
    """Return the values of a number, and whether each has its last sign for decimals."""
    plain = re.sub(rf"[{SPACES}'’]", "", written)
    signs = [sign for sign in plain if sign in ".,"]
    if not signs:
        return ((float(plain), False),)
    if len(set(signs)) > 1:
        decimal = signs[-1]
        other = "." if decimal == "," else ","
        return ((_number(plain.replace(other, "").replace(decimal, ".")), True),)
    sign = signs[0]
    whole = float(plain.replace(sign, ""))
    grouped = all(len(part) == GROUP for part in plain.split(sign)[1:])
    if len(signs) > 1:
        return ((whole, False),)
    decimal_value = (_number(plain.replace(sign, ".")), True)
    return ((whole, False), decimal_value) if grouped else (decimal_value,)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:  # two decimal signs: no number of ours
        return float("nan")


def tonnes_in(text: str, lexicons: Iterable[LexiconFile]) -> Iterator[Amount]:
    """Yield the amounts of tonnes in a sentence."""
    known = tuple(lexicons)
    for found in NUMBER.finditer(text):
        factor, length = _unit_after(text[found.end() :], known)
        if factor is not None:
            whole = text[found.start() : found.end() + length]
            yield Amount(whole, readings(found[0], factor))


def _unit_after(rest: str, lexicons: tuple[LexiconFile, ...]) -> tuple[float | None, int]:
    """Return how many tonnes the unit behind a number is, and its length; None for no unit."""
    if rest.startswith(("%", "-", "–")):
        return None, 0
    words = list(NEXT_WORDS.finditer(rest))[:LONGEST_UNIT]
    factor = 1.0
    for index, word in enumerate(words):
        if index == 0 and rest[: word.start()].strip():
            return None, 0  # a sign stands between
        multiplier = _multiplier(folded(word[0]), lexicons)
        if multiplier is not None:
            factor *= multiplier
            continue
        unit, taken = _unit([folded(one[0]) for one in words[index : index + 2]], lexicons)
        return (factor * unit, words[index + taken - 1].end()) if unit else (None, 0)
    return None, 0


def _multiplier(word: str, lexicons: tuple[LexiconFile, ...]) -> float | None:
    for lexicon in lexicons:
        for factor, names in lexicon.multipliers.items():
            if word in map(folded, names):
                return float(factor)
    return None


def _unit(words: list[str], lexicons: tuple[LexiconFile, ...]) -> tuple[int, int]:
    """Return how many tonnes a unit is and of how many words its name; 0 tonnes for no unit."""
    line = f" {' '.join(words)} "
    for lexicon in lexicons:
        for unit, patterns in lexicon.units.items():
            found = pattern_of(patterns).match(line)
            if found is not None:
                return UNITS[unit], len(found[0].split())
    return 0, 0


def years_in(text: str, lexicons: Iterable[LexiconFile] = ()) -> tuple[int, ...]:
    """Return the calendar years that a sentence names; an amount of tonnes is none."""
    amounts = [amount.text for amount in tonnes_in(text, lexicons)]
    for amount in amounts:
        text = text.replace(amount, " ")
    return tuple(dict.fromkeys(int(found[0]) for found in YEAR.finditer(text)))


def shares_in(text: str) -> Iterator[Amount]:
    """Yield the shares that a sentence names in percent, from 0 to 1."""
    for found in NUMBER.finditer(text):
        after = PERCENT.match(text[found.end() :].casefold())
        if after is not None:
            whole = f"{found[0]}{text[found.end() : found.end() + after.end()]}"
            yield Amount(whole, readings(found[0], 0.01))
