"""What each rule says of the rows of real lists: docs/coverage_lists.md."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.intake.tender.read import Tender
from offsetcheck.rulebook.binding.bind import bind_guide
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import RuleFile
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.workshop.coverage import files_of, of_candidates
from offsetcheck.workshop.markdown import command, prose

ANSWERED = (Outcome.PASS, Outcome.FAIL, Outcome.SCORED)
MAX_WAITED_FOR = 3  # facts named for each rule
SCREENING = "id"  # what rules on events wait for: that somebody looks, by the project's id


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What one rule says of the rows of a list, and the facts that its unknowns wait for most."""

    outcomes: Mapping[Outcome, int]
    waits_for: tuple[str, ...]

    @property
    def settled(self) -> int:
        """The rows that the rule passes, fails or scores."""
        return sum(self.outcomes.get(outcome, 0) for outcome in ANSWERED)

    @property
    def settles(self) -> bool:
        """Whether there is any such row."""
        return self.settled > 0


@dataclass(frozen=True, slots=True)
class ListCount:
    """All rules counted on one list; `digest` is the SHA-256 of its bytes."""

    name: str
    digest: str
    rows: int
    as_of: date
    rules: Mapping[str, RuleCount]


def count_rules(rulebook: Rulebook, tender: Tender, day: date, *, name: str) -> ListCount:
    """Judge every row of a list by all rules of the guide, optional ones too, on one day."""
    bound = bind_guide(rulebook, day)
    result = assess_table(tender.table, bound, tender.purchase)
    waits: dict[str, Counter[str]] = {}
    for rule, field in result.missing.select("rule", "field").iter_rows():
        waits.setdefault(rule, Counter())[field] += 1
    counted = {
        rule: RuleCount(
            Counter(map(Outcome, result.outcomes[rule].to_list())), _most(waits.get(rule))
        )
        for rule in result.outcomes.columns
    }
    return ListCount(name, tender.input_hash, len(tender.table), day, counted)


def lists_page(rulebook: Rulebook, counts: Sequence[ListCount]) -> str:
    """Return docs/coverage_lists.md; all counts are of one day.

    The first list is counted rule by rule, the others are asked where it is silent.
    """
    return "\n".join((*_page(rulebook, counts), ""))


def _most(waits: Counter[str] | None) -> tuple[str, ...]:
    ordered = sorted((waits or {}).items(), key=lambda item: (-item[1], item[0]))
    named = ("a screening" if field == SCREENING else f"`{field}`" for field, _ in ordered)
    return tuple(islice(named, MAX_WAITED_FOR))


def _page(rulebook: Rulebook, counts: Sequence[ListCount]) -> Iterator[str]:
    yield "# What the rules say of real lists"
    yield ""
    yield from prose(
        "This page rests on lists that do not travel with the rules. With them at hand it is made "
        "anew by"
    )
    yield ""
    lists = " ".join(f"--on {count.name}" for count in counts)
    day = counts[0].as_of.isoformat()
    yield from command(
        f"offsetcheck rules coverage {lists} --as-of {day} -o docs/coverage_lists.md --force"
    )
    yield ""
    yield from prose(
        "Rules that came since are not counted yet. Which criteria have a rule stands in "
        "[coverage.md](coverage.md)."
    )
    yield ""
    files = files_of(rulebook)
    yield from _on_list(files, counts[0])
    yield from _unsettled(files, counts)
    yield from _elsewhere_settled(files, counts)


def _on_list(files: Sequence[RuleFile], count: ListCount) -> Iterator[str]:
    yield "## Every rule on one list"
    yield ""
    yield from prose(
        f"`{count.name}`, {count.rows:,} rows, judged on {count.as_of.isoformat()} by the values "
        "of the guide alone, all optional rules adopted. A registry list holds no papers: what "
        "stays unknown here is what bidders are asked for. *Waits for* names the facts that are "
        "missing most often."
    )
    yield ""
    yield f"SHA-256 of the list: `{count.digest}`"
    yield ""
    yield "| rule | effect | met | unmet | scored | unknown | does not apply | waits for |"
    yield "|---|---|--:|--:|--:|--:|--:|---|"
    for file in of_candidates(files):
        yield _row(file, count.rules.get(file.id))
    yield ""


def _row(file: RuleFile, counted: RuleCount | None) -> str:
    effect = file.effect.replace("_", " ") + (", optional" if file.is_optional else "")
    if counted is None:
        return f"| `{file.id}` | {effect} | | | | | | not in force on this day |"
    numbers = [f"{counted.outcomes.get(outcome, 0):,}" for outcome in Outcome]
    waits = ", ".join(counted.waits_for)
    return f"| `{file.id}` | {effect} | {' | '.join(numbers)} | {waits} |"


def _unsettled(files: Sequence[RuleFile], counts: Sequence[ListCount]) -> Iterator[str]:
    yield "## Rules that no row settles"
    yield ""
    yield from prose(
        "For these the lists never hold the answer, or no row is of their kind; their own examples "
        "show that they work. " + _looked_at(counts)
    )
    yield ""
    for rule in _silent(files, counts[0]):
        if not _elsewhere(counts[1:], rule):
            yield f"- `{rule}`: {_why_unsettled(counts[0].rules[rule])}"
    yield ""


def _elsewhere_settled(files: Sequence[RuleFile], counts: Sequence[ListCount]) -> Iterator[str]:
    settled = {rule: _elsewhere(counts[1:], rule) for rule in _silent(files, counts[0])}
    if any(settled.values()):
        yield "## Rules that another list settles"
        yield ""
        for rule, names in settled.items():
            if names:
                yield f"- `{rule}`: {', '.join(names)}"
        yield ""


def _looked_at(counts: Sequence[ListCount]) -> str:
    named = ", ".join(f"`{count.name}` ({count.rows:,} rows)" for count in counts)
    return f"Looked at: {named}."


def _silent(files: Sequence[RuleFile], count: ListCount) -> list[str]:
    """Return the rules in force that no row of a list passes, fails or scores."""
    in_force = [file.id for file in of_candidates(files) if file.id in count.rules]
    return [rule for rule in in_force if not count.rules[rule].settles]


def _elsewhere(counts: Iterable[ListCount], rule: str) -> list[str]:
    """Return the lists that settle a rule, each with the rows that it settles."""
    return [
        f"`{count.name}` settles {count.rules[rule].settled:,} rows"
        for count in counts
        if rule in count.rules and count.rules[rule].settles
    ]


def _why_unsettled(counted: RuleCount) -> str:
    if not counted.outcomes.get(Outcome.UNKNOWN, 0):
        return "applies to no row"
    return f"waits for {', '.join(counted.waits_for)}" if counted.waits_for else "stays unknown"
