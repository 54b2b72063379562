"""An explanation as plain data, for templates: what many findings share is made plain once.

Lines are frozen, so that one that stands in several findings, or in those of many offers, has one
plain form. Templates cannot change what they are given, and what changes it here, such as how a
line looks, changes a finding's own dict, which is made anew.
"""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from pydantic import BaseModel

from offsetcheck.vocabulary.explained import Explanation
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.finding_explanation import EvidenceLine, FindingLine

MOST_KEPT = 16384  # parts of findings, each a few lines; each holds on to what it was made of
FINDINGS, EVIDENCE, OTHERS = "findings", "evidence", "others"

Plain = dict[str, Any]
_known: dict[int, tuple[object, object]] = {}
_findings: dict[tuple[int, ...], tuple[FindingLine, Plain]] = {}
_parts = itemgetter(*(name for name in FindingLine.model_fields if name != EVIDENCE))


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
        if name == FINDINGS or name in rest
    }


def same_lines(explanation: Explanation) -> dict[str, Plain]:
    """Return by rule the plain form that its finding shares with others, without its evidence.

    What says the same is the same object, of the offers of a list that are explained one by one.
    """
    if not isinstance(explanation, CandidateExplanation):
        return {}
    return {line.rule: _same(line) for line in explanation.findings}


def _finding(line: FindingLine, evidence: dict[int, Plain]) -> Plain:
    """Return a finding's own dict; `evidence` are the lines of this offer so far, by identity."""
    for item in line.evidence:
        if id(item) not in evidence:
            evidence[id(item)] = _evidence(item)
    of_the_offer = tuple(evidence[id(item)] for item in line.evidence)
    return _same(line) | {EVIDENCE: of_the_offer}


def _evidence(line: EvidenceLine) -> Plain:
    """Return an evidence line as plain data: texts, but for the other lines in it."""
    return line.__dict__ | {OTHERS: tuple(map(_evidence, line.others))}


def _same(line: FindingLine) -> Plain:
    """Return a finding's plain form without evidence, remembered by the identity of its parts.

    A line that is given its evidence, or that changes in one offer, shares its parts with the line
    it was made of, which is held on to.
    """
    key = tuple(map(id, _parts(line.__dict__)))
    known = _findings.get(key)
    if known is None:
        if len(_findings) >= MOST_KEPT:
            _findings.clear()
        plain = {name: _part(getattr(line, name)) for name in FindingLine.model_fields}
        known = _findings[key] = (line, plain | {EVIDENCE: ()})
    return known[1]


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
