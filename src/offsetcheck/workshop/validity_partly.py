"""What lists know in part only, and what rules make of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.engine.plan import plan_for
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.finding import Effect, Outcome
from offsetcheck.vocabulary.table import CandidateTable
from offsetcheck.workshop.markdown import prose

TYPE = "project_type"
BARRING = frozenset({Effect.GATE, Effect.REVIEW, Effect.CAP})


def partly_part(
    dictionary: Dictionary,
    tables: Mapping[str, CandidateTable],
    judged: Mapping[tuple[str, str], BatchResult],
    profiles: Mapping[str, BoundRulebook],
) -> Iterator[str]:
    """Yield how much of each identity field is known, and what gates say of broad types."""
    yield "## Known in part"
    yield ""
    yield from prose(
        "A broad term or a cell with two entries is one of several values: a rule that they answer "
        "differently asks, and neither fails nor passes over the row."
    )
    yield ""
    identity = [name for name, field in dictionary.candidate.items() if field.identity]
    yield "| list | field | known | in part | not stated |"
    yield "|---|---|--:|--:|--:|"
    for name, table in tables.items():
        for field in (field for field in identity if field in table.columns):
            known, partly, blank = _known(table, field, dictionary)
            yield f"| `{name}` | `{field}` | {known:,} | {partly:,} | {blank:,} |"
    yield ""
    yield from _broad_types(dictionary, tables, judged, profiles)


def rows_in_part(table: CandidateTable, field: str, dictionary: Dictionary) -> list[int]:
    """Return the rows that know a field in part: by possible values, or by a code that covers."""
    column = table.columns.get(field)
    if column is None:
        return []
    broad = {code for code, said in dictionary.candidate[field].codes.items() if said.covers}
    return [
        row
        for row, value in enumerate(column.values)
        if (row in column.full and column.full[row].possible)
        or (isinstance(value, str) and value in broad)
    ]


def _known(table: CandidateTable, field: str, dictionary: Dictionary) -> tuple[int, int, int]:
    partly = set(rows_in_part(table, field, dictionary))
    column = table.columns[field]
    known = sum(
        row not in partly
        and (column.full[row].value if row in column.full else column.values[row]) is not None
        for row in range(len(table))
    )
    return known, len(partly), len(table) - known - len(partly)


def _broad_types(
    dictionary: Dictionary,
    tables: Mapping[str, CandidateTable],
    judged: Mapping[tuple[str, str], BatchResult],
    profiles: Mapping[str, BoundRulebook],
) -> Iterator[str]:
    if not any(rows_in_part(table, TYPE, dictionary) for table in tables.values()):
        return
    shown = (Outcome.PASS, Outcome.FAIL, Outcome.SCORED, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE)
    yield "Gates, reviews and caps that read the type, on rows whose type is known in part:"
    yield ""
    heads = " | ".join(outcome.value.replace("_", " ") for outcome in shown)
    yield f"| list | profile | rule | {heads} |"
    yield "|---|---|---|" + "--:|" * len(shown)
    for (name, profile), result in judged.items():
        rows = rows_in_part(tables[name], TYPE, dictionary)
        for rule in _reading_type(profiles[profile]) if rows else ():
            counted = _counted(result, rule, rows)
            numbers = " | ".join(f"{counted[outcome]:,}" for outcome in shown)
            yield f"| `{name}` | {profile} | `{rule}` | {numbers} |"
    yield ""


def _reading_type(bound: BoundRulebook) -> list[str]:
    readers = plan_for(bound).readers.get(TYPE, frozenset())
    return sorted(rule for rule in readers if bound.rules[rule].effect in BARRING)


def _counted(result: BatchResult, rule: str, rows: Sequence[int]) -> Counter[Outcome]:
    answers = result.outcomes[rule].to_list()
    return Counter(Outcome(answers[row]) for row in rows)
