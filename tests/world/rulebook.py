"""The rule folder beside this file, loaded as every rule folder is, and bound to its city."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook

RULES = Path(__file__).parent / "rules"
RULEBOOK = load_rulebook(RULES)
DICTIONARY = RULEBOOK.dictionary
AS_OF = date(2026, 9, 30)


@cache
def bound(floor="C", city="turku"):
    """Return what decides for a city of this world; its hash is a fixed one, kept with reports."""
    made = bind(RULEBOOK, city, AS_OF)
    return replace(made, city=replace(made.city, floor=floor), hash="a" * 64)
