"""What cities and jurisdictions are checked against."""

from collections.abc import Mapping
from dataclasses import dataclass

from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.expression.names import Names
from offsetcheck.rulebook.files.guide import GuideFile
from offsetcheck.rulebook.policies.model import Jurisdiction
from offsetcheck.rulebook.rules.model import LoadedRule
from offsetcheck.vocabulary.dictionary import FieldType, Subject

REASON = "add `reason: …`; every report prints it"


@dataclass(frozen=True, slots=True)
class Known:
    """What policies are checked against.

    `broken` are the rules whose files are wrong, `city_types` the types of what cities state.
    """

    rules: Mapping[str, LoadedRule]
    broken: frozenset[str]
    names: Mapping[Subject, Names]
    guide: GuideFile | None
    guides: Mapping[str, Guide]
    jurisdictions: Mapping[str, Jurisdiction]
    city_types: Mapping[str, FieldType]


def find_parameter(full: str, rules: Mapping[str, LoadedRule]) -> tuple[LoadedRule, str] | None:
    """Return the rule and the bare name of `rule.parameter`, None where there is none."""
    rule_id, _, name = full.rpartition(".")
    rule = rules.get(rule_id)
    return (rule, name) if rule is not None and name in rule.file.parameters else None


def all_parameters(rules: Mapping[str, LoadedRule]) -> list[str]:
    """Return every parameter as layers name it."""
    return [f"{rule.file.id}.{name}" for rule in rules.values() for name in rule.file.parameters]
