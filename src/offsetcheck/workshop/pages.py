"""Every page, table and schema under docs/ that is made from rules and code (`make docs`).

A page that is hand-written but for some tables holds each of them between two comments, which name
it. Nothing here reads a list of projects: what rules say of lists is docs/coverage_lists.md.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.claim_statement import claim_schema, lint_schema
from offsetcheck.vocabulary.comparison import comparison_schema
from offsetcheck.vocabulary.lookback import lookback_schema
from offsetcheck.vocabulary.offer_change import change_schema
from offsetcheck.vocabulary.tender_explanation import explanation_schema
from offsetcheck.workshop.catalogue import read_catalogue
from offsetcheck.workshop.check_pages import check_pages
from offsetcheck.workshop.coverage import coverage_page, files_of
from offsetcheck.workshop.layout_table import layout_rows
from offsetcheck.workshop.policy_tables import jurisdiction_rows, profile_rows
from offsetcheck.workshop.proofs.described import PROOFS
from offsetcheck.workshop.records import records, records_lines

CITIES, DECISIONS, LAYOUTS = "cities.md", "decisions/README.md", "layouts.md"


def made_pages(rules: Path, docs: Path) -> Mapping[str, str]:
    """Return the texts of all files that are made, by their paths under `docs`, as they should be.

    Of the folder `docs` only what is written by hand is read. Raises RulebookError where the rules,
    their catalogue or a layout have problems, ValueError where a page lacks the place of a table.
    """
    rulebook = load_rulebook(rules)
    catalogue = read_catalogue(rules, files_of(rulebook))
    return {
        "coverage.md": coverage_page(rulebook, catalogue),
        CITIES: with_blocks((docs / CITIES).read_text("utf-8"), _policies(rulebook)),
        DECISIONS: with_blocks(
            (docs / DECISIONS).read_text("utf-8"),
            {"decisions": records_lines(records(docs / "decisions"))},
        ),
        LAYOUTS: with_blocks((docs / LAYOUTS).read_text("utf-8"), {"layouts": layout_rows()}),
        **check_pages(PROOFS),
        "schema/explanation.schema.json": _schema(explanation_schema()),
        "schema/comparison.schema.json": _schema(comparison_schema()),
        "schema/change.schema.json": _schema(change_schema()),
        "schema/lookback.schema.json": _schema(lookback_schema()),
        "schema/claim.schema.json": _schema(claim_schema()),
        "schema/claim_lint.schema.json": _schema(lint_schema()),
    }


def with_blocks(page: str, blocks: Mapping[str, Iterable[str]]) -> str:
    """Return a page with new lines in each of its blocks; raises ValueError where one is missing.

    A block stands between `<!-- made: name -->` and `<!-- end: name -->`.
    """
    for name, lines in blocks.items():
        begin, end = f"<!-- made: {name} -->", f"<!-- end: {name} -->"
        if page.count(begin) != 1 or page.count(end) != 1:
            raise ValueError(f"the page has no place `{begin}` … `{end}`, or has it twice")
        text = "\n".join((begin, "", *lines, "", end))
        block = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
        page = block.sub(lambda _, text=text: text, page)  # type: ignore[misc]
    return page


def _policies(rulebook: Rulebook) -> Mapping[str, Iterator[str]]:
    return {
        "cities": profile_rows(rulebook, "city"),
        "standards": profile_rows(rulebook, "standard"),
        "jurisdictions": jurisdiction_rows(rulebook),
    }


def _schema(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def main(rules: str, docs: str) -> None:
    """Write what is made from the folder of rules into the folder of documentation."""
    for name, text in made_pages(Path(rules), Path(docs)).items():
        (Path(docs) / name).parent.mkdir(exist_ok=True)
        (Path(docs) / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
