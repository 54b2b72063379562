"""parameters/<name>.yaml: what several rules share stands once, called `$shared.name`."""

from collections.abc import Iterable, Mapping

from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.expression.names import Name
from offsetcheck.rulebook.files.sources import check_citation
from offsetcheck.rulebook.rules.model import SHARED, LoadedRule, Parameter, SharedParameter
from offsetcheck.rulebook.rules.parameters import check_parameter
from offsetcheck.rulebook.rules.reading import Shared, check_codes
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import NAME


def read_shared(documents: Mapping[str, Document], problems: Problems) -> Shared:
    """Return the parameters that rules share by `shared.name`, None where a file is wrong."""
    return {f"{SHARED}{name}": _read(name, one, problems) for name, one in documents.items()}


def _read(name: str, document: Document, problems: Problems) -> SharedParameter | None:
    if not NAME.fullmatch(name):
        message = f"`{name}` cannot be the name of a parameter"
        problems.at_value(document, (), message, "use small letters, digits and underscores")
    parameter = build(Parameter, document.data, document, problems)
    kind = None if parameter is None else check_parameter(name, parameter, document, (), problems)
    if parameter is None or kind is None:
        return None
    return SharedParameter(f"{SHARED}{name}", parameter, kind, document)


def check_shared(
    shared: Mapping[str, SharedParameter],
    rules: Iterable[LoadedRule],
    guides: Mapping[str, Guide],
    problems: Problems,
) -> None:
    """Note values of shared parameters that cite no known guide, or that no field can have."""
    read = list(rules)
    for name, one in shared.items():
        beside = fields_beside(name, read)
        for day, entry in one.parameter.values.items():
            steps: Steps = ("values", day.isoformat())
            check_citation(entry.source, guides, one.document, (*steps, "source"), problems)
            for field in beside:
                check_codes(entry.value, field, one.document, (*steps, "value"), problems)


def check_used(
    shared: Mapping[str, SharedParameter], spoken: Iterable[str], problems: Problems
) -> None:
    """Note shared parameters that nothing names; `spoken` are all names that rules speak of."""
    named = frozenset(spoken)
    for name, one in shared.items():
        if f"${name}" not in named:
            message = f"no rule uses the parameter `{name}`"
            hint = f"call it `${name}` in a rule, or remove the file"
            problems.at_value(one.document, (), message, hint)


def fields_beside(name: str, rules: Iterable[LoadedRule]) -> tuple[Name, ...]:
    """Return the fields with codes that rules put a shared parameter beside, each once."""
    found = (rule.closed[f"${name}"] for rule in rules if f"${name}" in rule.closed)
    return tuple(dict.fromkeys(found))
