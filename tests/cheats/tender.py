"""A tender folder written from offers, papers and notes, and judged as `docs/api.md` shows."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import offsetcheck
from cheats.honest import DAY, LOOKED, PAPERS, PURCHASE, SCREENING
from offsetcheck import Verdict
from offsetcheck.engine.columns.batch import assess_table

MAY_BE_BOUGHT = frozenset({Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS})


@dataclass(frozen=True)
class Judged:
    """The offers of a tender, judged, by id, and everything that was said of the files."""

    offers: dict[str, offsetcheck.JudgedOffer]
    problems: tuple[offsetcheck.Problem, ...]
    remarks: tuple[str, ...]
    case: offsetcheck.Case

    @property
    def only(self) -> offsetcheck.JudgedOffer:
        """The one offer of the tender."""
        [offer] = self.offers.values()
        return offer

    def verdict(self, offer: str | None = None) -> Verdict:
        return self._offer(offer).assessment.verdict

    def may_be_bought(self, offer: str | None = None) -> bool:
        return self.verdict(offer) in MAY_BE_BOUGHT

    def signs(self, offer: str | None = None) -> bool:
        """Whether the verdict is that the officer may sign, with nothing left to do."""
        return self.verdict(offer) is Verdict.ELIGIBLE

    def state(self, rule: str, offer: str | None = None) -> str:
        """Return the state of a rule (`clear`, `fail`, `open`); `clear` where it does not apply."""
        return self.finding(rule, offer).state.value

    def finding(self, rule: str, offer: str | None = None):
        return next(f for f in self._offer(offer).assessment.findings if f.rule == rule)

    def fact(self, field: str, offer: str | None = None):
        """Return what the offer states of a field: its value and its evidence grade."""
        return self._offer(offer).candidate.fact(field)

    def told(self) -> str:
        """Return every problem and remark on the files, as one text."""
        said = (f"{problem} {problem.hint or ''}" for problem in self.problems)
        return "\n".join((*said, *self.remarks))

    def page(self, offer: str | None = None) -> str:
        """Return all that an officer reads about an offer, as one text."""
        return self._offer(offer).explained.model_dump_json()

    def conditions(self, offer: str | None = None) -> tuple[str, ...]:
        return self._offer(offer).assessment.conditions

    def _offer(self, offer: str | None) -> offsetcheck.JudgedOffer:
        return self.only if offer is None else self.offers[offer]


def confirmed(offer, *, papers=None, on=LOOKED, identity=None, **more):
    """Return the entries of evidence.yaml that confirm an honest offer: one for each kind of paper.

    `papers` are the kinds with the fields that each shows; only what the offer states is confirmed.
    Each entry says of which seller and block the paper is.
    """
    entries = []
    for kind, fields in (PAPERS if papers is None else papers).items():
        shown = {name: offer[name] for name in fields.split(", ") if offer.get(name, "") != ""}
        if shown:
            entry = {"offer": identity or offer["id"], "values": shown}
            entry |= {"seller": offer["seller"], "serials": offer["serials"]}
            entry |= {"document": f"{kind}.pdf", "kind": kind, "by": "A. Officer", "on": on}
            entries.append(entry | more)
    return entries


def write_tender(
    folder: Path,
    *offers,
    evidence=None,
    found=(),
    screenings=(SCREENING,),
    reviews=(),
    purchase=PURCHASE,
    offers_name="offers.csv",
):
    """Write a tender folder; without `evidence` every honest answer of each offer is confirmed."""
    folder.mkdir(exist_ok=True)
    _write_rows(folder / offers_name, offers)
    if evidence is None:
        evidence = [entry for offer in offers for entry in confirmed(offer)]
    _write_yaml(folder / "purchase.yaml", purchase)
    _write_yaml(folder / "evidence.yaml", {"confirmed": list(evidence), "found": list(found)})
    _write_yaml(folder / "screening.yaml", {"screenings": list(screenings)})
    _write_yaml(folder / "reviews.yaml", {"reviews": list(reviews)})
    return folder


def judge_folder(folder: Path, rulebook, *, day=DAY, registries=(), city=None) -> Judged:
    """Judge a tender folder or a list as it stands."""
    case = offsetcheck.open_tender(
        folder, rulebook, as_of=date.fromisoformat(day), registries=registries, city=city
    )
    judged = {offer.candidate.id: offer for offer in offsetcheck.judge(case)}
    return Judged(judged, case.problems, case.remarks, case)


def judge_list(judged: Judged):
    """Return the frame of rows that the columnar evaluator makes of the offers of a tender."""
    case = judged.case
    return assess_table(case.table, case.bound, case.purchase).rows


def drifted(folder: Path, rulebook, since: str, until: str = DAY):
    """Return which offers of a tender folder changed between two days, and why."""
    request = offsetcheck.Request(folder, None, date.fromisoformat(until))
    return offsetcheck.drift(request, rulebook, date.fromisoformat(since)).explained


def _write_rows(path: Path, rows) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _write_yaml(path: Path, content) -> None:
    """Write what JSON can say, which YAML reads alike; text is written as it is."""
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    if content and not _is_empty(content):
        path.write_text(text, encoding="utf-8")


def _is_empty(content) -> bool:
    return isinstance(content, dict) and not any(content.values())
