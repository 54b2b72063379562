"""What cities choose of comparable tonnes: only what the steps offer."""

from collections.abc import Iterable, Mapping

from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.policies.values import PolicyParameter
from offsetcheck.rulebook.tonnes.model import LoadedStep
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.tonnes import Treatment

PERMANENCE = "shared.tonnes_permanence"
"""The parameter by which a city chooses how storage that can be lost is treated."""


def check_chosen(
    steps: Iterable[LoadedStep],
    layers: Mapping[str, CityFile | Jurisdiction],
    documents: Mapping[str, Document],
    problems: Problems,
) -> None:
    """Note where a city or jurisdiction chooses what no step offers; both by the file's name."""
    offered = _offered(steps)
    for file, layer in layers.items():
        for name in offered:
            parameter = layer.parameters.get(name)
            for steps_to, value in () if parameter is None else _values(name, parameter):
                if value not in offered[name] and _is_alike(value, offered[name]):
                    message = f"`{value}` cannot be chosen here"
                    hint = f"write one of {', '.join(map(str, offered[name]))}"
                    problems.at_value(documents[file], steps_to, message, hint)


def _is_alike(value: Value, offered: tuple[Value, ...]) -> bool:
    """Whether a value is of the type of those offered; one that is not is told by its type."""
    return any(isinstance(value, str) == isinstance(one, str) for one in offered) and not (
        isinstance(value, tuple | bool)
    )


def _offered(steps: Iterable[LoadedStep]) -> dict[str, tuple[Value, ...]]:
    """Return what can be chosen, by parameter; nothing where there are no steps."""
    found: dict[str, tuple[Value, ...]] = {}
    for step in steps:
        found.setdefault(PERMANENCE, tuple(map(str, Treatment)))
        for name, choices in step.file.choices.items():
            found[name] = tuple(one.value for one in choices)
    return found


def _values(name: str, parameter: PolicyParameter) -> Iterable[tuple[Steps, Value]]:
    """Yield each value that a layer sets, and where it stands."""
    for day, entry in parameter.dated.items():
        dated = ("values", day.isoformat()) if parameter.values else ()
        yield ("parameters", name, *dated, "value"), entry.value
