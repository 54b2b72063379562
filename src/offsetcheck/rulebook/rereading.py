"""One file of a rule folder read again, by what the other files said when they were last read."""

from collections.abc import Callable, Mapping
from functools import cached_property

from offsetcheck.rulebook.decisions.checks import check_decisions
from offsetcheck.rulebook.decisions.model import DecisionsFile
from offsetcheck.rulebook.expression.names import Names
from offsetcheck.rulebook.fields.computed import read_computed
from offsetcheck.rulebook.fields.dictionary import read_dictionary
from offsetcheck.rulebook.files.causes import causes_first
from offsetcheck.rulebook.files.folder import FIXED_FOLDERS, FolderFiles
from offsetcheck.rulebook.files.guide import GuideFile
from offsetcheck.rulebook.files.history import HISTORY_FILE, read_history
from offsetcheck.rulebook.files.sources import check_sources, read_guides
from offsetcheck.rulebook.files.words import read_words
from offsetcheck.rulebook.lexicon.reading import read_lexicon
from offsetcheck.rulebook.load import names_of
from offsetcheck.rulebook.policies.checks import check_policies
from offsetcheck.rulebook.policies.known import Known
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.checks import check_rule
from offsetcheck.rulebook.rules.examples import check_examples
from offsetcheck.rulebook.rules.reading import read_rule
from offsetcheck.rulebook.rules.shared import check_shared, read_shared
from offsetcheck.rulebook.scenarios.reading import KnownToScenarios, read_scenarios
from offsetcheck.rulebook.sinks.reading import read_sink_rules
from offsetcheck.rulebook.tonnes.chosen import check_chosen
from offsetcheck.rulebook.tonnes.reading import KnownToSteps, read_steps
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Problem

CHECKS = {
    "guide.yaml": "guide",
    "sources.yaml": "source",
    "decisions.yaml": "file",
    "history.yaml": "history",
    "fields": "field",
    "tables": "table",
    "cities": "city",
    "jurisdictions": "city",
    "parameters": "parameter",
    "words": "word",
    "lexicon": "lexicon",
    "scenarios": "scenario",
    "tonnes": "tonnes",
    "sinks": "sinks",
}
Reader = Callable[[str, Document, Problems], None]


