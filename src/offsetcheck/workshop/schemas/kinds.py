"""The kinds of file of a rule folder: which files are of each, and the model that reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from pydantic import BaseModel

from offsetcheck.rulebook.decisions.model import DecisionsFile
from offsetcheck.rulebook.files.folder import FIXED_FOLDERS
from offsetcheck.rulebook.files.guide import GuideFile
from offsetcheck.rulebook.files.history import HISTORY_FILE, HistoryFile
from offsetcheck.rulebook.files.sources import GuideEntry
from offsetcheck.rulebook.lexicon.model import LawFile, LexiconFile
from offsetcheck.rulebook.lint.exceptions import FILE as EXCEPTIONS
from offsetcheck.rulebook.lint.exceptions import Excepted
from offsetcheck.rulebook.policies.model import CityExtension, CityFile, Jurisdiction
from offsetcheck.rulebook.rules.model import Parameter, RuleFile
from offsetcheck.rulebook.scenarios.model import ScenarioFile
from offsetcheck.rulebook.sinks.model import SinkGateFile, SinkMethodFile
from offsetcheck.rulebook.tables.model import TableEntry
from offsetcheck.rulebook.tonnes.model import StepFile
from offsetcheck.vocabulary.dictionary import DocumentKind, Field
from offsetcheck.vocabulary.headings import Headings
from offsetcheck.workshop.catalogue import Catalogue
from offsetcheck.workshop.mutation.survivors import FILE as SURVIVORS
from offsetcheck.workshop.mutation.survivors import Survivors

ANY_RULE = "*/*.yaml"


class Form(StrEnum):
    """How a file is made: of one model, one for each key, a list of them, or of nested texts."""

    WHOLE = "whole"
    EACH = "each"
    LIST = "list"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file; `files` are patterns relative to the rule folder.

    `given` are keys of the model that its reader knows from elsewhere and that no file may hold.
    """

    name: str
    files: tuple[str, ...]
    model: type[BaseModel] | None
    form: Form = Form.WHOLE
    given: frozenset[str] = frozenset()


KINDS: tuple[Kind, ...] = (
    Kind("guide", ("guide.yaml",), GuideFile),
    Kind("sources", ("sources.yaml",), GuideEntry, Form.EACH),
    Kind("decisions", ("decisions.yaml",), DecisionsFile),
    Kind("catalogue", ("catalogue.yaml",), Catalogue),
    Kind("documents", ("fields/documents.yaml",), DocumentKind, Form.EACH, frozenset({"id"})),
    Kind("headings", ("fields/headings.yaml",), Headings),
    Kind(
        "fields",
        ("fields/candidate.yaml", "fields/purchase.yaml", "fields/portfolio.yaml"),
        Field,
        Form.EACH,
        frozenset({"name", "subject"}),
    ),
    Kind("tables", ("tables/tables.yaml",), TableEntry, Form.EACH),
    Kind("parameter", ("parameters/*.yaml",), Parameter),
    Kind("scenario", ("scenarios/*.yaml",), ScenarioFile),
    Kind("tonnes", ("tonnes/*.yaml",), StepFile),
    Kind("survivors", (SURVIVORS,), Survivors),
    Kind("exceptions", (EXCEPTIONS,), Excepted, Form.LIST),
    Kind("history", (HISTORY_FILE,), HistoryFile),
    Kind("jurisdiction", ("jurisdictions/*.yaml",), Jurisdiction),
    Kind("city", ("cities/*.yaml",), CityFile),
    Kind("own_city", ("city.yaml",), CityExtension),
    Kind("sink_methods", ("sinks/methods.yaml",), SinkMethodFile, Form.EACH),
    Kind("sink_gates", ("sinks/gates.yaml",), SinkGateFile, Form.EACH),
    Kind("laws", ("lexicon/laws.yaml",), LawFile),
    Kind("lexicon", ("lexicon/??.yaml", "lexicon/???.yaml"), LexiconFile),
    Kind("words", ("words/*.yaml", "words/*/*.yaml"), None, Form.TEXTS),
    Kind("rule", (ANY_RULE,), RuleFile),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(path: str) -> Kind | None:
    """Return the kind of a file by its path in the rule folder, None for one that is not read."""
    for kind in KINDS:
        if any(_matches(path, pattern) for pattern in kind.files):
            return kind if kind.name != "rule" or _holds_rules(path) else None
    return None


def patterns(kind: Kind, dimensions: Iterable[str]) -> tuple[str, ...]:
    """Return the patterns of the files of a kind; rules stand in the folders of dimensions."""
    if kind.files == (ANY_RULE,):
        return tuple(f"{dimension}/*.yaml" for dimension in dimensions)
    return kind.files


def _holds_rules(path: str) -> bool:
    return path.split("/", 1)[0] not in FIXED_FOLDERS and not path.startswith(".")


def _matches(path: str, pattern: str) -> bool:
    """Whether a path fits a pattern, in which `*` stands within one folder."""
    parts, wanted = path.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))
