"""One explained candidate in lines."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import numbered, section, shortened, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.report.signs import status_sign
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status
from offsetcheck.vocabulary.tonnes_explanation import TonnesLines

Words = Mapping[str, str]
MAX_VALUE = 190  # characters of a value that stands in; a long list is read in the report
SHORT = {Status.MET, Status.NOT_APPLICABLE, Status.SCORED}


def lines(explained: CandidateExplanation, words: Words) -> Iterator[str]:
    """Yield the verdict, why, what to do, the scores, the findings and the proof."""
    yield from _verdict(explained, words)
    yield from _deciding(explained, words)
    yield from numbered(words["report.reasons"], (reason.text for reason in explained.reasons))
    actions = (f"{action.who_words}: {action.text}" for action in explained.actions)
    yield from numbered(words["report.actions"], actions)
    yield from section(words["report.what_if"], [explained.what_if.words])
    yield from numbered(words["report.hangs_on"], (line.words for line in explained.hangs_on))
    yield from section(words["report.findings_scored"], _scores(explained, words))
    yield from section(words["report.standing"], _grounds(explained))
    if explained.comparable is not None:
        told = [explained.comparable.words, *_treatments(explained.comparable, words)]
        yield from section(words["tonnes.heading"], (*told, explained.comparable.remark))
    yield from _findings(explained.findings, words)
    yield from section(words["report.proof"], _proof(explained, words))
    yield from section(words["report.audit"], _audit(explained, words))


def _treatments(lines: TonnesLines, words: Words) -> Iterator[str]:
    for fall in lines.offer.waterfalls:
        key = "tonnes.under_chosen" if fall.chosen else "tonnes.under"
        yield say(words, key, title=fall.title, comparable=fall.comparable.words)


def _verdict(explained: CandidateExplanation, words: Words) -> Iterator[str]:
    verdict = explained.verdict
    yield f"{explained.offer.id}  {explained.offer.name}"
    yield f"{explained.city}, {said_day(explained.audit.as_of, words)}"
    yield ""
    yield verdict.words + (f" ({verdict.officer_words})" if verdict.officer_words else "")
    if verdict.stamp:
        yield from wrapped(verdict.stamp)


def _deciding(explained: CandidateExplanation, words: Words) -> Iterator[str]:
    deciding = explained.deciding
    if deciding is None:
        return
    yield from section(words["deciding.title"], [deciding.words])
    for place, line in enumerate(deciding.answers, start=1):
        yield from wrapped(f"{place}. {line.who_words}: {line.words}", "  ")
    if deciding.ending_words:
        yield from wrapped(deciding.ending_words, "  ")


def _scores(explained: CandidateExplanation, words: Words) -> Iterator[str]:
    grade = explained.grade
    yield f"{words['report.grade']}: {grade.words}. {grade.floor_words}"
    if grade.open_words:
        yield f"{words['report.open_points']}: {grade.open_words}"
    if grade.typical_words:
        yield f"{words['report.typical']}: {grade.typical_words}"
    yield f"{words['report.value']}: {explained.value.words}"
    yield f"{words['report.completeness']}: {explained.completeness.words}"
    yield f"{words['report.claim']}: {explained.claim.words}"


def _grounds(explained: CandidateExplanation) -> Iterator[str]:
    yield explained.standing.words
    yield from (shortened(line.words, MAX_VALUE) for line in explained.undecided)


def _findings(findings: tuple[FindingLine, ...], words: Words) -> Iterator[str]:
    apart = [line for line in findings if line.status is Status.NOT_APPLICABLE]
    yield ""
    yield words["report.findings"]
    for finding in findings:
        if finding.status is not Status.NOT_APPLICABLE:
            yield from _finding(finding, words)
    sign = status_sign(Status.NOT_APPLICABLE)
    yield f"  {sign} {words['report.findings_na']}: {len(apart)}"


def _finding(finding: FindingLine, words: Words) -> Iterator[str]:
    name = f"{finding.code} {finding.title}" if finding.code else finding.title
    yield f"  {status_sign(finding.status)} {name}: {finding.status_words}  [{finding.rule}]"
    if finding.status in SHORT:
        return
    for key, text in (
        ("report.requires", finding.requires),
        ("report.found", finding.found),
        ("report.effect", finding.consequence),
        *(("report.missing", missing.words) for missing in finding.missing),
        *(("report.decided_by", line.words) for line in finding.decided_by),
        *(("report.clause", f"{s.words} [{s.standing_words}]") for s in finding.sources),
    ):
        if text:
            yield from wrapped(f"{words[key]}: {text}", "      ")


def _proof(explained: CandidateExplanation, words: Words) -> Iterator[str]:
    for step in explained.proof:
        premises = "; ".join(step.premises_words)
        yield say(words, "text.because", conclusion=step.words, premises=premises)


def _audit(explained: CandidateExplanation, words: Words) -> Iterator[str]:
    audit = explained.audit
    yield f"{words['report.rulebook']}: {audit.rulebook}, {audit.edition}"
    yield f"{words['report.rulebook_hash']}: {audit.rulebook_hash}"
    if audit.input_hash:
        yield f"{words['report.input']}: {audit.input_hash}"
    yield f"{words['report.result']}: {audit.result_hash}"
    yield f"{words['report.engine']}: offsetcheck {audit.engine_version}"
    yield f"{words['report.concluded_by']}: {audit.concluded_by}"
