"""What was asked of a solver and answered, as it is kept: JSON, and examples for rule files."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.workshop.proofs.situation import Situation
from offsetcheck.workshop.proofs.solve import Found, Never, Reply
from offsetcheck.workshop.proofs.world import CITY, is_unset

PLAIN = re.compile(r"[a-z_]{2,}|E[0-4]|[1-5]|\d{4}-\d\d-\d\d")
YAML_WORDS = frozenset(("yes", "no", "on", "off", "true", "false", "null"))
NEVER, OPEN, FOUND = "never", "open", "found"


@dataclass(frozen=True, slots=True)
class Answer:
    """`never`, `found` with what an example would give, or `open`: not proved."""

    said: str
    given: Mapping[str, Any]
    evidence: Mapping[str, str]
    screened: bool = False

    @classmethod
    def of(cls, reply: Reply) -> Self:
        """Return a reply of the solver as it is kept."""
        if isinstance(reply, Found):
            return cls.found(reply.situation)
        return cls(NEVER if isinstance(reply, Never) else OPEN, {}, {})

    @classmethod
    def found(cls, situation: Situation) -> Self:
        """Return a situation that the engine has confirmed."""
        given = {name: _plain(value) for name, value in situation.given.items()}
        grades = {name: EvidenceGrade(grade).name for name, grade in situation.grades.items()}
        return cls(FOUND, given, grades, situation.screened)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return an answer as it was kept."""
        return cls(kept["said"], kept["given"], kept["evidence"], kept["screened"])

    def kept(self) -> dict[str, Any]:
        """Return the answer as JSON."""
        return {
            "said": self.said,
            "given": dict(self.given),
            "evidence": dict(self.evidence),
            "screened": self.screened,
        }

    def example(self, name: str, expect: str, day: date | None = None) -> dict[str, Any] | None:
        """Return an entry for `tests:` of a rule file; None for what an example cannot say."""
        unset = any(is_unset(one) and not one.startswith(CITY) for one in self.given)
        if self.said != FOUND or self.screened or unset:
            return None
        entry: dict[str, Any] = {"name": name, "given": dict(self.given), "expect": expect}
        if day is not None:
            entry["as_of"] = day.isoformat()
        return entry | ({"evidence": dict(self.evidence)} if self.evidence else {})


def _plain(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def flow(value: Any) -> str:
    """Return a value of an example as YAML on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {flow(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, str) and _is_plain(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    """Whether YAML reads a text as itself without quotes: a word of small letters, or a day."""
    if text in YAML_WORDS:
        return False
    return PLAIN.fullmatch(text) is not None
