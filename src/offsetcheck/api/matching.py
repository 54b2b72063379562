"""A table held against a list: for which rows it has an answer."""

from datetime import date
from pathlib import Path

from offsetcheck.api.account import Told, account_of, untold
from offsetcheck.api.case import read_input
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bind import bind_guide
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.matching import Matching
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.workshop.matching import looked_up_in, match


def match_table(
    rulebook: Rulebook,
    table: str,
    path: Path,
    as_of: date,
    *,
    language: str = "en",
    told: Told = untold,
) -> Matching:
    """Return for each lookup in a table how many rows of a list it answers, and for which not.

    `told` gets the list as it was read, with its problems. Raises RequestError for a table that is
    not there or that no field reads.
    """
    if table not in rulebook.tables:
        known = sorted(rulebook.tables)
        hint = did_you_mean(table, known) or f"the tables are {', '.join(known)}"
        raise RequestError.about("table", f"there is no table `{table}`", hint)
    if not looked_up_in(rulebook, table):
        raise RequestError.about("table", f"no field of projects is looked up in `{table}`")
    tender = read_input(path, rulebook, as_of)
    told(*account_of(tender))
    bound = bind_guide(rulebook, as_of)
    lines = match(
        rulebook,
        table,
        tender.table.candidates(),
        tender.purchase,
        wording=Wording(bound, language),
        day=as_of,
    )
    return Matching(
        language=language,
        table=table,
        edition=bound.tables.get(table),
        list=path.resolve().name,
        as_of=as_of.isoformat(),
        rows=lines[0].rows,
        lookups=lines,
    )
