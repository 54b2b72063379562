"""One candidate: a project with the credits offered from it, as facts by field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from offsetcheck.vocabulary.evidence import NOT_STATED, Cause, Fact, Value


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of a bid sheet or registry list; a field absent from `facts` is not stated."""

    id: str
    facts: Mapping[str, Fact]

    def fact(self, field: str) -> Fact:
        """Return the fact of a field, or the fact that it is not stated."""
        return self.facts.get(field, NOT_STATED)

    @property
    def is_recognised(self) -> bool:
        """Whether its id is one under which a registry can hold a project."""
        return self.fact("id").cause is not Cause.ID_NOT_RECOGNISED

    def value(self, field: str) -> Value | None:
        """Return the value of a field, None where it is unknown."""
        return self.fact(field).value

    def with_facts(self, changes: Mapping[str, Fact]) -> "Candidate":
        """Return a copy in which some facts are others."""
        return replace(self, facts={**self.facts, **changes})
