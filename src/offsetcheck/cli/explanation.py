"""One explained candidate as lines of text for a terminal."""

import textwrap
from collections.abc import Iterable, Iterator

from offsetcheck.vocabulary.explanation import CandidateExplanation, FindingLine, Status

WIDTH = 100
LONGEST = 190  # signs of a value that stands in; a long list is read in the report
SIGNS = {
    Status.NOT_MET: "✗",
    Status.NOT_DEMONSTRATED: "✗",
    Status.OPEN: "?",
    Status.NEEDS_PERSON: "!",
    Status.NOT_SCREENED: "?",
    Status.NOTED: "•",
    Status.SCORED: "·",
    Status.MET: "✓",
    Status.NOT_APPLICABLE: "–",
}
SHORT = {Status.MET, Status.NOT_APPLICABLE, Status.SCORED}


def lines(explained: CandidateExplanation) -> Iterator[str]:
    """Yield the verdict, why, what to do, the scores, the findings and the proof."""
    yield from _verdict(explained)
    yield from _numbered("Why", (reason.text for reason in explained.reasons))
    yield from _numbered("To do", (f"{a.who_words}: {a.text}" for a in explained.actions))
    yield from _section("Smallest change", [explained.what_if.words])
    yield from _section("Scores", _scores(explained))
    yield from _section("Rests on", _grounds(explained))
    yield from _findings(explained.findings)
    yield from _section("Proof", _proof(explained))
    yield from _section("Made from", _audit(explained))


def _verdict(explained: CandidateExplanation) -> Iterator[str]:
    verdict = explained.verdict
    yield f"{explained.offer.id}  {explained.offer.name}"
    yield f"{explained.city}, {explained.audit.as_of}"
    yield ""
    yield verdict.words + (f" ({verdict.officer_words})" if verdict.officer_words else "")
    if verdict.stamp:
        yield from _wrapped(verdict.stamp, "")


def _scores(explained: CandidateExplanation) -> Iterator[str]:
    grade = explained.grade
    yield f"integrity  {grade.words}. {grade.floor_words}"
    if grade.open_words:
        yield f"open       {grade.open_words}"
    yield f"value      {explained.value.words}"
    yield f"complete   {explained.completeness.words}"
    yield f"claim      {explained.claim.words}"


def _grounds(explained: CandidateExplanation) -> Iterator[str]:
    yield explained.standing.words
    yield from (
        textwrap.shorten(line.words, LONGEST, placeholder=" …") for line in explained.undecided
    )


def _findings(findings: Iterable[FindingLine]) -> Iterator[str]:
    yield ""
    yield "Findings"
    beside = 0
    for finding in findings:
        if finding.status is Status.NOT_APPLICABLE:
            beside += 1
        else:
            yield from _finding(finding)
    yield f"  {SIGNS[Status.NOT_APPLICABLE]} {beside} rules do not apply"


def _finding(finding: FindingLine) -> Iterator[str]:
    name = f"{finding.code} {finding.title}" if finding.code else finding.title
    yield f"  {SIGNS[finding.status]} {name}: {finding.status_words}  [{finding.rule}]"
    if finding.status in SHORT:
        return
    yield from _wrapped(f"requires  {finding.requires}", "      ")
    for label, text in (("found", finding.found or finding.unknown), ("then", finding.consequence)):
        if text:
            yield from _wrapped(f"{label:9} {text}", "      ")
    for missing in finding.missing:
        yield from _wrapped(f"missing   {missing.words}", "      ")
    for source in finding.sources:
        yield from _wrapped(f"source    {source.words} ({source.standing_words})", "      ")


def _proof(explained: CandidateExplanation) -> Iterator[str]:
    for step in explained.proof:
        yield f"{step.conclusion}, because {' and '.join(step.premises)}"


def _audit(explained: CandidateExplanation) -> Iterator[str]:
    audit = explained.audit
    yield f"{audit.rulebook} {audit.edition}, sha256 {audit.rulebook_hash}"
    if audit.input_hash:
        yield f"input, sha256 {audit.input_hash}"
    yield f"result, sha256 {audit.result_hash}; offsetcheck {audit.engine_version}"


def _section(title: str, texts: Iterable[str]) -> Iterator[str]:
    shown = [text for text in texts if text]
    if shown:
        yield ""
        yield title
        for text in shown:
            yield from _wrapped(text, "  ")


def _numbered(title: str, texts: Iterable[str]) -> Iterator[str]:
    yield from _section(title, (f"{number}. {text}" for number, text in enumerate(texts, 1)))


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "   ", break_long_words=False
    )
