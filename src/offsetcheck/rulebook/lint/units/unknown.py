from collections.abc import Iterator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.unit import KNOWN, fields, is_known, parameters
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def units_are_known(rulebook: Rulebook) -> Iterator[Problem]:
    """Find units that neither reports nor importers know."""
    for file, steps, field in fields(rulebook):
        if field.unit is not None and not is_known(field.unit):
            place = rulebook.documents[file].value_place((*steps, "unit"))
            yield Problem(_said(field.unit), place, _hint(field.unit))
    for _, parameter, document, steps in parameters(rulebook):
        if parameter.unit is not None and not is_known(parameter.unit):
            place = document.value_place((*steps, "unit"))
            yield Problem(_said(parameter.unit), place, _hint(parameter.unit))


def _said(unit: str) -> str:
    return f"the unit `{unit}` is not known"


def _hint(unit: str) -> str:
    return did_you_mean(unit, KNOWN) or f"the units are {', '.join(KNOWN)}"


CHECK = Check(
    id="units.unknown",
    severity=Severity.ERROR,
    title="A unit is not known",
    finds="Units of fields and parameters that neither reports nor importers know.",
    why="A number with a unit that nobody knows is printed raw, and no sheet is turned into it.",
    wrong="""\
min_storage_years:
  unit: yr
""",
    right="""\
min_storage_years:
  unit: year
""",
    step="Write one of the units that are known.",
    look=units_are_known,
)