class Rereading:
    """Reads single files again; what else the folder holds is as it was in a rulebook."""

    def __init__(self, last: Rulebook) -> None:
        self._last = last
        self._by_folder: Mapping[str, Reader] = {
            "cities": self._city,
            "jurisdictions": self._jurisdiction,
            "fields": self._fields,
            "words": self._words,
            "lexicon": self._lexicon,
            "parameters": self._parameter,
            "scenarios": self._scenario,
            "tonnes": self._step,
            "sinks": self._sinks,
        }
        self._by_name: Mapping[str, Reader] = {
            "guide.yaml": self._guide,
            "sources.yaml": self._sources,
            "decisions.yaml": self._decisions,
            HISTORY_FILE: self._history,
        }

    def problems(self, path: str, document: Document) -> tuple[Problem, ...]:
        """Return what is wrong with one file as it is now, in its order."""
        found = Problems("file.unsound")
        found.of_document(document)
        reader = self._reader(path)
        if reader is not None and document.data is not None:
            reader(path, document, found.under(_check_of(path)))
        own = [problem for problem in found.sorted() if problem.place.file == path]
        return causes_first(own, [document])

    def _reader(self, path: str) -> Reader | None:
        folder = path.split("/", 1)[0] if "/" in path else None
        if folder is None:
            return self._by_name.get(path)
        return self._by_folder.get(folder) if folder in FIXED_FOLDERS else self._rule

    @cached_property
    def _names(self) -> Mapping[Subject, Names]:
        return names_of(self._last.dictionary, self._last.city_types)

    @cached_property
    def _known(self) -> Known:
        last = self._last
        return Known(
            rules=last.rules,
            broken=frozenset(),
            names=self._names,
            guide=last.guide,
            guides=last.guides,
            jurisdictions=last.jurisdictions,
            city_types=last.city_types,
            shared=last.shared,
        )

    def _beside(self, path: str, document: Document) -> FolderFiles:
        return FolderFiles({**self._last.documents, path: document}, {})

    def _rule(self, path: str, document: Document, problems: Problems) -> None:
        last = self._last
        rule = read_rule(path, document, self._names, self._last.shared, problems)
        if rule is not None:
            check_rule(rule, last.dictionary, last.guides, problems)
            of_examples = problems.under("example.unsound")
            check_examples(rule, last.dictionary, last.city_types, of_examples)

    def _city(self, path: str, document: Document, problems: Problems) -> None:
        city = build(CityFile, document.data, document, problems)
        if city is not None:
            name = _stem(path)
            check_policies({name: city}, {}, self._known, {path: document}, problems)
            check_chosen(self._last.steps.values(), {name: city}, {name: document}, problems)

    def _jurisdiction(self, path: str, document: Document, problems: Problems) -> None:
        layer = build(Jurisdiction, document.data, document, problems)
        if layer is not None:
            name = _stem(path)
            check_policies({}, {name: layer}, self._known, {path: document}, problems)
            check_chosen(self._last.steps.values(), {name: layer}, {name: document}, problems)

    def _fields(self, path: str, document: Document, problems: Problems) -> None:
        last = self._last
        documents = self._beside(path, document).in_folder("fields")
        dictionary = read_dictionary(documents, problems)
        names = names_of(dictionary, last.city_types)
        read_computed(dictionary, documents, names, dict(last.tables), problems)

    def _parameter(self, path: str, document: Document, problems: Problems) -> None:
        last = self._last
        read = read_shared({_stem(path): document}, problems)
        known = {name: one for name, one in read.items() if one is not None}
        check_shared(known, last.rules.values(), last.guides, problems)

    def _scenario(self, path: str, document: Document, problems: Problems) -> None:
        last = self._last
        known = KnownToScenarios(
            last.dictionary, last.guide, frozenset(last.rules), frozenset(last.cities)
        )
        read_scenarios({path: document}, known, problems)

    def _step(self, path: str, document: Document, problems: Problems) -> None:
        last, names = self._last, self._names[Subject.CANDIDATE]
        known = KnownToSteps(names, last.dictionary, last.shared, last.guides)
        read_steps({_stem(path): document}, known, problems)

    def _sinks(self, path: str, document: Document, problems: Problems) -> None:
        documents = self._beside(path, document).in_folder("sinks")
        read_sink_rules(documents, self._last.guides, problems)

    def _history(self, path: str, document: Document, problems: Problems) -> None:  # noqa: ARG002 - a reader
        read_history(document, problems)

    def _words(self, path: str, document: Document, problems: Problems) -> None:
        read_words({path.removeprefix("words/").removesuffix(".yaml"): document}, problems)

    def _lexicon(self, path: str, document: Document, problems: Problems) -> None:
        last = self._last
        documents = self._beside(path, document).in_folder("lexicon")
        read_lexicon(documents, last.guides, last.jurisdictions, problems)

    def _guide(self, path: str, document: Document, problems: Problems) -> None:
        guide = build(GuideFile, document.data, document, problems)
        check_sources(guide, {}, self._last.guides, {path: document}, problems)

    def _sources(self, path: str, document: Document, problems: Problems) -> None:  # noqa: ARG002 - a reader
        read_guides(document, problems)

    def _decisions(self, path: str, document: Document, problems: Problems) -> None:  # noqa: ARG002 - a reader
        last = self._last
        read = build(DecisionsFile, document.data, document, problems)
        if read is not None:
            check_decisions(
                read,
                last.guide,
                last.rules,
                broken=frozenset(),
                document=document,
                problems=problems.under("decision.unsound"),
            )


def _check_of(path: str) -> str:
    """Return the id under which a reader's problems are told that have none of their own."""
    folder = path.split("/", 1)[0]
    if "/" in path and folder not in FIXED_FOLDERS:
        return "rule.unsound"
    return f"{CHECKS.get(folder, 'file')}.unsound"


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".yaml")
