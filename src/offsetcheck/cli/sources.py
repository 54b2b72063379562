"""What a rulebook cites, as lines of text for a terminal and as plain data."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from offsetcheck.rulebook.binding.bound import BoundRulebook, Guide
from offsetcheck.workshop.sources import Basis, CityBasis, ClauseUse, GuideUse, Kind, Number

WIDTH = 100
WORDS = {
    Basis.READ: "read",
    Basis.READ_SECOND_HAND: "second-hand",
    Basis.KNOWN: "known",
    Basis.DESIGN: "our own",
    Basis.UNDECIDED: "undecided",
}
KINDS = {
    Kind.RULE: "rules",
    Kind.NUMBER: "numbers",
    Kind.TABLE: "tables",
    Kind.POLICY: "policies",
    Kind.SCHEME: "scheme",
}
LONGEST = 60  # signs of a list that stands as a number


def source_lines(
    guides: Sequence[GuideUse], bound: BoundRulebook | None, basis: CityBasis | None
) -> Iterator[str]:
    """Yield each guide with its clauses, then what the city's verdicts rest on."""
    for use in guides:
        if use.clauses:
            yield from _guide(use)
    unused = [use.guide.id for use in guides if not use.clauses]
    if unused and bound is None:
        yield from _wrapped(f"nothing in force cites: {', '.join(unused)}", "")
        yield ""
    if bound is not None and basis is not None:
        yield from _city(bound, basis)


def source_data(
    guides: Sequence[GuideUse], day: date, bound: BoundRulebook | None, basis: CityBasis | None
) -> dict[str, Any]:
    """Return the same as plain data: `as_of`, `guides`, and `city` where one was named."""
    data: dict[str, Any] = {"as_of": day.isoformat(), "guides": [_guide_data(g) for g in guides]}
    if bound is not None and basis is not None:
        data["city"] = {
            "id": bound.city.id,
            "rules": {
                effect.value: {one.value: counts.get(one, 0) for one in Basis}
                for effect, counts in basis.rules.items()
            },
            "numbers": {one.value: basis.counts.get(one, 0) for one in Basis},
            "design_numbers": [_number_data(n) for n in basis.resting_on(Basis.DESIGN)],
            "undecided_numbers": [_number_data(n) for n in basis.resting_on(Basis.UNDECIDED)],
        }
    return data


def _guide(use: GuideUse) -> Iterator[str]:
    guide = use.guide
    yield from _wrapped(f"{guide.title} [{guide.id}]", "")
    about = [guide.publisher, f"edition {guide.edition}" if guide.edition else None, guide.date]
    yield from _wrapped("; ".join(part for part in (*about, guide.url) if part), "  ")
    for clause in use.clauses:
        yield from _wrapped(f"{clause.clause or 'as a whole'} ({clause.standing.value})", "  ")
        for kind, names in clause.cited_by.items():
            yield from _wrapped(f"{KINDS[kind]}: {', '.join(names)}", "    ")
    yield ""


def _city(bound: BoundRulebook, basis: CityBasis) -> Iterator[str]:
    yield f"{bound.city.name['en']}, {bound.as_of.isoformat()}: what its verdicts rest on"
    yield f"{'':22}" + "".join(f"{WORDS[one]:>13}" for one in Basis)
    for effect, counts in basis.rules.items():
        yield _counted(f"rules, {effect.value.replace('_', ' ')}", counts)
    yield _counted("numbers", basis.counts)
    yield ""
    yield from _wrapped(_share(basis), "")
    yield "A rule counts at its weakest point. Notes decide nothing and are not counted."
    for title, one in (
        ("numbers of our own design", Basis.DESIGN),
        ("numbers that the city has not decided", Basis.UNDECIDED),
    ):
        numbers = basis.resting_on(one)
        if numbers:
            yield ""
            yield title
            for number in numbers:
                yield from _wrapped(_number(number), "  ")
    yield ""
    yield from _wrapped(
        "Our own too: the points of scales, weights, ceilings and the cuts between grades, which "
        "guide.yaml and the rules give without a guide.",
        "",
    )


def _share(basis: CityBasis) -> str:
    rules = sum(sum(counts.values()) for counts in basis.rules.values())
    own = sum(counts.get(Basis.DESIGN, 0) for counts in basis.rules.values())
    numbers, of_own = len(basis.numbers), basis.counts.get(Basis.DESIGN, 0)
    return (
        f"{own:,} of {rules:,} rules that decide, and {of_own:,} of {numbers:,} numbers in them, "
        "rest on our own design."
    )


def _counted(label: str, counts: Any) -> str:
    return f"{label:22}" + "".join(f"{counts.get(one, 0):13,}" for one in Basis)


def _number(number: Number) -> str:
    value = _value(number.value)
    shown = value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
    unit = f" {number.unit}" if number.unit and number.value is not None else ""
    layer = "" if number.layer == "guide" else f", set by {number.layer}"
    return f"{number.rule}.{number.name} = {shown}{unit}{layer}"


def _value(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, tuple):
        return ", ".join(_value(item) for item in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _guide_data(use: GuideUse) -> dict[str, Any]:
    guide = use.guide
    return {**_about(guide), "clauses": [_clause_data(clause) for clause in use.clauses]}


def _about(guide: Guide) -> dict[str, Any]:
    return {
        "id": guide.id,
        "title": guide.title,
        "publisher": guide.publisher,
        "edition": guide.edition,
        "date": guide.date,
        "url": guide.url,
        "licence": guide.licence,
    }


def _clause_data(clause: ClauseUse) -> dict[str, Any]:
    cited = {KINDS[kind]: list(names) for kind, names in clause.cited_by.items()}
    return {"clause": clause.clause or None, "standing": clause.standing.value, **cited}


def _number_data(number: Number) -> dict[str, Any]:
    value = number.value
    if isinstance(value, tuple):
        value = list(value)
    if isinstance(value, date):
        value = value.isoformat()
    return {
        "rule": number.rule,
        "number": number.name,
        "value": value,
        "unit": number.unit,
        "layer": number.layer,
    }


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
