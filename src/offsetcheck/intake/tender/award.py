"""The section `award:` of a purchase: lots, limits and weights, each as the purchase states it."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.forms import Form
from offsetcheck.vocabulary.award_terms import (
    NO_TERMS,
    AwardTerms,
    CompareOn,
    Criterion,
    Group,
    Lots,
    LotTerms,
    Part,
    PricePoints,
)
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import one_of, spoken, wrong
from offsetcheck.vocabulary.purchase import Purchase

AWARD = "award"
LAWS = ("eu", "gpa")  # under which territory weighs nothing in a tender: locality.procurement_guard
MOST_TONNES = 10**12
LARGEST = 10**15  # of a number that can be meant at all
DECIMALS = 4  # of a share and of a price: what the sums can tell apart
Key = TypeVar("Key", bound=StrEnum)


def _decimal(value: Any) -> Decimal:
    """Accept a plain number as it is written, with at most four decimals."""
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise wrong(f"a number is needed here, not {spoken(value)}") from None
    if isinstance(value, bool) or not number.is_finite():
        raise wrong(f"a number is needed here, not {spoken(value)}")
    if not -LARGEST < number < LARGEST:
        raise wrong(f"`{value}` is too large a number")
    if number != round(number, DECIMALS):
        raise wrong(f"`{number}` has more than {DECIMALS} decimals")
    return number


def _share(value: Any) -> Fraction:
    text = str(value).strip()
    number = _decimal(text.removesuffix("%").rstrip()) / (100 if text.endswith("%") else 1)
    if not 0 <= number <= 1:
        raise wrong(f"a share lies between 0 and 1, not at `{text}`", "write 0.2 or 20%")
    return Fraction(number)


def _tonnes(value: Any) -> int:
    number = _decimal(value)
    if number != int(number) or not 1 <= number <= MOST_TONNES:
        raise wrong(f"whole tonnes are needed here, 1 or more, not `{number}`")
    return int(number)


def _price(value: Any) -> Decimal:
    number = _decimal(value)
    if not 0 < number <= MOST_TONNES:
        raise wrong(f"a price a tonne is above zero, not `{number}`")
    return number


def _weight(value: Any) -> Fraction:
    number = _decimal(value)
    if number < 0:
        raise wrong(f"a weight is no less than zero, not `{number}`")
    return Fraction(number)


Share = Annotated[Fraction | None, BeforeValidator(_share)]
Tonnes = Annotated[int | None, BeforeValidator(_tonnes)]


class AwardSection(FileModel):
    """The section as written; mappings are read key by key."""

    lots: Annotated[str | None, one_of(*Lots)] = None
    min_removal_share: Share = None
    min_local_share: Share = None
    min_durable_share: Share = None
    max_share: Any = None
    max_tonnes: Any = None
    min_grade: Any = None
    max_price: Annotated[Decimal | None, BeforeValidator(_price)] = None
    weights: Any = None
    price_points: Annotated[str | None, one_of(*PricePoints)] = None
    offers: Any = None
    compare_on: Annotated[str | None, one_of(*CompareOn)] = None


class LotSection(FileModel):
    """How one offer may be taken."""

    min: Tonnes = None
    max: Tonnes = None
    step: Tonnes = None


def read_award(form: Form, purchase: Purchase, dictionary: Dictionary) -> AwardTerms:
    """Return what a purchase says of its award; what cannot be read limits nothing and is told."""
    data = form.document.data.get(AWARD)
    if data is None:
        return NO_TERMS
    if not isinstance(data, Mapping):
        message = f"a mapping is needed here, not {spoken(data)}"
        form.problems.at_value(form.document, (AWARD,), message, "write `lots: divisible` below it")
        return NO_TERMS
    said = _section(form, data)
    weights = _weights(form, said)
    law = _law_without_territory(purchase)
    barred = law if said.min_local_share is not None else None
    if barred is not None:
        _refuse_local(form, barred)
    stated = {
        Part.REMOVAL: said.min_removal_share,
        Part.LOCAL: None if barred else said.min_local_share,
        Part.DURABLE: said.min_durable_share,
    }
    return AwardTerms(
        lots=Lots(said.lots) if said.lots else None,
        min_share={part: share for part, share in stated.items() if share is not None},
        max_share=_mapped(form, "max_share", said.max_share, Group, "share"),
        max_tonnes=_mapped(form, "max_tonnes", said.max_tonnes, Group, "tonnes"),
        min_grade=_grade(form, said.min_grade, dictionary),
        max_price=said.max_price,
        weights=weights,
        price_points=PricePoints(said.price_points) if said.price_points else None,
        offers=_offers(form, said.offers),
        local_barred=barred,
        compare_on=CompareOn(said.compare_on) if said.compare_on else None,
    )


def _section(form: Form, data: Mapping[str, Any]) -> AwardSection:
    """Return the section without the keys that cannot be read, each of which is told."""
    known = tuple(AwardSection.model_fields)
    form.note_unknown_keys(data, known, (AWARD,))
    kept: dict[str, Any] = {}
    for key in known:
        if data.get(key) is not None and form.read(
            AwardSection, {key: data[key]}, (AWARD,)
        ):  # by itself: one wrong value loses no other
            kept[key] = data[key]
    return AwardSection.model_validate(kept)


def _mapped(form: Form, name: str, data: Any, keys: type[Key], kind: str) -> dict[Key, Any]:
    """Return the values of a mapping whose keys are words of a closed list."""
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        message = f"a mapping is needed here, not {spoken(data)}"
        hint = f"write `{{{next(iter(keys)).value}: …}}`"
        form.problems.at_value(form.document, (AWARD, name), message, hint)
        return {}
    form.note_unknown_keys(data, tuple(keys), (AWARD, name))
    found: dict[Key, Any] = {}
    for key in keys:
        if data.get(key.value) is not None:
            value = _single(form, data[key.value], (AWARD, name, key.value), kind)
            found |= {} if value is None else {key: value}
    return found


READERS: Mapping[str, Callable[[Any], Any]] = {
    "share": _share,
    "tonnes": _tonnes,
    "weight": _weight,
}


def _single(form: Form, value: Any, steps: Steps, kind: str) -> Any:
    from pydantic_core import PydanticCustomError

    try:
        return READERS[kind](value)
    except PydanticCustomError as error:
        context = error.context or {}
        form.problems.at_value(form.document, steps, context["message"], context["hint"])
        return None


def _weights(form: Form, said: AwardSection) -> dict[Criterion, Fraction]:
    """Return weights that can be used: some above zero, and a price with the way to its points."""
    weights = _mapped(form, "weights", said.weights, Criterion, "weight")
    steps = (AWARD, "weights")
    if weights and not sum(weights.values()):
        form.problems.at_value(form.document, steps, "at least one weight must be above zero")
        return {}
    if weights.get(Criterion.PRICE) and said.price_points is None:
        message = "the price weighs, and how a price becomes points is not stated; no order by "
        message += "weights is given"
        hint = f"write `price_points: {'` or `'.join(PricePoints)}` beside it, as published"
        form.problems.at_key(form.document, steps, message, hint)
        return {}
    return weights


def _grade(form: Form, value: Any, dictionary: Dictionary) -> str | None:
    if value is None:
        return None
    field = dictionary.portfolio.get("worst_grade")
    letters = tuple(field.codes) if field else tuple("ABCDE")
    word = str(value).strip().upper()
    if word not in letters:
        message = f"{spoken(value)} is no grade"
        hint = f"write {', '.join(letters)}"
        form.problems.at_value(form.document, (AWARD, "min_grade"), message, hint)
        return None
    return word


def _law_without_territory(purchase: Purchase) -> str | None:
    law = purchase.value("procurement_law")
    is_tender = purchase.value("procedure") == "tender"
    return str(law) if is_tender and law in LAWS else None


def _refuse_local(form: Form, law: str) -> None:
    names = {"eu": "European", "gpa": "WTO"}
    message = f"in a tender under {names[law]} law locality weighs nothing; the share is left out"
    hint = "ask for a benefit that every bidder can show, as a requirement of the lot"
    form.problems.at_key(form.document, (AWARD, "min_local_share"), message, hint)


def _offers(form: Form, data: Any) -> dict[str, LotTerms]:
    """Return how single offers may be taken, by the id as written."""
    if data is None:
        return {}
    steps = (AWARD, "offers")
    if not isinstance(data, Mapping):
        message = f"a mapping of ids is needed here, not {spoken(data)}"
        form.problems.at_value(form.document, steps, message, "write `VCS902: {min: 100}`")
        return {}
    found = ((str(name), _lot(form, item, (*steps, name))) for name, item in data.items())
    return {name: lot for name, lot in found if lot is not None}


def _lot(form: Form, item: Any, steps: Steps) -> LotTerms | None:
    said = form.read(LotSection, item, steps)
    if said is None:
        return None
    if said.min and said.max and said.min > said.max:
        message = f"at least {said.min} and at most {said.max} tonnes cannot both hold"
        form.problems.at_value(form.document, steps, message)
        return None
    return LotTerms(said.min, said.max, said.step, form.document.key_place(steps))


def unknown_offers(terms: AwardTerms, ids: list[str]) -> list[tuple[str, LotTerms, str | None]]:
    """Return the entries of `offers` that name no offer, each with the nearest id."""
    strange = ((name, lot) for name, lot in terms.offers.items() if name not in ids)
    return [(name, lot, did_you_mean(name, ids)) for name, lot in strange]
