"""What a template may see: one explanation as plain data, words, signs, and drawn bounds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from offsetcheck.ground.version import __version__
from offsetcheck.report.asked import asked
from offsetcheck.report.award_chart import award_charts
from offsetcheck.report.charts import list_bars, offer_bars, supply_bar, tornado
from offsetcheck.report.cleaning import footer_text
from offsetcheck.report.first_sheet import first_sheet
from offsetcheck.report.plain_report import plain_report
from offsetcheck.report.saying import said_day, say
from offsetcheck.report.signs import LOOKS, SAID_LOOKS, VERDICT_LOOKS, look_of
from offsetcheck.vocabulary.award import AwardExplanation
from offsetcheck.vocabulary.batch_explanation import BatchExplanation
from offsetcheck.vocabulary.explained import Audit, Explanation
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.finding_explanation import Status
from offsetcheck.vocabulary.offer_change import SinceExplanation
from offsetcheck.vocabulary.tender_explanation import TenderExplanation

Plain = dict[str, Any]

GROUPS = {
    Status.SCORED: "scored",
    Status.MET: "met",
    Status.NOT_APPLICABLE: "na",
}
SHORT_HASH = 12
TONNES = "tonnes"


def context_of(explanation: Explanation, words: Mapping[str, str]) -> Plain:
    """Return the context of the template of an explanation."""
    report = plain_report(explanation)
    for line in _lines(report):
        line["look"] = look_of(line["status"], line["effect"])
    context = {
        "report": report,
        "words": dict(words),
        "looks": {str(status): look for status, look in LOOKS.items()},
        "verdict_looks": dict(VERDICT_LOOKS),
        "said_looks": {str(said): look for said, look in SAID_LOOKS.items()},
        "page_words": footer_text(words["report.page"]),
        "back": None,
    }
    days = _days(explanation, words)
    return context | days | _audited(explanation, words) | _own(explanation, report, words)


def _days(explanation: Explanation, words: Mapping[str, str]) -> Plain:
    """Return the day of a page, or both of them where it tells of two runs, in words."""
    if isinstance(explanation, SinceExplanation):
        days = {"before": explanation.before_day, "after": explanation.after_day}
        return {"days": {name: said_day(day, words) for name, day in days.items()}}
    audit = getattr(explanation, "audit", None)
    day = audit.as_of if isinstance(audit, Audit) else getattr(explanation, "as_of", None)
    return {} if day is None else {"day": said_day(day, words)}


def _audited(explanation: Explanation, words: Mapping[str, str]) -> Plain:
    """Return the footer and the count of rules; what shows a rulebook alone judges nothing."""
    audit = getattr(explanation, "audit", None)
    if not isinstance(audit, Audit):
        return {"footer": footer_text(f"offsetcheck {__version__}"), "rules_words": ""}
    applied, apart = audit.rules_applied, audit.rules_not_applicable
    said = say(words, "report.rules_words", applied=applied, not_applicable=apart)
    day = said_day(audit.as_of, words)
    return {"footer": footer(audit, words), "rules_words": said, "audit_day": day}


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
        f"{audit.city_words} · {said_day(audit.as_of, words)}",
    ]
    return footer_text(" · ".join(part for part in parts if part))


def _own(explanation: Explanation, report: Plain, words: Mapping[str, str]) -> Plain:
    if isinstance(explanation, CandidateExplanation):
        return _of_candidate(explanation, report, words)
    if isinstance(explanation, TenderExplanation):
        offers, verdicts = str(explanation.offers_in), str(explanation.verdicts_out)
        said = say(words, "report.conservation", offers=offers, verdicts=verdicts)
        purchase = explanation.purchase
        return {
            "conservation": said,
            "purchase_reasons": [reason.text for reason in purchase.reasons],
            "purchase_actions": [(action.who_words, action.text) for action in purchase.actions],
            "purchase_claim": _claim(explanation, words),
            "supply": supply_bar(explanation),
            "bars": list_bars(explanation),
            "city_count": _city_count(len(explanation.city_points), words),
            "links": {"award": None, "claim": None} | dict(explanation.links),
        }
    if isinstance(explanation, AwardExplanation):
        return award_charts(explanation)
    if explanation.kind == TONNES:
        return _of_tonnes(explanation, report, words)
    if isinstance(explanation, BatchExplanation):
        shown = ("conservation", "eligible_shown", "open_shown", "problems_shown")
        return {name: report[name] for name in shown}
    return {}


def _of_tonnes(explanation: Explanation, report: Plain, words: Mapping[str, str]) -> Plain:
    """Return what a page of comparable tonnes draws; no other page loads it."""
    from offsetcheck.report.tonnes.page import tonnes_page
    from offsetcheck.vocabulary.tonnes_explanation import TonnesExplanation

    assert isinstance(explanation, TonnesExplanation)  # noqa: S101 - its kind says so
    edition, rules = explanation.edition, explanation.rules_hash[:SHORT_HASH]
    parts = [
        say(words, "report.footer.rules", edition=edition, hash=rules),
        f"offsetcheck {__version__}",
        f"{explanation.city} · {said_day(explanation.as_of, words)}",
    ]
    own = {"footer": footer_text(" · ".join(parts))}
    return tonnes_page(explanation, report, words) | own


def _compared(explanation: CandidateExplanation, report: Plain, words: Mapping[str, str]) -> Plain:
    """Return the waterfalls of an offer; nothing where the purchase announced none of it."""
    if explanation.comparable is None:
        return {}
    from offsetcheck.report.tonnes.page import offer_line

    own, plain = explanation.comparable.offer, report["comparable"]["offer"]
    return {"compared": offer_line(1, own, plain, words)}


def _of_candidate(
    explanation: CandidateExplanation, report: Plain, words: Mapping[str, str]
) -> Plain:
    groups = grouped(report["findings"])
    counts = {name: len(groups[name]) for name in ("first", "scored", "met", "na")}
    audit_ = explanation.audit
    return _compared(explanation, report, words) | {
        "groups": groups,
        "sheet": first_sheet(explanation, words),
        "asked": asked(explanation, words),
        "counts": say(words, "pages.findings_count", **counts),
        "floor_standing": say(words, "report.floor", standing=explanation.grade.floor_standing),
        "bars": offer_bars(explanation),
        "costs": tornado(explanation.costs),
        "record": say(
            words,
            "pages.record",
            day=said_day(audit_.as_of, words),
            edition=audit_.edition,
            version=audit_.engine_version,
        ),
    }


def _claim(explanation: TenderExplanation, words: Mapping[str, str]) -> str:
    """Return what the purchase by itself lets the city say; no offer is bought yet."""
    claim = explanation.purchase.claim
    if claim is None:
        return words["pages.claim_unstated"]
    key = "claim.words" if claim.limit == claim.worst else "claim.open"
    limit, worst = words[f"claim.{claim.limit}"], words[f"claim.{claim.worst}"]
    return say(words, key, limit=limit, worst=worst)


def _city_count(points: int, words: Mapping[str, str]) -> str:
    if not points:
        return words["pages.city_none"]
    return say(words, "pages.city_count_one" if points == 1 else "pages.city_count", count=points)


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
