"""What the form of a purchase shows: its fields in groups, each with words, choices and value."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from offsetcheck import Rulebook
from offsetcheck.api.web_page import say
from offsetcheck.vocabulary.award_terms import CompareOn, Lots, PricePoints
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.start import StartField, TenderStart
from offsetcheck.web.purchase.values import (
    AWARD,
    AWARD_GROUPS,
    AWARD_OFFERS,
    FALSE,
    HASH,
    LISTS,
    PAPER,
    RATES,
    REGISTRY,
    TABLES,
    TRUE,
    AwardKey,
    Values,
    rows_in,
)
from offsetcheck.web.visit import Shown

Words = Mapping[str, str]
Choice = tuple[str, str]
SPARE_ROWS = 2
NUMBERS = frozenset({FieldType.NUMBER, FieldType.INTEGER})
WRITTEN = NUMBERS | {FieldType.DATE}
"""The types of which it is said how they are written."""
GRADES = "ABCDE"
CITY = "city"


class Kind(StrEnum):
    """How a value is filled in."""

    TEXT = "text"
    NUMBER = "number"
    LONG = "long"
    CHOICE = "choice"
    TICKS = "ticks"


class Input(Shown):
    """One value of the form; `paper` are the inputs of the paper behind it.

    `needed` says that it stands empty and something rests on it, `unit` stands behind the box.
    """

    name: str
    label: str
    kind: Kind
    value: str = ""
    values: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    why: str = ""
    unit: str = ""
    needed: bool = False
    paper: "tuple[Input, ...]" = ()
    has_paper: bool = False


class Table(Shown):
    """Rows of which the first column names what the others say something of."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Input, ...], ...]


class Part(Shown):
    """One part of the form; `folded` where most purchases need nothing of it."""

    name: str
    title: str
    intro: str
    inputs: tuple[Input, ...] = ()
    table: Table | None = None
    folded: bool = False
    stated: int = 0


@dataclass(frozen=True, slots=True)
class Making:
    """What a form is made from: the words of its fields, the rulebook, texts and values.

    `cities` are those that may be chosen, `files` the names that a registry's list may have.
    """

    start: TenderStart
    rulebook: Rulebook
    words: Words
    values: Values
    cities: Sequence[Choice]
    files: Sequence[str] = ()

    def own(self, key: str, **values: object) -> str:
        """Return a sentence of this page."""
        return say(self.words, f"web_purchase.{key}", **values)

    def title(self, part: str) -> str:
        """Return the heading of a part of this page."""
        return self.own(f"part.{part}")

    def value(self, name: str) -> str:
        """Return what a value is now."""
        return self.values.get(name, "")


def parts_of(making: Making) -> tuple[Part, ...]:
    """Return the parts of the form of a purchase, every key of the file in one of them."""
    start, texts = making.start, making.words
    shown = (
        Part(name="itself", title=making.title("itself"), intro=making.own("itself_intro"),
             inputs=tuple(_fields(start.itself, making))),
        Part(name="asked", title=making.title("asked"), intro=making.own("asked_intro"),
             inputs=tuple(_fields(start.asked, making))),
        Part(name=RATES, title=making.title("rates"), intro=texts["start.purchase.rates"],
             table=_table(RATES, making), folded=True),
        Part(name=REGISTRY, title=making.title("registry"),
             intro=texts["start.purchase.registry"], inputs=(_registry(making),), folded=True),
        Part(name=AWARD, title=making.title("award"), intro=texts["start.purchase.award"],
             inputs=tuple(_award(making)), table=_table(AWARD_OFFERS, making), folded=True),
        Part(name="spare", title=making.title("spare"), intro=making.own("spare_intro"),
             inputs=(*_fields(start.spare, making), _hash(making)), folded=True),
    )  # fmt: skip
    return tuple(one.model_copy(update={"stated": _stated(one)}) for one in shown)


def _stated(part: Part) -> int:
    rows = part.table.rows if part.table else ()
    filled = sum(any(cell.value for cell in row) for row in rows)
    return filled + sum(bool(one.value or one.values) for one in part.inputs)


def _fields(fields: Iterable[StartField], making: Making) -> Iterator[Input]:
    for said in fields:
        field = making.rulebook.dictionary.purchase[said.name]
        value = making.value(said.name)
        several = field.type in LISTS
        values = tuple(part.strip() for part in value.split(";") if part.strip()) if several else ()
        choices = _choices(said, field, making, values or ((value,) if value else ()))
        paper = tuple(_paper(said.name, part, making) for part in PAPER)
        yield Input(
            name=said.name,
            label=said.title,
            kind=_kind(field, choices),
            value="" if several else value,
            values=values,
            choices=choices,
            hint=_hint(said, field, making),
            why=said.rules or "",
            unit=_unit(field, making),
            needed=not value and said.needed,
            paper=paper,
            has_paper=any(one.value for one in paper),
        )


