"""The purchase's own rates of exchange, and the price of each offer in the purchase's currency."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from offsetcheck.intake.files.record_cells import cell_text
from offsetcheck.intake.forms import Day, Form, FormEntry, Written
from offsetcheck.intake.normalise.amounts import read_number
from offsetcheck.intake.normalise.currencies import read_currency
from offsetcheck.intake.tables.amend import stated
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.problem import Counted, Place, Problem, Severity, UnreadableError
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable, Column

RATES = "exchange_rates"
RATE, CURRENCY, PRICE = "exchange_rate", "currency", "price"
GRADE = EvidenceGrade.E1


def example(currency: object = "USD") -> str:
    """Return what to write for the rate of a currency."""
    entry = f"{currency}: {{rate: …, on: 2026-09-30, source: …}}"
    return f"write `{entry}` under `{RATES}:` of the purchase"


class StatedRate(FileModel):
    """How much of the purchase's currency one unit of another was, on which day, by whom."""

    rate: Any
    on: Day
    source: Written


def read_rates(form: Form, own: Value | None) -> dict[str, Fact]:
    """Return the rates of a purchase by currency; an entry with a problem does not count.

    `own` is the purchase's currency. A rate counts from its day on.
    """
    data = form.document.data.get(RATES)
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        form.problems.at_value(
            form.document, (RATES,), "a rate for each currency is needed", example()
        )
        return {}
    if own is None:
        message = "the rates turn prices into the purchase's currency, which is not stated"
        form.problems.at_key(form.document, (RATES,), message, "write `currency: EUR`")
    found: dict[str, Fact] = {}
    for word, item in data.items():
        code = _code(form, (RATES, word), own)
        said = form.read(StatedRate, item, (RATES, word))
        if code is not None and said is not None:
            fact = _rate(FormEntry(form, (RATES, word), said))
            found |= {code: fact} if fact is not None else {}
    return found


def with_rates(table: CandidateTable, purchase: Purchase, dictionary: Dictionary) -> CandidateTable:
    """Return offers with the rate from each one's currency to the purchase's; see `exchange_rate`.

    It is 1 where the two are one, unknown where the purchase states none, whatever an offer says
    of it. A currency without a rate is a warning.
    """
    if RATE not in dictionary.candidate or not {PRICE, RATE} & table.columns.keys():
        return table
    facts = [_fact(stated(table, CURRENCY, row), purchase) for row in range(len(table))]
    column = Column(
        [fact.value for fact in facts],
        GRADE,
        [fact.cause for fact in facts],
        full=dict(enumerate(facts)),
    )
    open_ = _without_rate(table, facts) if purchase.value(CURRENCY) is not None else ()
    problems = [*_claimed(table), *open_]
    columns = {**table.columns, RATE: column}
    return replace(table, columns=columns, problems=[*table.problems, *problems])


def _code(form: Form, steps: Steps, own: Value | None) -> str | None:
    try:
        code = read_currency(str(steps[-1]))
    except UnreadableError as why:
        form.problems.at_key(form.document, steps, why.reason, why.hint)
        return None
    if code is not None and code == own:
        message = f"{code} is the purchase's own currency and needs no rate"
        form.problems.at_key(form.document, steps, message, "leave it out")
        return None
    return code


def _rate(entry: FormEntry[StatedRate]) -> Fact | None:
    text = cell_text(entry.said.rate)
    try:
        rate = read_number(text)
    except UnreadableError as why:
        entry.report("rate", why.reason, why.hint)
        return None
    if rate is None or rate <= 0:
        entry.report(
            "rate", f"a rate is a number above zero, not `{text}`", example(entry.steps[-1])
        )
        return None
    said, place = entry.said, entry.place("rate")
    return Fact(rate, GRADE, raw=text, place=place, source=said.source, as_of=said.on)


def _fact(currency: Fact, purchase: Purchase) -> Fact:
    own = purchase.value(CURRENCY)
    if currency.value is None or own is None:
        return Fact(None, GRADE, Cause.NOT_STATED)
    if currency.value == own:
        return Fact(1.0, GRADE, source="the offer is in the currency of the purchase")
    return purchase.rates.get(str(currency.value), Fact(None, GRADE, Cause.NOT_STATED))


def _claimed(table: CandidateTable) -> Iterator[Problem]:
    """Warn where an offer states a rate: it is not the seller who says what money is worth."""
    rows = [row for row in range(len(table)) if stated(table, RATE, row).value is not None]
    if rows:
        message = "an offer's own rate of exchange does not count; the purchase's does"
        place, once = _place(table, rows[0], RATE), Counted(message, 1, message)
        yield Problem(message, place, example(), Severity.WARNING, counted=once)


def _without_rate(table: CandidateTable, facts: list[Fact]) -> Iterator[Problem]:
    rows: dict[Value, int] = {}
    for row, fact in enumerate(facts):
        currency = stated(table, CURRENCY, row).value
        if currency is None or fact.value is not None:
            continue
        if stated(table, PRICE, row).value is not None:
            rows.setdefault(currency, row)
    for currency, row in rows.items():
        message = f"a price is in {currency}, for which the purchase states no rate; "
        message += "what compares prices stays open"
        place, once = _place(table, row, CURRENCY), Counted(message, 1, message)
        yield Problem(message, place, example(currency), Severity.WARNING, counted=once)


def _place(table: CandidateTable, row: int, name: str) -> Place:
    return stated(table, name, row).place or Place(table.file, table.lines[row], sheet=table.sheet)
