"""Which rules take the typical points of a type of project."""

from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook

TYPICAL = "typical"


def takers(rulebook: Rulebook) -> dict[str, LoadedRule]:
    """Return the rules that take typical points by themselves or in some layer."""
    policies: list[CityFile | Jurisdiction] = [
        *rulebook.cities.values(),
        *rulebook.jurisdictions.values(),
    ]
    changed = {
        change.rule
        for policy in policies
        for change in policy.change
        if change.if_unknown == TYPICAL
    }
    return {
        name: rule
        for name, rule in rulebook.rules.items()
        if rule.file.if_unknown == TYPICAL or name in changed
    }
