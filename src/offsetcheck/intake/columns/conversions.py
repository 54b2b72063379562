"""What the unit in a heading does to a field, or why the column cannot be read."""

from offsetcheck.intake.headings.qualifiers import Qualifier, Tax, parse
from offsetcheck.intake.normalise.quantities import AS_WRITTEN, PRICES, Conversion
from offsetcheck.intake.normalise.text import shown
from offsetcheck.intake.normalise.units import TONNE, Dimension, Unit, base_of, into
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.problem import UnreadableError

YEARLY = "/year"
"""End of the unit, in the dictionary, of fields of so much in a year."""


def conversion(header: str, field: Field) -> Conversion:
    """Return what a heading says of the numbers of a field; nothing for a field of other values.

    Raises UnreadableError where the unit is another field's, is two units, or is not known.
    """
    _, said = parse(header)
    if said is None or field.type is not FieldType.NUMBER:
        return AS_WRITTEN
    if said.two_meanings is not None:
        raise _unread(
            header,
            f"{shown(said.two_meanings)} is a metric ton or a million tonnes",
            "head it (t), or (million t)",
        )
    if said.unknown and (field.name in PRICES or base_of(field.unit) is not None):
        words = " ".join(said.unknown)
        raise _unread(
            header,
            f"it is not known what {shown(words)} makes of its numbers",
            f"head it {field.name} with a known unit, or with none",
        )
    return _price(header, said) if field.name in PRICES else _quantity(header, said, field)


def _price(header: str, said: Qualifier) -> Conversion:
    if said.tax is Tax.WITH:
        raise _unread(header, "its prices include a tax", "state prices without tax")
    per = said.per or said.unit
    if per is not None and per.dimension is not Dimension.MASS:
        raise _unread(header, f"a price is for a tonne, not for {per.name}", "price a tonne")
    factor = said.scale / (into(per, TONNE) or 1.0) if per else said.scale
    done = [] if factor == 1.0 else [_times(factor)]
    done += ["÷ the tonnes of the lot"] if said.whole and per is None else []
    spoken = f"{said.text}: {', '.join(done)}" if done else None
    return Conversion(None, per, said.scale, said.whole is not None and per is None, spoken)


def _quantity(header: str, said: Qualifier, field: Field) -> Conversion:
    base = base_of(field.unit)
    if said.currency is not None or said.per is not None or said.tax is not None:
        raise _unread(header, f"{field.name} is no price", None)
    if base is None and (said.unit is not None or said.scale != 1.0):
        raise _unread(header, f"{field.name} has no unit", "head it without one")
    if said.yearly and base == TONNE and not (field.unit or "").endswith(YEARLY):
        raise _unread(header, f"{field.name} is not so much in a year", None)
    if said.unit is None or base is None:
        spoken = None if said.scale == 1.0 else f"{said.text}: {_times(said.scale)}"
        return Conversion(scale=said.scale, said=spoken)
    return _turned(header, said, said.unit, base)


def _turned(header: str, said: Qualifier, unit: Unit, base: Unit) -> Conversion:
    factor = into(unit, base)
    if factor is None:
        raise _unread(
            header, f"{unit.name} cannot be turned into {base.name}", f"head it ({base.name})"
        )
    factor *= said.scale
    spoken = None if factor == 1.0 else f"{said.text}: {_times(factor)}"
    return Conversion(unit, None, said.scale, said=spoken)


def _times(factor: float) -> str:
    if factor < 1 and (1 / factor).is_integer():
        return f"÷ {1 / factor:,.10g}"
    return f"× {factor:,.10g}"


def _unread(header: str, why: str, hint: str | None) -> UnreadableError:
    reason = f"the numbers under {shown(header)} are not read: {why}"
    return UnreadableError(reason, hint, reason)
