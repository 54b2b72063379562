from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.rulebook.sinks.reading import FOLDER, read_sink_rules
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Problem, Severity


def guides_are_cited(rulebook: Rulebook) -> Iterator[Problem]:
    """Find guides that nothing cites: left over, or their citation was forgotten."""
    cited = {source.guide for source in citations(rulebook)}
    document = rulebook.documents["sources.yaml"]
    for name in rulebook.guides:
        if name not in cited:
            place = document.key_place((name,))
            yield Problem(f"nothing cites the guide `{name}`", place, None)


def citations(rulebook: Rulebook) -> Iterator[SourceEntry]:
    """Yield every source that a rule, a table, a city or the guide itself names."""
    found = [rulebook.guide.floor.source]
    if rulebook.guide.screening is not None:
        found.append(rulebook.guide.screening.source)
    for rule in rulebook.rules.values():
        found += rule.file.sources
        for parameter in rule.file.parameters.values():
            found += [entry.source for entry in parameter.values.values()]
    for one in rulebook.shared.values():
        found += [entry.source for entry in one.parameter.values.values()]
    for step in rulebook.steps.values():
        found += step.file.sources
        found += [one.source for choices in step.file.choices.values() for one in choices]
    for table in rulebook.tables.values():
        for edition in table.entry.editions:
            found += [*edition.sources, *([edition.source] if edition.source else [])]
    yield from found
    yield from _of_policies(rulebook)
    yield from _of_sinks(rulebook)


def _of_sinks(rulebook: Rulebook) -> Iterator[SourceEntry]:
    start = f"{FOLDER}/"
    found = {p: d for p, d in rulebook.documents.items() if p.startswith(start)}
    documents = {p.removeprefix(start).removesuffix(".yaml"): d for p, d in found.items()}
    read = read_sink_rules(documents, None, Problems())
    yield from (one for method in read.methods.values() for one in method.sources)
    yield from (one for gate in read.gates.values() for one in gate.sources)


def _of_policies(rulebook: Rulebook) -> Iterator[SourceEntry]:
    cities, others = rulebook.cities.values(), rulebook.jurisdictions.values()
    policies: list[CityFile | Jurisdiction] = [*cities, *others]
    for policy in policies:
        yield from policy.sources
        if policy.screening is not None and policy.screening.source is not None:
            yield policy.screening.source
        yield from (change.source for change in policy.change if change.source)
        for parameter in policy.parameters.values():
            sources = (parameter.source, *(entry.source for entry in parameter.values.values()))
            yield from (source for source in sources if source)
    for city in cities:
        yield from (fact.source for fact in city.facts.values() if fact.source)
        if city.floor is not None and city.floor.source is not None:
            yield city.floor.source


CHECK = Check(
    id="sources.guide_never_cited",
    severity=Severity.WARNING,
    title="Nothing cites a guide",
    finds="Guides of sources.yaml that no rule, table, city or jurisdiction cites.",
    why="It is left over, or its citation was forgotten.",
    wrong="""\
town-plan: {title: Plan of the town}
""",
    right="""\
sources:
  - {guide: town-plan, clause: "3", standing: read}
""",
    step="Cite it where something rests on it, or leave it out.",
    look=guides_are_cited,
)
