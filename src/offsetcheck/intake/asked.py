"""What a person says of how a file is to be read, where the file itself does not tell."""

from dataclasses import dataclass
from datetime import date

from offsetcheck.intake.normalise.dates import DateStyle
from offsetcheck.intake.normalise.numbers import NumberStyle


@dataclass(frozen=True, slots=True)
class Asked:
    """The day of a registry's list, and how its numbers and days are written; None: not said."""

    day: date | None = None
    numbers: NumberStyle | None = None
    dates: DateStyle | None = None


NOTHING_ASKED = Asked()
