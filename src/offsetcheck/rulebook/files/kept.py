"""A rulebook as JSON and back: what it can come back as is a closed list of values, never code.

A value of a class stands as an object with one key, `!` and the name of the class; only the
classes named here are known, and no name is ever looked up anywhere else. A model comes back with
the values that it had, what was given apart from what has its default: its file was checked when it
was read, and the checksum of what is kept says that nobody has changed it since. Examples, a third
of the rules' text, are read when somebody asks for them.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.decisions import model as decision
from offsetcheck.rulebook.expression import nodes
from offsetcheck.rulebook.expression.names import Name
from offsetcheck.rulebook.files import guide as scoring
from offsetcheck.rulebook.policies import model as policy
from offsetcheck.rulebook.policies import values as policy_values
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules import model as rule
from offsetcheck.rulebook.tables import model as reference_table
from offsetcheck.rulebook.texts.languages import Languages
from offsetcheck.rulebook.tonnes import model as tonnes
from offsetcheck.vocabulary import dictionary, evidence, headings, problem
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.tonnes import Treatment

DATACLASSES: tuple[type[Any], ...] = (
    Rulebook,
    LoadedRule,
    rule.SharedParameter,
    Guide,
    Name,
    reference_table.ReferenceTable,
    reference_table.TableFile,
    reference_table.Row,
    problem.Problem,
    problem.Counted,
    problem.Place,
    nodes.Constant,
    nodes.FieldRef,
    nodes.Compare,
    nodes.In,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Calculate,
    nodes.Function,
    nodes.CountTrue,
    tonnes.LoadedStep,
)
MODELS: tuple[type[BaseModel], ...] = (
    scoring.GuideFile,
    scoring.DimensionEntry,
    scoring.FloorEntry,
    scoring.ScreeningTermEntry,
    decision.DecisionsFile,
    decision.VerdictFile,
    decision.Alternative,
    decision.Quantifier,
    dictionary.Dictionary,
    dictionary.Field,
    dictionary.Code,
    dictionary.LookupSpec,
    dictionary.Aggregate,
    dictionary.DocumentKind,
    headings.Headings,
    headings.Either,
    headings.LabelColumn,
    headings.NoField,
    rule.RuleFile,
    rule.SourceEntry,
    rule.Effective,
    rule.Parameter,
    rule.ParameterValue,
    rule.EvidenceRule,
    rule.SaysEntry,
    rule.Example,
    policy.CityFile,
    policy.Jurisdiction,
    policy_values.PolicyParameter,
    policy_values.PolicyValue,
    policy.RuleChange,
    policy.CityFact,
    policy.SpeaksOf,
    policy.Floor,
    policy.ScreeningTerm,
    reference_table.TableEntry,
    reference_table.Edition,
    tonnes.StepFile,
    tonnes.StepInput,
    tonnes.StepPart,
    tonnes.StepWords,
    tonnes.StepExample,
    tonnes.Choice,
    tonnes.Case,
)
ENUMS: tuple[type[Enum], ...] = (
    dictionary.FieldType,
    dictionary.Subject,
    dictionary.BidderCanChange,
    evidence.EvidenceGrade,
    evidence.Standing,
    evidence.Cause,
    problem.Severity,
    Treatment,
)
AS_THEY_ARE = frozenset((str, bool, int, float, type(None)))
MARK = "!"
EXAMPLES = "tests"  # of a rule: what only those ask for who write rules
# What any reader may raise on a text that this module did not write.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


class NotKeptError(ValueError):
    """A text that is no kept rulebook."""


class Later(Sequence[Any]):
    """Values that are kept as JSON until somebody asks for them; equal to a tuple of them."""

    __slots__ = ("_kept", "_read")

    def __init__(self, kept: str) -> None:
        self._kept = kept
        self._read: tuple[Any, ...] | None = None

    @property
    def kept(self) -> str:
        """The values as JSON."""
        return self._kept

    @property
    def values(self) -> tuple[Any, ...]:
        """The values, read when they are first asked for."""
        if self._read is None:
            self._read = tuple(json.loads(self._kept, object_hook=_read))
        return self._read

    def __getitem__(self, index: Any) -> Any:
        return self.values[index]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __eq__(self, other: object) -> bool:
        return self.values == (other.values if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self.values)

    def __repr__(self) -> str:
        return repr(self.values)


def write_kept(rulebook: Rulebook) -> bytes:
    """Return a rulebook as JSON, without its folder and without the places in its files.

    Raises TypeError for a value of a class that is not named here.
    """
    bare = replace(without_documents(rulebook), folder=Path())
    return json.dumps(_written(bare), separators=(",", ":")).encode("ascii")


def read_kept(content: bytes, folder: Path) -> Rulebook:
    """Return the rulebook of a text of `write_kept` as that of a folder; else NotKeptError."""
    try:
        read = json.loads(content, object_hook=_read)
    except UNREADABLE as error:
        raise NotKeptError("no kept rulebook") from error
    if not isinstance(read, Rulebook):
        raise NotKeptError("no kept rulebook")
    return replace(read, folder=folder)


def without_documents(rulebook: Rulebook) -> Rulebook:
    """Return a rulebook without its texts and the places in them, which only checks need."""
    rules = {
        name: replace(rule, document=Document(rule.document.file, None))
        for name, rule in rulebook.rules.items()
    }
    shared = {
        name: replace(one, document=Document(one.document.file, None))
        for name, one in rulebook.shared.items()
    }
    steps = {
        name: replace(one, document=Document(one.document.file, None))
        for name, one in rulebook.steps.items()
    }
    return replace(rulebook, rules=rules, shared=shared, steps=steps, documents={})


def _written(value: Any) -> Any:
    kind = type(value)
    if kind in AS_THEY_ARE:
        return value
    writer = WRITERS.get(kind)
    if writer is None:
        raise TypeError(f"a kept rulebook cannot hold {kind.__name__}")
    return writer(value)


def _marked(name: str, content: Any) -> dict[str, Any]:
    return {f"{MARK}{name}": content}


def _mapping(value: Mapping[Any, Any]) -> Any:
    """Return a mapping as an object, as pairs where its keys are no texts or look like a mark."""
    if all(type(key) is str and not key.startswith(MARK) for key in value):
        return {key: _written(item) for key, item in value.items()}
    return _marked("map", [[_written(key), _written(item)] for key, item in value.items()])


def _listed(value: Any) -> list[Any]:
    return [_written(item) for item in value]


def _of_dataclass(value: Any) -> dict[str, Any]:
    listed = [_written(getattr(value, field.name)) for field in fields(value)]
    return _marked(type(value).__name__, listed)


def _of_model(value: BaseModel) -> dict[str, Any]:
    known = type(value).model_fields
    given = {
        field.alias or name: _later(getattr(value, name)) if name == EXAMPLES else
        _written(getattr(value, name))
        for name, field in known.items()
        if name in value.model_fields_set
    }  # fmt: skip
    return _marked(type(value).__name__, given)


def _later(value: Sequence[Any]) -> dict[str, Any]:
    kept = value.kept if isinstance(value, Later) else json.dumps(_listed(value))
    return _marked("later", kept)


def _writers() -> dict[type[Any], Callable[[Any], Any]]:
    def of_enum(value: Enum) -> dict[str, Any]:
        return _marked(type(value).__name__, value.value)

    return {
        dict: _mapping,
        list: _listed,
        tuple: lambda value: _marked("tuple", _listed(value)),
        frozenset: lambda value: _marked("set", _listed(sorted(value))),
        date: lambda value: _marked("day", value.isoformat()),
        type(Path()): lambda value: _marked("path", str(value)),
        Document: lambda value: _marked("Document", value.file),
        Languages: lambda value: _marked("languages", value.kept()),
        **dict.fromkeys(DATACLASSES, _of_dataclass),
        **dict.fromkeys(MODELS, _of_model),
        **dict.fromkeys(ENUMS, of_enum),
    }


def _read(found: dict[str, Any]) -> Any:
    """Return what an object stands for; what lies within it was read before."""
    if len(found) == 1:
        ((name, content),) = found.items()
        if name.startswith(MARK):
            return READERS[name](content)
    return found


def _of_values(kind: type[BaseModel]) -> Callable[[dict[str, Any]], BaseModel]:
    """Return what makes a model of the values that it was given, which were checked before."""
    known = kind.model_fields
    names = {field.alias or name: name for name, field in known.items()}
    required = {name for name, field in known.items() if field.is_required()}
    # In the order of the fields, as a model has them that was checked.
    unsaid = {name: None if name in required else field.default for name, field in known.items()}
    makers = {name: f.default_factory for name, f in known.items() if f.default_factory is not None}

    def made(content: dict[str, Any]) -> BaseModel:
        given = {names[key]: value for key, value in content.items()}
        if not required <= given.keys():
            raise NotKeptError(f"a {kind.__name__} without all its values")
        values = {**unsaid, **given}
        for name, maker in makers.items():
            if name not in given:
                values[name] = maker()  # type: ignore[call-arg]
        model = kind.__new__(kind)
        for slot, value in (
            ("__dict__", values), ("__pydantic_fields_set__", set(given)),
            ("__pydantic_extra__", None), ("__pydantic_private__", None),
        ):  # fmt: skip
            object.__setattr__(model, slot, value)
        return model

    return made


def _readers() -> dict[str, Callable[[Any], Any]]:
    def of_dataclass(kind: type[Any]) -> Callable[[Any], Any]:
        return lambda content: kind(*content)

    plain: dict[str, Callable[[Any], Any]] = {
        "map": dict,
        "tuple": tuple,
        "set": frozenset,
        "day": date.fromisoformat,
        "path": Path,
        "Document": lambda content: Document(content, None),
        "languages": Languages,
        "later": Later,
        **{kind.__name__: of_dataclass(kind) for kind in DATACLASSES},
        **{kind.__name__: _of_values(kind) for kind in MODELS},
        **{kind.__name__: kind for kind in ENUMS},
    }
    return {f"{MARK}{name}": reader for name, reader in plain.items()}


WRITERS = _writers()
READERS = _readers()
