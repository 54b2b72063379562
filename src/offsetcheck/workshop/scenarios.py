"""The scenarios of a rule folder, and of a city's own, read when somebody runs them."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.ground.walk import walk
from offsetcheck.rulebook.files.folder import BOUNDS, MAX_YAML_BYTES, text_of
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.scenarios.model import Scenario
from offsetcheck.rulebook.scenarios.reading import (
    SCENARIOS,
    KnownToScenarios,
    read_scenarios,
    scenario_files,
)
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Place

if TYPE_CHECKING:
    from offsetcheck.rulebook.overlay.lay import OwnCity


def scenarios_of(rulebook: Rulebook) -> tuple[Scenario, ...]:
    """Return the scenarios that stand beside the rules of a folder, in the order of the files.

    Raises RulebookError with every problem of theirs.
    """
    problems = Problems()
    known = scenario_files(rulebook.documents)
    documents = known or _composed(rulebook.folder / SCENARIOS, SCENARIOS, problems)
    found = read_scenarios(documents, _known(rulebook, None), problems)
    problems.stop()
    return found


def own_scenarios(own: "OwnCity", folder: Path, named: str) -> tuple[Scenario, ...]:
    """Return the scenarios of a city's own folder; those that name no city are that city's.

    `named` is the folder as its user named it. A folder within `scenarios/` is a tender to try
    and none of them. Raises RulebookError with every problem of theirs.
    """
    problems = Problems()
    start = f"{named.rstrip('/')}/{SCENARIOS}"
    documents = _composed(folder / SCENARIOS, start, problems, deep=False)
    found = read_scenarios(documents, _known(own.rulebook, own.id), problems)
    problems.stop()
    return found


def _known(rulebook: Rulebook, city: str | None) -> KnownToScenarios:
    rules, cities = frozenset(rulebook.rules), frozenset(rulebook.cities)
    return KnownToScenarios(rulebook.dictionary, rulebook.guide, rules, cities, city)


def _composed(
    folder: Path, start: str, problems: Problems, *, deep: bool = True
) -> Mapping[str, Document]:
    """Return the YAML files of a folder by name, what is wrong with them noted."""
    if not folder.is_dir():
        return {}
    walked = walk(folder, {".yaml": MAX_YAML_BYTES}, BOUNDS)
    for fault in walked.faults:
        problems.add(Place(f"{start}/{fault.name}"), fault.message, fault.hint)
    documents: dict[str, Document] = {}
    for name, content in sorted(walked.files.items()):
        text = text_of(content, f"{start}/{name}", problems) if deep or "/" not in name else None
        if text is not None:
            documents[name] = compose(text, f"{start}/{name}")
            problems.of_document(documents[name])
    return documents
