"""The limits of an award as a form shows them, and what an award would be with others.

What is supposed is a text of `purchase.yaml`, read as the file itself is: what would be saved is
what was looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from offsetcheck.api.award import AwardView, award_in
from offsetcheck.api.case import Case, case_of_purchase
from offsetcheck.intake.files.decode import decode
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.tender.purchase import read_purchase
from offsetcheck.intake.tender.read import PURCHASE
from offsetcheck.vocabulary.award_terms import CompareOn, Criterion, Group, Lots, Part, PricePoints
from offsetcheck.vocabulary.forms.amending import amended
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.problem import Problem

AWARD, VALUE = "award", "value"
Keys = tuple[str, ...]
LIMITS: Mapping[str, Keys] = {
    "need": ("tonnes",),
    "budget": ("budget",),
    "ceiling": ("authorised_tonnes",),
    "lots": (AWARD, "lots"),
    "min_grade": (AWARD, "min_grade"),
    "max_price": (AWARD, "max_price"),
    **{f"min_share_{part}": (AWARD, f"min_{part}_share") for part in Part},
    **{f"max_share_{group}": (AWARD, "max_share", group.value) for group in Group},
    **{f"max_tonnes_{group}": (AWARD, "max_tonnes", group.value) for group in Group},
    **{f"weight_{one}": (AWARD, "weights", one.value) for one in Criterion},
    "price_points": (AWARD, "price_points"),
    "compare_on": (AWARD, "compare_on"),
}
"""The limits by the names that award views give them, and where the purchase states each."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "lots": tuple(Lots),
    "price_points": tuple(PricePoints),
    "compare_on": tuple(CompareOn),
}
"""The limits that are one word of a closed list."""


@dataclass(frozen=True, slots=True)
class StatedLimits:
    """What a text of `purchase.yaml` says of the limits, as it is written; absent: not limited."""

    text: str
    limits: Mapping[str, str]


def stated_limits(folder: Path) -> StatedLimits:
    """Return the limits of a tender folder's purchase; raises InputError for an unreadable one."""
    text = decode(read_bytes(folder / PURCHASE), PURCHASE)
    return StatedLimits(text, limits_in(text))


def limits_in(text: str) -> dict[str, str]:
    """Return the limits that a text of `purchase.yaml` states, as they are written."""
    data = compose(text, PURCHASE, numbers_as_written=True).data
    found = ((name, _at(data, keys)) for name, keys in LIMITS.items())
    return {name: str(value) for name, value in found if isinstance(value, str)}


def limit_at(text: str, problem: Problem) -> str | None:
    """Return which limit of a text of `purchase.yaml` a problem is about, None where it is none."""
    document = compose(text, PURCHASE, numbers_as_written=True)
    place = problem.place
    for name, keys in LIMITS.items():
        for steps in (keys, (*keys, VALUE)):
            if place in (document.value_place(steps), document.key_place(steps)):
                return name if steps in document.keys else None
    return None


def with_limits(stated: StatedLimits, wanted: Mapping[str, str]) -> str:
    """Return the text of a purchase with other limits; an empty one is not limited any more.

    Every other line stays. Raises InputError for a text into which they cannot be written.
    """
    document = compose(stated.text, PURCHASE, numbers_as_written=True)
    data = document.data if isinstance(document.data, Mapping) else {}
    changed: Any = data
    for name, keys in LIMITS.items():
        value = wanted.get(name, "").strip()
        if value != stated.limits.get(name, ""):
            changed = _with(changed, keys, value or None)
    return amended(stated.text, PURCHASE, changed) if changed != data else stated.text


def _at(data: Any, keys: Keys) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data.get(VALUE) if isinstance(data, Mapping) else data


def _with(data: Any, keys: Keys, value: str | None) -> dict[str, Any]:
    """Return data with one value another; what is left empty goes, a value with its paper stays."""
    known = dict(data) if isinstance(data, Mapping) else {}
    first, rest = keys[0], keys[1:]
    below = known.get(first)
    if not rest and isinstance(below, Mapping) and VALUE in below and value is not None:
        return {**known, first: {**below, VALUE: value}}
    made = (_with(below, rest, value) or None) if rest else value
    if made is None:
        return {key: one for key, one in known.items() if key != first}
    return {**known, first: made}


@dataclass(frozen=True, slots=True)
class SupposedAward:
    """An award view with other limits, and what is wrong with these."""

    view: AwardView
    problems: tuple[Problem, ...]


def suppose_award(case: Case, text: str) -> SupposedAward:
    """Return the award view of a case whose purchase says what a text does; nothing is written.

    Problems are those that the case has not. Raises InputError for a text that is no purchase.
    """
    purchase, found = read_purchase(text.encode(), PURCHASE, case.bound.dictionary)
    own = case.purchase
    judged_by = replace(purchase, screenings=own.screenings, reviews=own.reviews)
    made = award_in(case_of_purchase(case, judged_by))
    known = {one.message for one in case.problems}
    return SupposedAward(made, tuple(one for one in found if one.message not in known))
