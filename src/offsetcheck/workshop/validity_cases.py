"""Projects with a record, given the best possible papers; and what the record holds."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.model import Row
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.finding import State
from offsetcheck.vocabulary.purchase import Purchase, Screening, Stage
from offsetcheck.vocabulary.table import CandidateTable
from offsetcheck.workshop.best_papers import with_best_papers
from offsetcheck.workshop.markdown import prose
from offsetcheck.workshop.rows_in_force import rows_in_force

EVENTS = "events"
LABELLED = "CCP"  # projects that somebody else found good: what the same papers give them
MOST_LABELLED = 40  # of a list, taken at even distances
ENDED = "closed"  # a state of which nothing is left
BEST_FIRST = tuple(reversed(Verdict))
MAY_BE_BOUGHT = frozenset({Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS})


@dataclass(frozen=True, slots=True)
class Judged:
    """A project with the best papers: the verdict, the best grade, and the rules that fail."""

    id: str
    record: str
    verdict: Verdict
    grade: str
    fails: tuple[str, ...]


def cases_part(
    bound: BoundRulebook, tables: Mapping[str, CandidateTable], rulebook: Rulebook
) -> Iterator[str]:
    """Yield which verdicts projects with a record get, and labelled ones beside them."""
    yield "## Known cases with the best possible papers"
    yield ""
    yield from prose(
        "Each project of the table of events that a list holds and of which something is on record "
        "on the day, made good or not; and, to compare, projects that bear a "
        f"{LABELLED} label. What the list states stays; every other question is answered in the "
        "project's favour on a registry's or court's record, and an officer has looked for events "
        f"and found those of the table. Judged for {bound.city.id}."
    )
    yield ""
    cases = list(_cases(bound, tables, rulebook))
    held = _records(rows_in_force(rulebook, EVENTS, bound.as_of))
    labelled = [case for case in _labelled(bound, tables) if case.id not in held]
    yield f"| record | projects | {' | '.join(_words(v) for v in BEST_FIRST)} |"
    yield "|---|--:|" + "--:|" * len(BEST_FIRST)
    for record in sorted({case.record for case in cases}):
        yield _counts(record, [case for case in cases if case.record == record])
    yield _counts("**all with a record**", cases)
    yield _counts(f"{LABELLED} label, no record", labelled)
    yield ""
    yield from _bought(cases)
    yield from _bars(cases)


def events_part(rulebook: Rulebook, day: date) -> Iterator[str]:
    """Yield what the table of events holds by kind and status."""
    rows = rows_in_force(rulebook, EVENTS, day)
    counted = Counter((row.cells["kind"], row.cells["status"]) for row in rows)
    projects = {row.cells["id"] for row in rows}
    yield "### The table of events"
    yield ""
    yield f"{len(rows):,} rows of {len(projects):,} projects are in force on the day."
    yield ""
    yield "| kind | status | rows |"
    yield "|---|---|--:|"
    for (kind, status), count in sorted(counted.items()):
        yield f"| {kind} | {status.replace('_', ' ')} | {count:,} |"
    yield ""


def _cases(
    bound: BoundRulebook, tables: Mapping[str, CandidateTable], rulebook: Rulebook
) -> Iterator[Judged]:
    records = _records(rows_in_force(rulebook, EVENTS, bound.as_of))
    seen: set[str] = set()
    for table in tables.values():
        for row, identity in enumerate(table.ids):
            if identity in records and identity not in seen:
                seen.add(identity)
                yield _judged(table.candidate(row), bound, records[identity])


def _labelled(bound: BoundRulebook, tables: Mapping[str, CandidateTable]) -> Iterator[Judged]:
    for table in tables.values():
        column = table.columns.get("labels")
        held = [] if column is None else list(column.values)
        rows = [r for r, value in enumerate(held) if isinstance(value, tuple) and LABELLED in value]
        for row in rows[:: max(1, -(-len(rows) // MOST_LABELLED))]:
            yield _judged(table.candidate(row), bound, LABELLED)


def _judged(candidate: Candidate, bound: BoundRulebook, record: str) -> Judged:
    best = with_best_papers(candidate, bound, _purchase(candidate.id, bound.as_of))
    fails = tuple(
        finding.rule
        for finding in best.assessment.findings
        if finding.state is State.FAIL and bound.rules[finding.rule].effect.value in _EFFECTS
    )
    said = best.assessment
    return Judged(candidate.id, record, said.verdict, said.grade_upper, fails)


_EFFECTS = frozenset({"gate", "review", "cap"})


def _purchase(offer: str, day: date) -> Purchase:
    facts: dict[str, Value] = {
        "year": float(day.year),
        "claim": "contribution",
        "procedure": "tender",
        "procurement_law": "eu",
    }
    return Purchase(
        stage=Stage.CLARIFICATION,
        facts={name: Fact(value, EvidenceGrade.E1) for name, value in facts.items()},
        screenings=(Screening("an officer", day, ("registry notices", "courts"), (offer,)),),
    )


def _records(rows: Sequence[Row]) -> dict[str, str]:
    """Return what stands against each project, its gravest kinds in a word."""
    kinds: dict[str, set[str]] = {}
    for row in rows:
        if row.cells["status"] != ENDED and row.cells["kind"] != "reply":
            said = f"{row.cells['kind']}, {row.cells['status']}".replace("_", " ")
            kinds.setdefault(row.cells["id"], set()).add(said)
    return {identity: "; ".join(sorted(said)) for identity, said in kinds.items()}


def _counts(record: str, cases: Sequence[Judged]) -> str:
    verdicts = Counter(case.verdict for case in cases)
    numbers = " | ".join(f"{verdicts[verdict]:,}" for verdict in BEST_FIRST)
    return f"| {record} | {len(cases):,} | {numbers} |"


def _bought(cases: Sequence[Judged]) -> Iterator[str]:
    bought = [case for case in cases if case.verdict in MAY_BE_BOUGHT]
    if not bought:
        yield "None of those with a record may be bought."
    else:
        yield f"Those {len(bought):,} with a record that may be bought:"
        yield ""
        for case in sorted(bought, key=lambda case: case.id):
            weak = ", ".join(f"`{rule}`" for rule in case.fails) or "no cap, gate or review"
            words = _words(case.verdict)
            yield f"- {case.id} ({case.record}): {words}, grade {case.grade}; unmet: {weak}"
    yield ""


def _bars(cases: Sequence[Judged]) -> Iterator[str]:
    counted = Counter(rule for case in cases for rule in case.fails)
    if counted:
        yield "What is unmet in the others and in these, by the projects that it meets:"
        yield ""
        for rule, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
            yield f"- `{rule}`: {count:,}"
        yield ""


def _words(verdict: Verdict) -> str:
    return verdict.value.replace("_", " ")
