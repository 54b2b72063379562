"""An explanation as plain data, for templates: what many findings share is made plain once.

Lines are frozen, so that one that stands in several findings, or in those of many offers, has one
plain form. Templates cannot change what they are given, and what changes it here, such as how a
line looks, changes a finding's own dict, which is made anew.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from offsetcheck.vocabulary.explained import Explanation
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.finding_explanation import FindingLine

MOST_KEPT = 16384  # parts of findings, each a few lines; each holds on to what it was made of
FINDINGS, EVIDENCE = "findings", "evidence"

Plain = dict[str, Any]
_known: dict[int, tuple[object, object]] = {}


def plain_report(explanation: Explanation) -> Plain:
    """Return what `model_dump` returns of an explanation."""
    if not isinstance(explanation, CandidateExplanation):
        return explanation.model_dump()
    rest: Mapping[str, Any] = explanation.model_dump(exclude={FINDINGS})
    evidence: dict[int, Plain] = {}
    findings = tuple(_finding(line, evidence) for line in explanation.findings)
    return {
        name: findings if name == FINDINGS else rest[name]
        for name in type(explanation).model_fields
    }


def _finding(line: FindingLine, evidence: dict[int, Plain]) -> Plain:
    """Return a finding's own dict; `evidence` are the lines of this offer so far, by identity."""
    for item in line.evidence:
        if id(item) not in evidence:
            evidence[id(item)] = item.model_dump()
    of_the_offer = tuple(evidence[id(item)] for item in line.evidence)
    return {
        name: of_the_offer if name == EVIDENCE else _part(getattr(line, name))
        for name in FindingLine.model_fields
    }


def _part(value: object) -> object:
    """Return a text, number or word as it is, and lines as plain data, remembered by identity."""
    if type(value) is not tuple or not value or not isinstance(value[0], BaseModel):
        return value
    known = _known.get(id(value))
    if known is None:
        if len(_known) >= MOST_KEPT:
            _known.clear()
        known = _known[id(value)] = (value, tuple(line.model_dump() for line in value))
    return known[1]
