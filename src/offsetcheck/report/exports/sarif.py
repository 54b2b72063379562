"""Findings as SARIF 2.1.0: a rule of the rulebook is a rule, a finding a result at its cell."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from offsetcheck.ground.canonical import content_hash
from offsetcheck.report.exports.known import stated
from offsetcheck.report.exports.sarif_form import SCHEMA, uri_of
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status
from offsetcheck.vocabulary.result_explanation import (
    KnownLine,
    PlaceLine,
    ResultExplanation,
    ResultOffer,
)

KINDS: Mapping[Status, str] = {
    Status.NOT_MET: "fail",
    Status.NOT_DEMONSTRATED: "fail",
    Status.OPEN: "open",
    Status.NEEDS_PERSON: "review",
    Status.NOT_SCREENED: "open",
    Status.NOTED: "informational",
    Status.SCORED: "informational",
    Status.MET: "pass",
    Status.NOT_APPLICABLE: "notApplicable",
}
LEVELS = {"gate": "error", "cap": "warning", "claim_limit": "warning", "review": "warning"}
MOST_PLACES = 10


def sarif_log(result: ResultExplanation, remark: str = "") -> dict[str, Any]:
    """Return a log with one run: the findings on the purchase and on each offer.

    A remark on the whole, where there is one, is a notification of the run.
    """
    rules = _rules(result)
    places = {rule["id"]: number for number, rule in enumerate(rules)}
    audit = result.audit
    run = {
        "tool": {
            "driver": {
                "name": "offsetcheck",
                "version": audit.engine_version,
                "language": _language(result.language),
                "rules": rules,
                "properties": {"rulebook": audit.rulebook, "edition": audit.edition},
            }
        },
        "automationDetails": {
            "id": f"{audit.city}/{audit.as_of}/",
            "description": {"text": result.title},
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "commandLine": audit.reproduce,
                "toolExecutionNotifications": _notifications(remark),
            }
        ],
        "artifacts": [
            {"location": {"uri": uri_of(file.name)}, "hashes": {"sha-256": file.sha256}}
            for file in audit.files
        ],
        "results": list(_results(result, places)),
        "columnKind": "unicodeCodePoints",
        "properties": {
            "asOf": audit.as_of,
            "rulebookHash": audit.rulebook_hash,
            "inputHash": audit.input_hash,
            "resultHash": audit.result_hash,
            "verdicts": {
                offer.explained.offer.id: offer.explained.verdict.verdict for offer in result.offers
            },
        },
    }
    made = stated(run)
    made.setdefault("results", [])
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [made]}


def _notifications(remark: str) -> list[dict[str, Any]]:
    return [{"level": "warning", "message": {"text": remark}}] if remark else []


def _rules(result: ResultExplanation) -> list[dict[str, Any]]:
    """Return each rule that judged something, once, as its findings tell it."""
    lines = [*result.tender.purchase.findings]
    lines += [line for offer in result.offers for line in offer.explained.findings]
    first: dict[str, FindingLine] = {}
    for line in lines:
        first.setdefault(line.rule, line)
    return [_rule(line) for _, line in sorted(first.items())]


def _rule(line: FindingLine) -> dict[str, Any]:
    sources = "; ".join(f"{source.words} [{source.standing_words}]" for source in line.sources)
    links = [source.url for source in line.sources if source.url]
    return {
        "id": line.rule,
        "name": line.code,
        "shortDescription": {"text": line.title},
        "fullDescription": {"text": line.requires},
        "help": {"text": "\n".join(part for part in (line.why, sources) if part)},
        "helpUri": links[0] if links else None,
        "properties": {"dimension": line.dimension, "effect": line.effect, "draft": line.draft},
    }


def _results(result: ResultExplanation, places: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for line in result.tender.purchase.findings:
        known = {one.field: one for one in result.purchase}
        yield _result(line, places, known, None, "purchase")
    for offer in result.offers:
        yield from _of_offer(offer, places)


def _of_offer(offer: ResultOffer, places: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    known = {line.field: line for line in offer.known}
    for line in offer.explained.findings:
        yield _result(line, places, known, offer.row, offer.explained.offer.id)


def _result(
    line: FindingLine,
    places: Mapping[str, int],
    known: Mapping[str, KnownLine],
    row: PlaceLine | None,
    subject: str,
) -> dict[str, Any]:
    kind = KINDS[line.status]
    said = [line.title, line.status_words, line.fails, line.found, line.unknown]
    return {
        "ruleId": line.rule,
        "ruleIndex": places[line.rule],
        "kind": kind,
        "level": LEVELS.get(line.effect, "note") if kind == "fail" else "none",
        "message": {"text": ". ".join(part.rstrip(".") for part in said if part) + "."},
        "locations": [
            {**where, "logicalLocations": [{"fullyQualifiedName": subject, "kind": "member"}]}
            for where in _locations(line, known, row)
        ],
        "partialFingerprints": {"subjectAndRule/v1": content_hash([subject, line.rule])},
        "properties": {
            "subject": subject,
            "decides": line.decides,
            "points": [line.lower, line.upper] if line.lower is not None else [],
        },
    }


def _locations(
    line: FindingLine, known: Mapping[str, KnownLine], row: PlaceLine | None
) -> list[dict[str, Any]]:
    """Return the cells that a finding rests on, else the row of the offer, else no file."""
    fields = [item.field.removeprefix("purchase.") for item in line.evidence]
    cells = [known[name].place for name in fields if name in known]
    found = [place for place in dict.fromkeys(cells) if place is not None]
    places: Iterable[PlaceLine] = found[:MOST_PLACES] or ([row] if row else [])
    return [{"physicalLocation": _physical(place)} for place in places] or [{}]


def _physical(place: PlaceLine) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column} if place.line else {}
    named = {"sheet": place.sheet, "column": place.field}
    return {"artifactLocation": {"uri": uri_of(place.file)}, "region": region, "properties": named}


def _language(code: str) -> str | None:
    """Return a language as SARIF writes it; it knows no longer one than `en-GB`."""
    return code if len(code) == len("en") else None
