"""What a heading says of its values beside their name: unit, scale, currency, tax, and per what."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from offsetcheck.intake.normalise.currencies import ALSO_WORDS, SIGNS, is_currency
from offsetcheck.intake.normalise.text import tidy
from offsetcheck.intake.normalise.units import TWO_MEANINGS, UNIT, Unit, unit_of
from offsetcheck.vocabulary.headings import MAX_CHARACTERS


class Tax(StrEnum):
    """Whether prices hold a tax on sales."""

    WITHOUT = "without"
    WITH = "with"


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What a heading says of its values.

    `text` is as written. A value is `scale` times the number in the cell, in `unit` (of a quantity)
    or `currency` (of a price) `per` a unit. `whole`: the price is that of the lot and not of a
    tonne. `yearly`: so much in a year. `unknown` are words that nobody understands here, and
    `two_meanings` one that means two units.
    """

    text: str
    unit: Unit | None = None
    scale: float = 1.0
    currency: str | None = None
    per: Unit | None = None
    whole: str | None = None
    yearly: bool = False
    tax: Tax | None = None
    unknown: tuple[str, ...] = ()
    two_meanings: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it changes or tells a value."""
        return replace(self, text="") == Qualifier("")


_TAXES = r"(?:vat|tva|mwst\.?|ust\.?|iva|btw|alv|moms|gst|tax(?:es)?|steuern?|impuestos)"
_WITHOUT = (
    r"(?:excl(?:uding|usive of|\.)?|exkl\.?|exc\.?|ex\.?|ohne|without|net of|hors|sans|sin|plus"
    r"|zzgl\.?|before|veroton|exklusive|ilman|utan|sem)"
)
_WITH = (
    r"(?:incl(?:uding|usive of|\.)?|inkl\.?|inc\.?|mit|with|avec|con|gross of|inklusive"
    r"|sis(?:ältäen|\.)?|com)"
)
_PER = r"(?:/|per|pro|par|por|je|à|a(?=\s))\s*(?:1\s*)?"
_YEAR = r"(?:years?|yr|a|y|annum|jahr|an|año|jaar|vuosi|år)"
_LOT = r"(?:lot|batch|block|project|position|offer)"
_WHOLE = r"(?:in total|total|lump sum|whole lot|all lots|extended|gesamt|summe|totaal)"
_THOUSAND = r"(?:in )?(?:thousands?|tsd\.?)(?: of)?(?!\w)|k(?=\s?(?:€|\$|eur|usd|gbp))|k\s(?=t)"
_HARMLESS = frozenset(
    {
        *("offered", "available", "indicative", "firm", "estimated", "est", "est.", "approx"),
        *("approx.", "spot", "offer", "asked", "ask", "issued", "remaining", "in", "of", "the"),
        *("each", "unit", "and", "s", "net", "only", "e.g.", "currency", "stated", "verified"),
        *("expected", "utc", "gmt", "yyyy", "vintage", "optional", "required", "numeric", "number"),
        *("our", "pricing", "commercial", "details", "offre", "angebot", "oferta", "tarjous"),
        *("anbud", "aanbod", "offerte", "proposta"),
    }
)
"""Words in brackets that change no value."""

_LINKS = frozenset({"in", "of", "the"})
"""Words that lead over from a name to its unit where no bracket does."""

_Found = Callable[[Qualifier, re.Match[str]], Qualifier]


def _per(found: Qualifier, match: re.Match[str]) -> Qualifier:
    if TWO_MEANINGS.fullmatch(match["unit"]) and match["unit"][:2] != "Mt":
        return replace(found, two_meanings=match["unit"])
    return replace(found, per=unit_of(match["unit"]))


def _unit(found: Qualifier, match: re.Match[str]) -> Qualifier:
    return replace(found, unit=unit_of(match[0]))


def _currency(found: Qualifier, match: re.Match[str]) -> Qualifier:
    code = match[0].upper().replace(" ", "")
    return replace(found, currency=SIGNS.get(code, code))


def _cents(found: Qualifier, match: re.Match[str]) -> Qualifier:
    said = {"us": "USD", "usd": "USD", "euro": "EUR", "eur": "EUR", "€": "EUR"}
    currency = said.get((match["of"] or "").strip().casefold(), found.currency)
    return replace(found, scale=found.scale / 100, currency=currency)


def _whole(found: Qualifier, match: re.Match[str]) -> Qualifier:
    return replace(found, whole=match[0].casefold())


def _scaled(by: float) -> _Found:
    return lambda found, _: replace(found, scale=found.scale * by)


def _tax(said: Tax) -> _Found:
    return lambda found, _: replace(found, tax=said)


_END = r"(?![^\W\d_])"
_RULES: tuple[tuple[str, _Found], ...] = (
    (rf"{_WITHOUT}\s*{_TAXES}{_END}|(?-i:HT){_END}", _tax(Tax.WITHOUT)),
    (rf"{_TAXES}\s*0\s?%|0\s?%\s*{_TAXES}{_END}|netto{_END}", _tax(Tax.WITHOUT)),
    (rf"{_WITH}\s*{_TAXES}{_END}|(?-i:TTC){_END}", _tax(Tax.WITH)),
    (rf"{_PER}{_YEAR}{_END}|p\.\s?a\.?|annual{_END}", lambda q, _: replace(q, yearly=True)),
    (rf"{_PER}(?P<unit>{UNIT}|mt){_END}", _per),
    (rf"(?:{_PER}{_LOT}|{_WHOLE}){_END}", _whole),
    (rf"(?P<of>us |usd |euro? |€)?(?:cents?|ct|cts){_END}|[¢]", _cents),
    (r"['’‘´`]000s?|(?<!\d)1[ ,.']?000(?!\d)|(?<!\d)000s?(?!\d)", _scaled(1e3)),
    (_THOUSAND, _scaled(1e3)),
    (rf"(?P<unit>million (?:metric )?(?:tonnes?|tons?|t)){_END}", _unit),
    (rf"(?:in )?(?:millions?|mio\.?|mln\.?|mn)(?: of)?{_END}", _scaled(1e6)),
    (r"us ?\$|ca?\$|au?\$|nz\$|r\$|zł|[€£₹]", _currency),
    (rf"euros?{_END}", _currency),
    (r"\$", lambda q, _: q),  # of which country it does not say
    (rf"(?:eur|usd|aud|cop|gbp|chf|cad){_END}", _currency),
    (rf"(?-i:mt|MT|mT)(?:co2e?)?{_END}", lambda q, m: replace(q, two_meanings=m[0])),
    (r"0 ?(?:-|–|to) ?1(?!\d)", lambda q, _: replace(q, unit=unit_of("share"))),
    (rf"(?:{UNIT}){_END}", _unit),
)  # fmt: skip
_CODE = re.compile(r"[A-Z]{3}(?![A-Za-z])")
_GAP = re.compile(r"[\s,;:.·|–—\-/]+")
_WORD = re.compile(r"[^\s,;:()\[\]]+")
_BRACKETS = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_LEADING = re.compile(r"(?:total|extended|gesamt)\s+(?=\S)", re.IGNORECASE)
_PLURAL = re.compile(r"\((?:s|e|es|en|n|a|as|os)\)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def parse(header: str) -> tuple[str, Qualifier | None]:
    """Return the name in a heading and what the heading says beside it, None where nothing.

    `Volume (kt)`, `volume_kt` and `Volume, in kt` have the name `Volume`. A heading that is nothing
    but a unit, as `EUR/t`, has the name "". What stands in brackets is never part of the name.
    """
    whole = tidy(header.replace("_", " "))
    if len(whole) > MAX_CHARACTERS:
        return whole, None
    inner = [text for text in _BRACKETS.findall(_PLURAL.sub("", whole)) if text.strip()]
    stem = tidy(_BRACKETS.sub(" ", _PLURAL.sub("", whole)))
    said = Qualifier("")
    for text in inner:
        said = _read(text, said)
    stem, tail = _tail(stem)
    said = _with_tail(said, tail, stem) if tail else said
    said = replace(
        said, text=", ".join([*(tidy(text) for text in inner), *([tail] if tail else [])])
    )
    if match := _LEADING.match(stem):
        said = replace(said, whole=said.whole or "total", text=said.text or match[0].strip())
        stem = stem[match.end() :]
    return stem, None if said.is_empty else said


def _with_tail(said: Qualifier, tail: str, stem: str) -> Qualifier:
    """Return what brackets and the end of a name say together: `tonnes (kt)` holds kilotonnes.

    Where a name and a unit stand before a bracket with another unit, nobody knows which counts.
    """
    both = _read(tail, said)
    if said.unit in {None, both.unit}:
        return both
    return replace(both, unit=said.unit, two_meanings=said.two_meanings or (tail if stem else None))


def _tail(stem: str) -> tuple[str, str]:
    """Return a name and the longest end of it that speaks of nothing but units and the like."""
    for at in _starts(stem):
        tail = stem[at:]
        read = _read(tail, Qualifier(""), _LINKS)
        if not read.unknown and not read.is_empty and _names_a_unit(tail):
            return stem[:at].rstrip(" ,;:-–/"), tail.strip(" ,;")
    return stem, ""


def _starts(stem: str) -> Iterator[int]:
    yield 0
    for match in re.finditer(r"[\s,;/]", stem):
        yield match.start() if match[0] == "/" else match.end()


def _names_a_unit(tail: str) -> bool:
    """Return whether a tail is more than a small letter, or a word that is part of many names."""
    return tail in {"t", "%", "€", "£"} or (len(tail) > 1 and tail.casefold() != "annual")


def _read(text: str, found: Qualifier, harmless: frozenset[str] = _HARMLESS) -> Qualifier:
    """Read a text from left to right by the rules; a word that none takes is not understood."""
    at, unknown = 0, list(found.unknown)
    while at < len(text):
        if gap := _GAP.match(text, at):
            if "/" in gap[0] and (taken := _take(text, at + gap[0].index("/"), found)):
                at, found = taken
                continue
            at = gap.end()
            continue
        if taken := _take(text, at, found):
            at, found = taken
            continue
        word = _WORD.match(text, at)
        at = word.end() if word else at + 1
        if word and word[0].casefold() not in harmless:
            unknown.append(word[0])
    return replace(found, unknown=tuple(unknown))


@cache
def _rules() -> tuple[tuple[re.Pattern[str], _Found], ...]:
    """Return the rules compiled, which takes longer than to read a short list without them."""
    return tuple((re.compile(pattern, re.IGNORECASE), found) for pattern, found in _RULES)


def _take(text: str, at: int, found: Qualifier) -> tuple[int, Qualifier] | None:
    for pattern, taken in _rules():
        if (match := pattern.match(text, at)) and match.end() > at:
            return match.end(), taken(found, match)
    code = _CODE.match(text, at)
    if code and is_currency(code[0]) and (code[0] not in ALSO_WORDS or text.strip() == code[0]):
        return code.end(), replace(found, currency=code[0])
    return None
