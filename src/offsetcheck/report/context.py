"""What a template may see: one explanation as plain data, words, signs, and drawn bounds."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from offsetcheck.ground.version import __version__
from offsetcheck.report.award_chart import award_charts
from offsetcheck.report.cleaning import footer_text
from offsetcheck.report.saying import say
from offsetcheck.report.signs import LOOKS, VERDICT_LOOKS, look_of
from offsetcheck.vocabulary.award import AwardExplanation
from offsetcheck.vocabulary.batch_explanation import BatchExplanation
from offsetcheck.vocabulary.explained import Audit, Explanation
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.finding_explanation import Status
from offsetcheck.vocabulary.tender_explanation import TenderExplanation

Plain = dict[str, Any]

GLANCE = 4  # with the reasons, what leaves room for the signature on the first sheet
GROUPS = {
    Status.SCORED: "scored",
    Status.MET: "met",
    Status.NOT_APPLICABLE: "na",
}
WIDTH, LEFT = 200, 2
LOWEST, SPAN = 1000, 4000
BANDS = ("#d0d0d0", "#dcdcdc", "#e8e8e8", "#f2f2f2", "#fafafa")
SHORT_HASH = 12
SUPPLY_WIDTH = 600
SUPPLY_FILLS = {
    "eligible": "#9ccbea",
    "eligible_with_conditions": "#e0a100",
    "undecided": "#ffffff",
}


def context_of(explanation: Explanation, words: Mapping[str, str]) -> Plain:
    """Return the context of the template of an explanation."""
    report = explanation.model_dump()
    for line in _lines(report):
        line["look"] = look_of(line["status"], line["effect"])
    context = {
        "report": report,
        "words": dict(words),
        "looks": {str(status): look for status, look in LOOKS.items()},
        "verdict_looks": dict(VERDICT_LOOKS),
        "page_words": footer_text(words["report.page"]),
        "back": None,
    }
    return context | _audited(explanation, words) | _own(explanation, report, words)


def _audited(explanation: Explanation, words: Mapping[str, str]) -> Plain:
    """Return the footer and the count of rules; what shows a rulebook alone judges nothing."""
    audit = getattr(explanation, "audit", None)
    if not isinstance(audit, Audit):
        return {"footer": footer_text(f"offsetcheck {__version__}"), "rules_words": ""}
    applied, apart = audit.rules_applied, audit.rules_not_applicable
    said = say(words, "report.rules_words", applied=applied, not_applicable=apart)
    return {"footer": footer(audit, words), "rules_words": said}


def finding_lines(report: Plain) -> Iterator[Plain]:
    """Yield the findings of a candidate, or those of a list's purchase and portfolio."""
    yield from report.get("findings", ())
    yield from report.get("portfolio", ())
    yield from report.get("purchase", {}).get("findings", ())


def _lines(report: Plain) -> Iterator[Plain]:
    """Yield the findings of a report and the cells of its status table."""
    yield from finding_lines(report)
    for row in report.get("differing", ()):
        for cell in row["cells"]:
            cell["effect"] = row["effect"]
            yield cell


def footer(audit: Audit, words: Mapping[str, str]) -> str:
    """Return the line that stands on every page: rules, input and result by hash, and the day."""
    hashes = {"rules": audit.rulebook_hash, "input": audit.input_hash, "result": audit.result_hash}
    parts = [
        say(words, f"report.footer.{name}", edition=audit.edition, hash=value[:SHORT_HASH])
        for name, value in hashes.items()
        if value
    ]
    parts += [
        f"offsetcheck {audit.engine_version}",
        f"{audit.city} · {audit.as_of}",
    ]
    return footer_text(" · ".join(part for part in parts if part))


