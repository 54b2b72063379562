"""What of a row its judgement rests on, as a few numbers: rows alike in them are judged once.

Above the conditions of rules nothing asks for a fact: outcomes, states, scores and results are
had of what holds, what a person has signed and which points are typical, each one of few values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.engine.spark.columns import TRUTHS, Sql, joined

BITS = 62  # that one number holds
ALIKE, BESIDE = "_alike", "_beside"


@dataclass(frozen=True)
class Alike:
    """Columns of which each is one of few values, or unknown, as the bits of numbers.

    One whose values are not listed stands beside the numbers as it is.
    """

    values: Mapping[str, Sequence[str] | None]

    @property
    def packed(self) -> dict[str, Sql]:
        """The numbers as SQL, at least one, and what stands beside them, by names of columns."""
        parts: dict[str, list[Sql]] = {f"{ALIKE}0": []}
        for column, (number, place) in self._places().items():
            parts.setdefault(number, []).append(Sql(_digit(column, self._listed[column], place)))
        numbers = {number: joined(" | ", digits, "0L") for number, digits in parts.items()}
        return numbers | {beside: Sql(column) for column, beside in self._beside.items()}

    @property
    def unpacked(self) -> dict[str, str]:
        """Each column as SQL over what is packed."""
        read = {
            column: _value(number, self._listed[column], place)
            for column, (number, place) in self._places().items()
        }
        return read | self._beside

    @property
    def _listed(self) -> dict[str, Sequence[str]]:
        return {column: values for column, values in self.values.items() if values is not None}

    @property
    def _beside(self) -> dict[str, str]:
        whole = [column for column, values in self.values.items() if values is None]
        return {column: f"{BESIDE}{number}" for number, column in enumerate(whole)}

    def _places(self) -> dict[str, tuple[str, int]]:
        """Return in which number, and from which bit on, each column stands."""
        places: dict[str, tuple[str, int]] = {}
        number, bit = 0, 0
        for column, values in self._listed.items():
            width = len(values).bit_length()
            if bit + width > BITS:
                number, bit = number + 1, 0
            places[column] = (f"{ALIKE}{number}", bit)
            bit += width
        return places


def _digit(column: str, values: Sequence[str], place: int) -> str:
    if tuple(values) == TRUTHS:
        known = f"WHEN {column} THEN {1 << place}L WHEN NOT {column} THEN {2 << place}L"
        return f"CASE {known} ELSE 0L END"
    cases = " ".join(
        f"WHEN {value} THEN {digit << place}L" for digit, value in enumerate(values, start=1)
    )
    return f"CASE {column} {cases} ELSE 0L END"


def _value(number: str, values: Sequence[str], place: int) -> str:
    shifted = f"shiftright({number}, {place})" if place else number
    cases = " ".join(f"WHEN {digit} THEN {value}" for digit, value in enumerate(values, start=1))
    return f"CASE {shifted} & {(1 << len(values).bit_length()) - 1} {cases} END"
