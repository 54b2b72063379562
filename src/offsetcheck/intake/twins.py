"""Projects that stand in a list under more than one programme by the same name."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.table import CandidateTable

SHORTEST_NAME = 12
"""Letters and digits; shorter names such as `Wind Farm 2` are shared by chance."""

_NOT_LETTERS = re.compile(r"[\W_]+")


def twins(table: CandidateTable) -> Mapping[str, tuple[str, ...]]:
    """Return, by id, the ids of other programmes that have the same name in the same country.

    A transfer from one programme to another is legitimate where the crediting periods follow each
    other: a twin is a question for a person, not a finding.
    """
    groups: dict[tuple[str, object], list[int]] = defaultdict(list)
    for row, name in enumerate(_names(table)):
        if len(name) >= SHORTEST_NAME:
            groups[name, _value(table, "country", row)].append(row)
    return {
        table.ids[row]: others
        for rows in groups.values()
        if len(rows) > 1
        for row in rows
        if (others := _others(table, row, rows))
    }


def twin_problems(
    offers: CandidateTable, registry: CandidateTable, rows: Mapping[int, int]
) -> list[Problem]:
    """Warn of offers whose project a list holds under another programme as well.

    `rows` gives the row of the list for each row of the offers that it holds.
    """
    named = twins(registry)
    return [
        Problem(
            f"{offers.ids[row]} has the name of {', '.join(named[registry.ids[at]])} "
            f"in {registry.file}",
            Place(offers.file, offers.lines[row], sheet=offers.sheet),
            "ask whether both programmes have credited the same years",
            Severity.WARNING,
        )
        for row, at in rows.items()
        if registry.ids[at] in named
    ]


def _names(table: CandidateTable) -> list[str]:
    values = table.columns["name"].values if "name" in table.columns else [None] * len(table)
    return [_NOT_LETTERS.sub("", key(value)) if isinstance(value, str) else "" for value in values]


def _others(table: CandidateTable, row: int, rows: Sequence[int]) -> tuple[str, ...]:
    own = _value(table, "programme", row)
    return tuple(table.ids[other] for other in rows if _value(table, "programme", other) != own)


def _value(table: CandidateTable, name: str, row: int) -> object:
    return table.columns[name].values[row] if name in table.columns else None