def _own(explanation: Explanation, report: Plain, words: Mapping[str, str]) -> Plain:
    if isinstance(explanation, CandidateExplanation):
        groups = grouped(report["findings"])
        # What would decide an open offer stands above and takes the room of two findings.
        most = GLANCE - 2 if explanation.deciding else GLANCE
        further = len(groups["first"]) - most
        said = say(words, "report.further", count=further) if further > 0 else ""
        return {
            "groups": groups,
            "glance": groups["first"][:most],
            "further": said,
            "floor_standing": say(words, "report.floor", standing=explanation.grade.floor_standing),
            "bars": _bars(explanation),
        }
    if isinstance(explanation, TenderExplanation):
        offers, verdicts = str(explanation.offers_in), str(explanation.verdicts_out)
        said = say(words, "report.conservation", offers=offers, verdicts=verdicts)
        return {"conservation": said, "supply": supply_bar(explanation)}
    if isinstance(explanation, AwardExplanation):
        return award_charts(explanation)
    if isinstance(explanation, BatchExplanation):
        shown = ("conservation", "eligible_shown", "open_shown", "problems_shown")
        return {name: report[name] for name in shown}
    return {}


def grouped(findings: Sequence[Plain]) -> dict[str, list[Plain]]:
    """Return findings by how a reader needs them: first what is unmet, open or for a person."""
    groups: dict[str, list[Plain]] = {
        "first": [],
        "scored": [],
        "met": [],
        "na": [],
        "drafts": [],
    }
    for line in findings:
        group = "drafts" if line["draft"] else GROUPS.get(Status(line["status"]), "first")
        groups[group].append(line)
    return groups


def _bars(explanation: CandidateExplanation) -> Plain:
    grade = explanation.grade
    cuts = dict(grade.cuts)
    floor = cuts.get(grade.floor)
    return {
        "grade": bar((grade.lower_score, grade.upper_score), grade.cuts, floor, grade.words),
        "dimensions": {
            line.dimension: bar((line.lower, line.upper), grade.cuts, None, line.words)
            if line.lower is not None and line.upper is not None
            else None
            for line in explanation.dimensions
        },
    }


def supply_bar(explanation: TenderExplanation) -> Plain | None:
    """Return need against supply as one stacked bar; None where no need is stated.

    Offers that may be bought, then those that are open; refused ones are no supply.
    """
    need = explanation.need_tonnes
    lines = [line for line in explanation.supply if line.verdict in SUPPLY_FILLS]
    whole = max(need or 0.0, sum(line.tonnes for line in lines))
    if not need or not whole:
        return None
    parts, x = [], float(LEFT)
    for line in lines:
        width = SUPPLY_WIDTH * line.tonnes / whole
        parts.append({"x": round(x), "width": round(width), "fill": SUPPLY_FILLS[line.verdict]})
        x += width
    said = "; ".join(f"{line.words}: {line.tonnes_words}" for line in lines)
    tick = LEFT + round(SUPPLY_WIDTH * need / whole)
    return {"parts": parts, "tick": tick, "text": f"{explanation.need_words} {said}"}


def bar(
    bounds: tuple[int, int],
    cuts: Sequence[tuple[str, int]],
    floor: int | None,
    text: str,
) -> Plain:
    """Return bounds (thousandths) as a bullet bar 200 wide, with a band for each grade."""
    lower, upper = bounds
    x = _x(lower)
    return {
        "text": text,
        "x": x,
        "width": max(3, _x(upper) - x),
        "floor": _x(floor) if floor is not None else None,
        "bands": [
            {"x": _x(low), "width": _x(high) - _x(low), "fill": fill}
            for (low, high), fill in zip(_steps(cuts), BANDS, strict=False)
        ],
    }


def _steps(cuts: Sequence[tuple[str, int]]) -> list[tuple[int, int]]:
    ends = sorted({LOWEST, LOWEST + SPAN, *(cut for _, cut in cuts if cut > LOWEST)})
    return list(pairwise(ends))


def _x(score: int) -> int:
    return LEFT + (min(max(score, LOWEST), LOWEST + SPAN) - LOWEST) * WIDTH // SPAN
