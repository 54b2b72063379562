"""The names that the files of a rule folder may speak of, as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import Parameter
from offsetcheck.vocabulary.dictionary import Field, Subject


@dataclass(frozen=True, slots=True)
class FolderNames:
    """Names with what an editor shows beside each; `fields` as examples write them."""

    fields: Mapping[str, Field]
    facts: tuple[str, ...]
    parameters: Mapping[str, str]
    guides: Mapping[str, str]
    rules: Mapping[str, str]
    documents: Mapping[str, str]
    jurisdictions: Mapping[str, str]
    cities: Mapping[str, str]
    tables: tuple[str, ...]
    dimensions: tuple[str, ...]
    grades: tuple[str, ...]


def names_in(rulebook: Rulebook) -> FolderNames:
    """Return the names of a rule folder."""
    rules = rulebook.rules
    scheme = rulebook.guide
    return FolderNames(
        fields=fields_in(rulebook),
        facts=tuple(f"city.{name}" for name in rulebook.city_types),
        parameters={
            name: (parameter.title or {}).get("en", "")
            for name, parameter in parameters_in(rulebook).items()
        },
        guides={name: guide.title for name, guide in rulebook.guides.items()},
        rules={name: loaded.file.title for name, loaded in rules.items()},
        documents={
            name: kind.title.get("en", "") for name, kind in rulebook.dictionary.documents.items()
        },
        jurisdictions={n: one.name.get("en", "") for n, one in rulebook.jurisdictions.items()},
        cities={name: city.name.get("en", "") for name, city in rulebook.cities.items()},
        tables=tuple(rulebook.tables),
        dimensions=tuple(scheme.dimensions),
        grades=tuple(letter for letter, _ in scheme.scheme().grades),
    )


def parameters_in(rulebook: Rulebook) -> dict[str, Parameter]:
    """Return every parameter by the name under which layers set it."""
    own = {
        f"{rule}.{name}": parameter
        for rule, loaded in rulebook.rules.items()
        for name, parameter in loaded.file.parameters.items()
    }
    return {**own, **{name: one.parameter for name, one in rulebook.shared.items()}}


def fields_in(rulebook: Rulebook) -> dict[str, Field]:
    """Return every field by the name under which rules and examples speak of it."""
    dictionary = rulebook.dictionary
    own = {**dictionary.of(Subject.PORTFOLIO), **dictionary.of(Subject.CANDIDATE)}
    bought = {f"purchase.{n}": f for n, f in dictionary.of(Subject.PURCHASE).items()}
    return {**own, **bought}
