"""What came of a run: tables by kind and dimension, untold mistakes, what would tell them."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from offsetcheck.workshop.mutation.asserting import Assertion
from offsetcheck.workshop.mutation.mutant import Kind, Mutant
from offsetcheck.workshop.mutation.offering import Offer
from offsetcheck.workshop.mutation.run import Fate, MutationRun, Offered, Tried, share_of
from offsetcheck.workshop.mutation.writing import lines_of

HEADINGS = ("mistakes", "told", "untold", "with a reason", "no mistake", "told of 100")
ALL = "all"


def text_of(run: MutationRun) -> str:
    """Return a run for the terminal: table, untold mistakes at their places, what is offered."""
    rows = [("", *HEADINGS), *_rows(run.tried, lambda one: one.mutant.kind.value)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_aligned(row, widths) for row in rows]
    lines += ["", *map(_untold_line, run.untold)] if run.untold else []
    for offered in run.offered:
        lines += ["", *_offered_lines(offered)]
    lines += ["", *map(str, run.overtaken)] if run.overtaken else []
    return "\n".join(lines) + "\n"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *numbers = row
    cells = (number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
    return "  ".join((first.ljust(widths[0]), *cells)).rstrip()


def _untold_line(one: Tried) -> str:
    mutant = one.mutant
    said = f"{mutant.place}: no example tells {mutant.part}: {mutant.before} → {mutant.after}"
    return f"{said}\n    {one.by}" if one.by else said


def _offered_lines(offered: Offered) -> Iterator[str]:
    if offered.examples:
        yield f"{offered.rule}: under tests:"
    for offer in offered.examples:
        yield from (f"  # tells {mutant.what}" for mutant in offer.tells)
        yield from lines_of(offer.example)
    for one in offered.assertions:
        yield f"{offered.rule}: in the example “{one.name}”:"
        yield from (f"  # tells {mutant.what}" for mutant in one.tells)
        yield f"    {one.key}: {one.value}"


def _rows(tried: Iterable[Tried], of: Callable[[Tried], str]) -> Iterator[tuple[str, ...]]:
    """Yield a row of counts for each group, then one for all."""
    groups: dict[str, list[Tried]] = {}
    for one in tried:
        groups.setdefault(of(one), []).append(one)
    order = {kind.value: place for place, kind in enumerate(Kind)}
    for name in sorted(groups, key=lambda name: (order.get(name, 0), name)):
        yield (name, *_counts(groups[name]))
    if len(groups) > 1:
        yield (ALL, *_counts([one for found in groups.values() for one in found]))


def _counts(tried: Sequence[Tried]) -> tuple[str, ...]:
    of = {fate: sum(one.fate is fate for one in tried) for fate in Fate}
    counted = len(tried) - of[Fate.SAME]
    share = f"{100 * of[Fate.TOLD] / counted:.1f}" if counted else "-"
    untold = of[Fate.UNTOLD] + of[Fate.REASONED]
    numbers = (len(tried), of[Fate.TOLD], untold, of[Fate.REASONED], of[Fate.SAME])
    return (*(f"{number:,}" for number in numbers), share)


def json_of(run: MutationRun) -> str:
    """Return a run as JSON: every mistake with its fate, and every offer."""
    made = {
        "told_of_100": round(share_of(run.inside), 1),
        "told_of_100_outside_of_rules": round(share_of(run.outside), 1),
        "mistakes": [_mistake(one) for one in run.tried],
        "offered": [offer for offered in run.offered for offer in _offers(offered)],
        "overtaken": [str(problem) for problem in run.overtaken],
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _mistake(one: Tried) -> dict[str, Any]:
    return {**_named(one.mutant), "fate": one.fate.value, "by": one.by}


def _named(mutant: Mutant) -> dict[str, Any]:
    return {
        "kind": mutant.kind.value,
        "of": mutant.owner,
        "mistake": mutant.what,
        "file": mutant.place.file,
        "line": mutant.place.line,
        "column": mutant.place.column,
    }


def _offers(offered: Offered) -> Iterator[dict[str, Any]]:
    for offer in offered.examples:
        yield _offer(offer)
    for one in offered.assertions:
        yield _assertion(one)


def _offer(offer: Offer) -> dict[str, Any]:
    yaml = "\n".join(lines_of(offer.example)) + "\n"
    return {"rule": offer.rule, "example": yaml, "tells": [one.what for one in offer.tells]}


def _assertion(one: Assertion) -> dict[str, Any]:
    tells = [mutant.what for mutant in one.tells]
    return {"rule": one.rule, "in": one.name, one.key: one.value, "tells": tells}


def markdown_of(run: MutationRun) -> str:
    """Return the page docs/mutation.md: tables by kind and dimension, survivors with reasons."""
    inside, outside = run.inside, run.outside
    lines = [*INTRODUCTION, "", "## In rules, by kind", ""]
    lines += _table(_rows(inside, lambda one: one.mutant.kind.value))
    lines += ["", "## In rules, by dimension", ""]
    lines += _table(_rows(inside, lambda one: one.mutant.group))
    if outside:
        lines += ["", "## Outside of rules", "", *OUTSIDE_SAID, ""]
        lines += _table(_rows(outside, lambda one: one.mutant.kind.value))
    lines += ["", "## Untold, in rules", "", *_survivors(inside)]
    if outside:
        ours = [one for one in outside if one.mutant.kind is not Kind.CITY]
        lines += ["", "## Untold, in the guide and in decisions", "", *_survivors(ours)]
        cities = [one for one in outside if one.mutant.kind is Kind.CITY]
        lines += ["", "## Values of cities, by file", ""]
        lines += _table(_rows(cities, lambda one: f"`{one.mutant.owner}`"))
    return "\n".join(lines) + "\n"


INTRODUCTION = (
    "# Do the examples tell a mistake?",
    "",
    "One mistake at a time is made in the rulebook: a threshold a step off, `<` for `<=`, an",
    "operand left out, an entry of a list left out, a grade of evidence up or down, another cap. A",
    "mistake is told where an example of the rule, or a scenario, comes out differently. What a",
    "solver proves to say the same, or `rules/survivors.yaml` explains to, is no mistake and does",
    "not count. Steps of comparable tonnes are tried with rules: their inputs, formulae and the",
    "numbers of their choices.",
    "",
    "This page is made by `make mutate`. `offsetcheck rules mutate RULE` says the same of one rule",
    "and offers an example for each mistake that nothing tells.",
)
OUTSIDE_SAID = ("Of these a scenario alone can tell: examples run on the values of the guide.",)


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| | {' | '.join(HEADINGS)} |"
    yield f"|---|{'---:|' * len(HEADINGS)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _survivors(tried: Sequence[Tried]) -> Iterator[str]:
    left = [one for one in tried if one.fate in {Fate.UNTOLD, Fate.REASONED}]
    if not left:
        yield "None."
        return
    yield "| where | mistake | reason |"
    yield "|---|---|---|"
    for one in left:
        what = one.mutant.what.replace("|", "\\|")
        yield f"| `{one.mutant.owner}` | `{what}` | {one.by or ''} |"
