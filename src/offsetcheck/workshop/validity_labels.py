"""Agreement of the judgement with the labels that registries put on credits."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable
from offsetcheck.workshop.markdown import prose

LABELS = "labels"
# Which rules ask what a label says was found.
RULES_BY_LABEL = {
    "CCP": ("governance.icvcm_decision", "governance.core_carbon_approved"),
    "CORSIA_PILOT": ("governance.aviation_exclusions",),
    "CORSIA_P1": ("governance.aviation_programme", "governance.aviation_exclusions"),
    "CORSIA_P1_SCOPE": ("governance.aviation_programme", "governance.aviation_exclusions"),
}
SHOWN = (Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE)


def labels_part(
    guide: BoundRulebook,
    tables: Mapping[str, CandidateTable],
    purchases: Mapping[str, Purchase],
) -> Iterator[str]:
    """Yield how rules answer on rows with a label and on rows known to have none of that name.

    The labels are taken out of the list before it is judged, so that no rule reads its own answer.
    """
    yield "## Agreement with labels"
    yield ""
    yield from prose(
        "A label was given by somebody else. The rules judge here without seeing it. A row without "
        "the label was not turned down by that: nobody may have asked."
    )
    yield ""
    rows = [
        row
        for name, table in tables.items()
        for row in _of_list(guide, name, table, purchases[name])
    ]
    if rows:
        yield "| list | label | rows | rule | met | unmet | unknown | does not apply |"
        yield "|---|---|---|---|--:|--:|--:|--:|"
        yield from rows
    else:
        yield "No list names a label that a rule asks for."
    yield ""


def _of_list(
    guide: BoundRulebook, name: str, table: CandidateTable, purchase: Purchase
) -> Iterator[str]:
    column = table.columns.get(LABELS)
    if column is None:
        return
    unlabelled = {field: held for field, held in table.columns.items() if field != LABELS}
    outcomes = assess_table(replace(table, columns=unlabelled), guide, purchase).outcomes
    for label, rules in RULES_BY_LABEL.items():
        held = [_has(value, label) for value in column.values]
        if True not in held:
            continue
        for rule in (rule for rule in rules if rule in outcomes.columns):
            answers = outcomes[rule].to_list()
            for with_it in (True, False):
                chosen = [a for a, has in zip(answers, held, strict=True) if has is with_it]
                kind = "with the label" if with_it else "without"
                yield f"| `{name}` | {label} | {kind} | `{rule}` | {_counts(chosen)} |"


def _has(value: object, label: str) -> bool | None:
    """Return whether a row bears a label; None where its labels are not known."""
    return label in value if isinstance(value, tuple) else None


def _counts(answers: Sequence[str]) -> str:
    counted = Counter(map(Outcome, answers))
    return " | ".join(f"{counted[outcome]:,}" for outcome in SHOWN)