def _hint(said: StartField, field: Field, making: Making) -> str:
    """Return the question, the note and how it is written, where that does not show by itself."""
    note = making.own("city_hint") if said.name == CITY else said.note
    form = said.form if field.type in WRITTEN else ""
    return " ".join(part for part in (said.question, note, form) if part)


def _kind(field: Field, choices: Sequence[Choice]) -> Kind:
    if choices:
        return Kind.TICKS if field.type in LISTS else Kind.CHOICE
    return Kind.NUMBER if field.type in NUMBERS else Kind.TEXT


def _unit(field: Field, making: Making) -> str:
    if field.name == "budget":
        return making.value("currency")
    return "t CO₂e" if field.unit == "tCO2e" else ""


def _choices(
    said: StartField, field: Field, making: Making, values: Sequence[str]
) -> tuple[Choice, ...]:
    """Return what may be chosen; a value of the file that is none of them stays to be seen."""
    if said.name == CITY:
        known: Sequence[Choice] = making.cities
    elif field.type is FieldType.BOOLEAN:
        known = ((TRUE, making.own("yes")), (FALSE, making.own("no")))
    else:
        known = tuple((word.id, word.title) for word in said.words)
    codes = {code for code, _ in known}
    strange = tuple((value, value) for value in values if value not in codes)
    return (*known, *strange) if known else ()


def _paper(name: str, part: str, making: Making) -> Input:
    own = f"{name}.{part}"
    return Input(
        name=own, label=making.own(f"paper.{part}"), kind=Kind.TEXT, value=making.value(own)
    )


def _registry(making: Making) -> Input:
    listed = ", ".join(making.files)
    hint = making.own("registry_hint") + (
        f" {making.own('registry_files', files=listed)}" if listed else ""
    )
    return Input(
        name=REGISTRY, label=making.own("registry_lists"), kind=Kind.LONG,
        value=making.value(REGISTRY), hint=hint,
    )  # fmt: skip


def _hash(making: Making) -> Input:
    return Input(
        name=HASH, label=making.own("rules_hash"), kind=Kind.TEXT, value=making.value(HASH),
        hint=making.own("rules_hash_hint"),
    )  # fmt: skip


CHOICES: Mapping[AwardKey, tuple[str, ...]] = {
    AwardKey.LOTS: tuple(Lots),
    AwardKey.MIN_GRADE: tuple(GRADES),
    AwardKey.PRICE_POINTS: tuple(PricePoints),
    AwardKey.COMPARE_ON: tuple(CompareOn),
}


def _award(making: Making) -> Iterator[Input]:
    for key in AwardKey:
        name = f"{AWARD}.{key}"
        value = making.value(name)
        codes = CHOICES.get(key, ())
        known = tuple((c, making.own(f"{name}_{c}") if len(c) > 1 else c) for c in codes)
        strange = ((value, value),) if codes and value and value not in codes else ()
        yield Input(
            name=name, label=making.own(f"{name}.label"), hint=making.own(f"{name}.hint"),
            kind=Kind.CHOICE if codes else Kind.NUMBER, value=value, choices=(*known, *strange),
        )  # fmt: skip
    for key_of_group, parts in AWARD_GROUPS.items():
        for part in parts:
            name = f"{AWARD}.{key_of_group}.{part}"
            yield Input(
                name=name, label=making.own(f"{AWARD}.{key_of_group}_{part}"), kind=Kind.NUMBER,
                value=making.value(name), hint=making.own(f"{AWARD}.{key_of_group}_hint"),
            )  # fmt: skip


def _table(name: str, making: Making) -> Table:
    filled = rows_in(making.value(name))
    columns = TABLES[name]
    labels = tuple(making.own(f"table.{column}") for column in columns)
    rows = [*filled, *([""] * len(columns) for _ in range(SPARE_ROWS))]
    return Table(
        name=name,
        columns=labels,
        rows=tuple(
            tuple(
                Input(
                    name=f"{name}.{number}.{column}",
                    label=f"{label} {number + 1}",
                    kind=Kind.TEXT,
                    value=value,
                )
                for column, label, value in zip(columns, labels, row, strict=True)
            )
            for number, row in enumerate(rows)
        ),
    )
