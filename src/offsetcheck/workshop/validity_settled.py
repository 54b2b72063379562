"""How much of the judgement the lists settle, and what they say of an earlier day."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.rulebook.binding.bind import bind_guide
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable
from offsetcheck.workshop.markdown import prose
from offsetcheck.workshop.rows_in_force import rows_in_force

EARLIER = date(2022, 1, 1)
STATUS = "governance.registry_status"
DECISIONS = "icvcm_decisions"


@dataclass(frozen=True, slots=True)
class Settled:
    """One list under one profile: verdicts, outcomes, questions and working scores."""

    verdicts: Mapping[str, int]
    settled: int
    applying: int
    questions: tuple[int, float, int]
    working: int


def settled_part(judged: Mapping[tuple[str, str], BatchResult]) -> Iterator[str]:
    """Yield verdicts, the share of outcomes that is settled, and the questions that stay open."""
    yield "## Share settled"
    yield ""
    yield from prose(
        "Lists hold no papers: most rows must stay undecided. *Settled* is the share of outcomes "
        "of rules that apply or may apply; *questions* are the fields asked for, of the row that "
        "is asked least, the middle one, and the one asked most; *working scores* counts the "
        "different ones, since one for all orders nothing."
    )
    yield ""
    verdicts = tuple(verdict.value for verdict in Verdict)
    heads = " | ".join(verdict.replace("_", " ") for verdict in verdicts)
    yield f"| list | profile | {heads} | settled | questions | working scores |"
    yield "|---|---|" + "--:|" * (len(verdicts) + 3)
    for (name, profile), result in judged.items():
        found = _settled(result)
        numbers = " | ".join(f"{found.verdicts.get(verdict, 0):,}" for verdict in verdicts)
        least, middle, most = found.questions
        share = found.settled / found.applying if found.applying else 0.0
        yield (
            f"| `{name}` | {profile} | {numbers} | {share:.1%} "
            f"| {least}, {middle:g}, {most} | {found.working:,} |"
        )
    yield ""
    yield from _dimensions(judged)


def days_part(
    rulebook: Rulebook,
    tables: Mapping[str, CandidateTable],
    purchases: Mapping[str, Purchase],
    day: date,
) -> Iterator[str]:
    """Yield what lists of later say of a day before them, and how decisions are dated."""
    yield "## When it was known"
    yield ""
    yield from prose(
        f"The same lists judged on {EARLIER.isoformat()}: what they learnt since must not count, "
        f"so that `{STATUS}` is unmet on no row by a status of later."
    )
    yield ""
    yield "| list | unmet on the day | unmet on that day before | unknown on that day before |"
    yield "|---|--:|--:|--:|"
    then, now = bind_guide(rulebook, EARLIER), bind_guide(rulebook, day)
    for name, table in tables.items():
        before = _outcomes(assess_table(table, then, purchases[name]), STATUS)
        after = _outcomes(assess_table(table, now, purchases[name]), STATUS)
        numbers = (after[Outcome.FAIL], before[Outcome.FAIL], before[Outcome.UNKNOWN])
        yield f"| `{name}` | {' | '.join(f'{n:,}' for n in numbers)} |"
    yield ""
    yield from _decisions(rulebook, day)


def _settled(result: BatchResult) -> Settled:
    counted: Counter[str] = Counter()
    for rule in result.outcomes.columns:
        counted.update(result.outcomes[rule].to_list())
    applying = sum(counted.values()) - counted[Outcome.NOT_APPLICABLE.value]
    asked: dict[int, set[str]] = {row: set() for row in result.rows["row"].to_list()}
    for row, field in result.missing.select("row", "field").iter_rows():
        asked[row].add(field)
    sizes = [len(fields) for fields in asked.values()] or [0]
    return Settled(
        Counter(result.rows["verdict"].to_list()),
        applying - counted[Outcome.UNKNOWN.value],
        applying,
        (min(sizes), median(sizes), max(sizes)),
        len(set(result.rows["integrity_working"].to_list())),
    )


def _dimensions(judged: Mapping[tuple[str, str], BatchResult]) -> Iterator[str]:
    """Yield how much weight of each dimension is settled under the first profile, by list."""
    if not judged:
        return
    first = next(iter(judged.values())).rows.columns
    names = [c.removesuffix("_total") for c in first if c.endswith("_total")]
    profile = next(iter(judged))[1]
    keys = [key for key in judged if key[1] == profile]
    yield f"Weight settled under {profile}, of what applies or may apply, by dimension:"
    yield ""
    yield f"| dimension | {' | '.join(f'`{name}`' for name, _ in keys)} |"
    yield "|---|" + "--:|" * len(keys)
    for name in names:
        shares = [_share(judged[key], name) for key in keys]
        if any(shares):
            yield f"| {name.replace('_', ' ')} | {' | '.join(shares)} |"
    yield ""


def _share(result: BatchResult, dimension: str) -> str:
    if f"{dimension}_total" not in result.rows.columns:
        return ""
    total = sum(result.rows[f"{dimension}_total"].to_list())
    settled = sum(result.rows[f"{dimension}_settled"].to_list())
    return f"{settled / total:.1%}" if total else ""


def _outcomes(result: BatchResult, rule: str) -> Counter[Outcome]:
    if rule not in result.outcomes.columns:
        return Counter()
    return Counter(map(Outcome, result.outcomes[rule].to_list()))


def _decisions(rulebook: Rulebook, day: date) -> Iterator[str]:
    rows = rows_in_force(rulebook, DECISIONS, day)
    standings = Counter(row.cells.get("day_standing", "") for row in rows)
    yield f"How the days of the {sum(standings.values()):,} rows of `{DECISIONS}` are known:"
    yield ""
    for standing, count in sorted(standings.items(), key=lambda item: (-item[1], item[0])):
        yield f"- {standing or 'not said'}: {count:,}"
    yield ""
