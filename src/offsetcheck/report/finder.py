"""The rows of a long list as its page lets a reader find them: columns of codes, words once each.

What the rules came to stands once for each distinct pattern, so that a list of ten thousand rows
is a page of one megabyte.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import Wording, shorten_and_encode
from offsetcheck.report.order import BEST_FIRST
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.batch_explanation import Choice, Finder, FoundRule, Group, GroupRow
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.table import CandidateTable

if TYPE_CHECKING:
    import polars as pl

MOST_FOUND = 20_000  # rows within the page, about two megabytes; all stand in the tables
MOST_OF_GROUP = 20
TYPE, COUNTRY, NAME = "project_type", "country", "name"
UNKNOWN = ""
OUTCOMES = tuple(outcome.value for outcome in Outcome)


@dataclass(frozen=True, slots=True)
class Listed:
    """All rows of a list in the order of its page, with the addresses of reports by id.

    `file` is the table that holds all rows.
    """

    ranked: "pl.DataFrame"
    table: CandidateTable
    links: Mapping[str, str]
    file: str

    def values(self, field: str, ranked: "pl.DataFrame | None" = None) -> list[str]:
        """Return the text of a field of each row, empty where it is not stated."""
        rows = (self.ranked if ranked is None else ranked)["row"].to_list()
        column = self.table.columns.get(field)
        if column is None:
            return [UNKNOWN] * len(rows)
        told = [UNKNOWN if value is None else str(value) for value in column.values]
        return [told[row] for row in rows]


def finder_of(listed: Listed, result: BatchResult, setting: Setting) -> Finder:
    """Return what the rows are found by; of a very long list its first rows only."""
    ranked = listed.ranked.head(MOST_FOUND)
    wording = setting.wording
    ids = ranked["id"].to_list()
    names = listed.values(NAME, ranked)
    verdicts = [verdict.value for verdict in BEST_FIRST]
    types, type_choices = _coded(listed.values(TYPE, ranked), _titled(TYPE, wording))
    countries, country_choices = _coded(listed.values(COUNTRY, ranked), _titled(COUNTRY, wording))
    grades, grade_choices = _grades(ranked)
    rules = [rule for rule in setting.bound.candidate_rules if not rule.draft]
    patterns, outcomes = _patterns(result, ranked, [rule.id for rule in rules])
    dimensions = list(dict.fromkeys(rule.dimension for rule in rules))
    return Finder(
        ids=tuple(map(shorten_and_encode, ids)),
        names=tuple(shorten_and_encode(name or own) for name, own in zip(names, ids, strict=True)),
        grades=grades,
        grade_choices=grade_choices,
        verdicts=tuple(map(verdicts.index, ranked["verdict"].to_list())),
        types=types,
        countries=countries,
        patterns=patterns,
        outcomes=outcomes,
        reports={str(n): listed.links[one] for n, one in enumerate(ids) if one in listed.links},
        verdict_choices=_worded(verdicts, lambda code: wording.word(f"verdict.{code}")),
        type_choices=type_choices,
        country_choices=country_choices,
        dimension_choices=_worded(dimensions, wording.dimension),
        outcome_choices=_worded(OUTCOMES, lambda code: wording.word(f"outcome.{code}")),
        rules=tuple(_rule(rule, dimensions, wording) for rule in rules),
        cut=_cut(listed, wording),
    )


def groups_of(field: str, listed: Listed, setting: Setting, first: int) -> tuple[Group, ...]:
    """Return the rows by what a field says, the largest group first, each with its first rows."""
    values, verdicts = listed.values(field), listed.ranked["verdict"].to_list()
    counts = Counter(values)
    both = Counter(zip(values, verdicts, strict=True))
    places: dict[str, list[int]] = {}
    for place, value in enumerate(values):
        if len(places.setdefault(value, [])) < first:
            places[value].append(place)
    bare, words = setting.wording.bare, _titled(field, setting.wording)
    return tuple(
        Group(
            code=shorten_and_encode(value),
            words=words(value),
            count=bare(count),
            counts=tuple(bare(both[value, verdict.value]) for verdict in BEST_FIRST),
            first=tuple(_row(place, listed, setting.wording) for place in places[value]),
            shown=_first_words(count, first, listed.file, setting.wording),
        )
        for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )


def _first_words(count: int, first: int, file: str, wording: Wording) -> str | None:
    if not first or count <= first:
        return None
    return wording.word(
        "batch.types_first", shown=wording.bare(first), count=wording.bare(count), file=file
    )


def _row(place: int, listed: Listed, wording: Wording) -> GroupRow:
    row: dict[str, Any] = listed.ranked.row(place, named=True)
    names = listed.table.columns.get(NAME)
    name = (names.values[row["row"]] if names else None) or row["id"]
    return GroupRow(
        id=shorten_and_encode(row["id"]),
        name=shorten_and_encode(str(name)),
        report=listed.links.get(row["id"]),
        verdict=row["verdict"],
        verdict_words=wording.word(f"verdict.{row['verdict']}"),
    )


def _grades(ranked: "pl.DataFrame") -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the place of each row's grades among the distinct ones, and these."""
    sides = zip(ranked["grade_lower"].to_list(), ranked["grade_upper"].to_list(), strict=True)
    said = [low if low == high else f"{low}–{high}" for low, high in sides]
    places = {grades: place for place, grades in enumerate(dict.fromkeys(said))}
    return tuple(places[one] for one in said), tuple(places)


def _titled(field: str, wording: Wording) -> Callable[[str], str]:
    unknown = wording.word("batch.find_unknown")
    return lambda code: shorten_and_encode(wording.value(field, code)) if code else unknown


def _coded(
    values: Sequence[str], words: Callable[[str], str]
) -> tuple[tuple[int, ...], tuple[Choice, ...]]:
    """Return the place of each value among the distinct ones, and these, by how they are called."""
    known = sorted({value: words(value) for value in values}.items(), key=lambda one: one[1])
    places = {value: place for place, (value, _) in enumerate(known)}
    choices = (Choice(code=shorten_and_encode(code), words=said) for code, said in known)
    return tuple(places[value] for value in values), tuple(choices)


def _worded(codes: Sequence[str], words: Callable[[str], str]) -> tuple[Choice, ...]:
    return tuple(Choice(code=code, words=words(code)) for code in codes)


def _rule(rule: BoundRule, dimensions: Sequence[str], wording: Wording) -> FoundRule:
    return FoundRule(
        rule=rule.id,
        code=rule.code,
        title=wording.rule_title(rule),
        dimension=dimensions.index(rule.dimension),
    )


def _patterns(
    result: BatchResult, ranked: "pl.DataFrame", rules: Sequence[str]
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return for each row the place of its pattern, and the distinct patterns as texts."""
    letters = {outcome: str(place) for place, outcome in enumerate(OUTCOMES)}
    outcomes = result.outcomes.select(rules)[ranked["row"]]
    distinct = outcomes.unique(maintain_order=True).with_row_index("pattern")
    places = outcomes.join(distinct, on=rules, how="left", maintain_order="left")["pattern"]
    texts = ("".join(letters[one] for one in row[1:]) for row in distinct.iter_rows())
    return tuple(places.to_list()), tuple(texts)


def _cut(listed: Listed, wording: Wording) -> str | None:
    count = listed.ranked.height
    if count <= MOST_FOUND:
        return None
    return wording.word(
        "batch.find_first",
        shown=wording.bare(MOST_FOUND),
        count=wording.bare(count),
        file=listed.file,
    )
