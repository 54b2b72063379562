"""guide.yaml as written: name, edition, dimensions in report order, grades and floor."""

from typing import Annotated

from pydantic import AfterValidator, model_validator

from offsetcheck.rulebook.binding.bound import DimensionScheme, Scheme
from offsetcheck.rulebook.rules.model import Effective, SourceEntry
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import (
    Integer,
    Mapped,
    Number,
    Positive,
    Sentence,
    Text,
    Translated,
    wrong,
)

LOWEST_GRADE = "E"
POINTS = 1000  # thousandths in a point
EXACT = 1e-6  # what is left of 4.35 * 1000 as doubles


class DimensionEntry(FileModel):
    """One dimension: its weight in integrity or value, and how far integrity may lie above it."""

    title: Translated
    integrity: Positive | None = None
    value: Positive | None = None
    ceiling: Number | None = None

    @model_validator(mode="after")
    def _counts_once(self) -> "DimensionEntry":
        if self.integrity and self.value:
            raise wrong("a dimension counts in integrity or in value, not in both")
        if self.ceiling is not None and not self.integrity:
            raise wrong("only a dimension of integrity can be a ceiling")
        return self


class FloorEntry(FileModel):
    """The guide's lowest grade, for cities that set none."""

    integrity: Text
    source: SourceEntry


class ScreeningTermEntry(FileModel):
    """For how many days a search for adverse events counts, where no layer says otherwise."""

    holds_days: Positive
    source: SourceEntry


def _falling(grades: dict[str, float]) -> dict[str, float]:
    cuts = list(grades.values())
    if not cuts or sorted(set(cuts), reverse=True) != cuts:
        raise wrong(
            "the grades must fall strictly from the best to the worst",
            "write the best grade with the highest cut first",
        )
    if any(abs(round(cut * POINTS) - cut * POINTS) > EXACT for cut in cuts):
        raise wrong("grades are cut at thousandths of a point")
    if LOWEST_GRADE in grades:
        raise wrong(f"`{LOWEST_GRADE}` has no cut: it is what is left below the others")
    return grades


class GuideFile(FileModel):
    """The guide: who it is, and how it scores."""

    name: Sentence
    edition: Text
    dimensions: Annotated[dict[str, DimensionEntry], Mapped]
    grades: Annotated[dict[str, Number], Mapped, AfterValidator(_falling)]
    floor: FloorEntry
    value_ranked_from: Integer = 60
    effective: Effective | None = None
    screening: ScreeningTermEntry | None = None

    def scheme(self) -> Scheme:
        """Return the scheme with cuts and ceilings in thousandths."""
        dimensions = tuple(_dimension(name, entry) for name, entry in self.dimensions.items())
        grades = tuple((letter, round(cut * POINTS)) for letter, cut in self.grades.items())
        return Scheme(dimensions, (*grades, (LOWEST_GRADE, 0)), self.value_ranked_from)


def _dimension(name: str, entry: DimensionEntry) -> DimensionScheme:
    return DimensionScheme(
        id=name,
        title=entry.title,
        integrity_weight=entry.integrity or 0,
        value_weight=entry.value or 0,
        ceiling=None if entry.ceiling is None else round(entry.ceiling * POINTS),
    )
