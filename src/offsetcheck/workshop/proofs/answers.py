"""What was asked of a solver and answered, as it is kept: JSON, and examples for rule files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.workshop.proofs.situation import Situation
from offsetcheck.workshop.proofs.solve import Found, Never, Reply
from offsetcheck.workshop.proofs.world import CITY, is_unset

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

    def example(self, name: str, expect: str, day: date | None = None) -> str | None:
        """Return a line for `tests:` of a rule file; None for what an example cannot say."""
        unset = any(is_unset(one) and not one.startswith(CITY) for one in self.given)
        if self.said != FOUND or self.screened or unset:
            return None
        parts = [f"name: {json.dumps(name, ensure_ascii=False)}"]
        parts += [f"given: {_flow(self.given)}", f"expect: {expect}"]
        parts += [f"as_of: {day.isoformat()}"] if day is not None else []
        parts += [f"evidence: {_flow(self.evidence, quoted=False)}"] if self.evidence else []
        return f"- {{{', '.join(parts)}}}"


def _plain(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _flow(values: Mapping[str, Any], *, quoted: bool = True) -> str:
    """Return a mapping as YAML on one line; JSON is YAML where it is quoted."""
    shown = (f"{name}: {_scalar(value) if quoted else value}" for name, value in values.items())
    return f"{{{', '.join(shown)}}}"


def _scalar(value: Any) -> str:
    plain = isinstance(value, str) and value.replace("_", "").isalpha() and value.islower()
    yes_or_no = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
    if plain and value not in yes_or_no:
        return str(value)
    return json.dumps(value, ensure_ascii=False)
