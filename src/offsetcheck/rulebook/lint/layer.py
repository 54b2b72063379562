"""What cities and jurisdictions set, with the places where it stands."""

from collections.abc import Iterator
from typing import NamedTuple

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.document import Document, Steps


class SetValue(NamedTuple):
    """A value that a layer sets for the parameter `full` (`rule.parameter`), and where."""

    full: str
    value: Value
    document: Document
    steps: Steps


def set_values(rulebook: Rulebook) -> Iterator[SetValue]:
    """Yield each value that a city or jurisdiction sets for a parameter of a rule."""
    for folder, layers in (("cities", rulebook.cities), ("jurisdictions", rulebook.jurisdictions)):
        for file, layer in layers.items():
            document = rulebook.documents.get(f"{folder}/{file}.yaml")
            if document is None:
                continue
            for full, made in layer.parameters.items():
                steps = ("parameters", full)
                if not made.values:
                    yield SetValue(full, made.value, document, (*steps, "value"))
                for day, entry in made.values.items():
                    at = (*steps, "values", day.isoformat(), "value")
                    yield SetValue(full, entry.value, document, at)
