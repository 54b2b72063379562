"""What a person says of how a file is to be read, where the file itself does not tell."""

import re
from dataclasses import dataclass
from datetime import date

from offsetcheck.intake.normalise.dates import SAMPLES as DAY_SAMPLES
from offsetcheck.intake.normalise.dates import DateStyle
from offsetcheck.intake.normalise.numbers import SAMPLES as NUMBER_SAMPLES
from offsetcheck.intake.normalise.numbers import NumberStyle, is_ambiguous, proof
from offsetcheck.vocabulary.problem import UnreadableError


@dataclass(frozen=True, slots=True)
class ColumnsFile:
    """The name and the bytes of a `columns.yaml`, which says what the columns of a list are."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """The day of a registry's list, and how its numbers and days are written; None: not said.

    `columns` is what says of its columns what they are.
    """

    day: date | None = None
    numbers: NumberStyle | None = None
    dates: DateStyle | None = None
    columns: ColumnsFile | None = None

    def options(self) -> tuple[str, ...]:
        """Return the options of the command line that say so of the numbers and days."""
        numbers = () if self.numbers is None else (f"--numbers {NUMBER_SAMPLES[self.numbers]}",)
        dates = () if self.dates is None else (f"--dates {DAY_SAMPLES[self.dates]}",)
        return (*numbers, *dates)


NOTHING_ASKED = Asked()

_DAY = r"dd?|jj?|tt?"
_PATTERN = re.compile(
    rf"(?:(?P<day_first>{_DAY})(?P<sign>[./-])mm?|(?P<month_first>mm?)(?P<sign_us>[/-])(?:{_DAY}))"
    r"(?:(?P=sign)|(?P=sign_us))?(?:y{1,4}|j{2,4}|a{2,4})?",
)
_SAMPLE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2\d{4}")
_TWELVE, _THIRTY_ONE = 12, 31


def numbers_asked(sample: str) -> NumberStyle:
    """Return the style of a sample number such as `1.234,5`; UnreadableError for no clear one."""
    digits = sample.strip().replace("’", "'").replace("\u00a0", " ")
    style = proof(digits) if digits and not is_ambiguous(digits) else None
    if style is None:
        raise UnreadableError(
            f"`{sample}` does not tell which sign parts the decimals", "write 1.234,5 or 1,234.5"
        )
    return style


def dates_asked(sample: str) -> DateStyle:
    """Return the order of a pattern such as `d.m.y` or a day such as 31/12/2026.

    Raises UnreadableError where a sample tells none.
    """
    bare = sample.strip().casefold()
    if match := _SAMPLE.fullmatch(bare):
        first, second = int(match[1]), int(match[3])
        if _TWELVE < first <= _THIRTY_ONE and 0 < second <= _TWELVE:
            return DateStyle.DAY_FIRST
        if _TWELVE < second <= _THIRTY_ONE and 0 < first <= _TWELVE and match[2] != ".":
            return DateStyle.MONTH_FIRST
    if match := _PATTERN.fullmatch(bare):
        return DateStyle.DAY_FIRST if match["day_first"] else DateStyle.MONTH_FIRST
    raise UnreadableError(
        f"`{sample}` does not tell which comes first, the day or the month",
        "write d/m/y or d.m.y for the day, m/d/y for the month",
    )
