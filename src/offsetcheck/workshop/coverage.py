"""Which criteria the rules carry, and what each rule says of a real list, as a Markdown page."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.intake.tender import Tender
from offsetcheck.rulebook.binding.bind import bind_guide
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import RuleFile
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.finding import Effect, Outcome
from offsetcheck.workshop.catalogue import Catalogue, carried

ANSWERED = (Outcome.PASS, Outcome.FAIL, Outcome.SCORED)
WAITED_FOR = 3  # facts named for each rule
SCREENING = "id"  # what rules on events wait for: that somebody looks, by the project's id
WIDTH = 118
CRITERIA, ON_LIST, UNSETTLED = "Criteria", "Rules on a real list", "Rules that no row settles"
OTHER_LISTS = "Rules that another list settles"
NOT_ON_LISTS = "Rules that a list says nothing of"


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
    pairs = zip(result.missing["rule"].to_list(), result.missing["field"].to_list(), strict=True)
    for rule, field in pairs:
        waits.setdefault(rule, Counter())[field] += 1
    counted = {
        rule: RuleCount(
            Counter(map(Outcome, result.outcomes[rule].to_list())), _most(waits.get(rule))
        )
        for rule in result.outcomes.columns
    }
    return ListCount(name, tender.input_hash, len(tender.table), day, counted)


def coverage_page(rulebook: Rulebook, catalogue: Catalogue, counts: Sequence[ListCount]) -> str:
    """Return docs/coverage.md: the first list counted rule by rule, the others where it is silent.

    All counts are of one day.
    """
    return "\n".join((*_page(rulebook, catalogue, counts), ""))


def criteria_part(rulebook: Rulebook, catalogue: Catalogue) -> str:
    """Return the part of the page that rests on no list: criteria, their rules and reasons."""
    return "\n".join(_criteria(catalogue, _files(rulebook)))


def _most(waits: Counter[str] | None) -> tuple[str, ...]:
    ordered = sorted((waits or {}).items(), key=lambda item: (-item[1], item[0]))
    named = ("a screening" if field == SCREENING else f"`{field}`" for field, _ in ordered)
    return tuple(islice(named, WAITED_FOR))


def _files(rulebook: Rulebook) -> tuple[RuleFile, ...]:
    return tuple(rule.file for rule in rulebook.rules.values())


def _page(rulebook: Rulebook, catalogue: Catalogue, counts: Sequence[ListCount]) -> Iterator[str]:
    files = _files(rulebook)
    optional = sum(file.is_optional for file in files)
    yield "# What the rules cover"
    yield ""
    yield from _prose(
        f"The rulebook has {len(files):,} rules: {len(files) - optional:,} for every city, "
        f"{_default_gates(files):,} of them gates on a candidate, and {optional:,} that a city or "
        "a standard adopts. This page is made by"
    )
    yield ""
    lists = " ".join(f"--on {count.name}" for count in counts)
    command = f"offsetcheck rules coverage {lists}"
    yield from textwrap.wrap(
        f"{command} --as-of {counts[0].as_of.isoformat()} -o docs/coverage.md --force",
        WIDTH,
        initial_indent="    ",
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield ""
    yield from _prose(
        "from the rules and from `rules/catalogue.yaml`, which lists the criteria and says why "
        "some of them have no rule. Change those, not this page."
    )
    yield ""
    yield from _criteria(catalogue, files)
    yield from _on_list(files, counts[0])
    yield from _unsettled(files, counts)
    yield from _not_on_lists(files)
    yield from _notes(catalogue)


def _default_gates(files: Iterable[RuleFile]) -> int:
    default = (file for file in _of_candidates(files) if not file.is_optional)
    return sum(file.effect == Effect.GATE.value for file in default)


def _criteria(catalogue: Catalogue, files: Sequence[RuleFile]) -> Iterator[str]:
    found = carried(catalogue, files)
    optional = {file.id for file in files if file.is_optional}
    total = len(catalogue.criteria)
    without = sum(code not in found.rules for code in catalogue.criteria)
    yield f"## {CRITERIA}"
    yield ""
    yield from _prose(
        f"{total - without:,} of {total:,} criteria are carried by rules. *Optional* rules bind "
        "whoever adopts them."
    )
    yield ""
    for name, family in catalogue.families.items():
        yield f"### {name}: {family.title}"
        yield ""
        yield "| code | criterion | rules, or why there is none |"
        yield "|---|---|---|"
        for code, criterion in family.criteria.items():
            rules = ", ".join(_named(rule, optional) for rule in found.rules.get(code, ()))
            said = rules or f"*No rule.* {_cell(criterion.why_no_rule or '')}"
            yield f"| {code} | {_cell(criterion.title)} | {said} |"
        yield ""
    if found.others:
        yield "### Rules beside the catalogue"
        yield ""
        listed = ", ".join(_named(rule, optional) for rule in found.others)
        yield from _prose(f"These stand for none of the criteria above: {listed}.")
        yield ""


def _named(rule: str, optional: set[str]) -> str:
    return f"`{rule}`{' (optional)' if rule in optional else ''}"


def _on_list(files: Sequence[RuleFile], count: ListCount) -> Iterator[str]:
    yield f"## {ON_LIST}"
    yield ""
    yield from _prose(
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
    for file in _of_candidates(files):
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
    yield f"## {UNSETTLED}"
    yield ""
    yield from _prose(
        "For these the lists never hold the answer, or no row is of their kind; their own examples "
        "show that they work. " + _looked_at(counts)
    )
    yield ""
    silent = [file.id for file in _of_candidates(files) if _is_silent(counts[0], file.id)]
    for rule in silent:
        if not _elsewhere(counts[1:], rule):
            yield f"- `{rule}`: {_why_unsettled(counts[0].rules[rule])}"
    yield ""
    settled = {rule: _elsewhere(counts[1:], rule) for rule in silent}
    if any(settled.values()):
        yield f"## {OTHER_LISTS}"
        yield ""
        for rule, names in settled.items():
            if names:
                yield f"- `{rule}`: {', '.join(names)}"
        yield ""


def _looked_at(counts: Sequence[ListCount]) -> str:
    named = ", ".join(f"`{count.name}` ({count.rows:,} rows)" for count in counts)
    return f"Looked at: {named}."


def _is_silent(count: ListCount, rule: str) -> bool:
    return rule in count.rules and not count.rules[rule].settles


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


def _not_on_lists(files: Sequence[RuleFile]) -> Iterator[str]:
    yield f"## {NOT_ON_LISTS}"
    yield ""
    yield from _prose(
        "They judge the purchase, or all that may be bought together; tenders and their own "
        "examples show them."
    )
    yield ""
    for file in sorted(files, key=lambda file: (file.subject, file.id)):
        if file.subject != Subject.CANDIDATE.value:
            mark = ", optional" if file.is_optional else ""
            yield f"- `{file.id}` ({file.subject}{mark}): {_cell(file.title)}"
    yield ""


def _notes(catalogue: Catalogue) -> Iterator[str]:
    if not catalogue.notes:
        return
    yield "## Notes"
    yield ""
    for note in catalogue.notes:
        yield from _prose(f"- **{note.title}.** {note.text}", "  ")


def _of_candidates(files: Iterable[RuleFile]) -> list[RuleFile]:
    of_candidates = [file for file in files if file.subject == Subject.CANDIDATE.value]
    return sorted(of_candidates, key=lambda file: file.id)


def _cell(text: str) -> str:
    """Return a text that cannot break out of a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def _prose(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
