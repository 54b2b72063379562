"""Which criteria the rules carry and which rules no list can settle: docs/coverage.md."""

from collections.abc import Iterable, Iterator, Sequence

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import RuleFile
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.workshop.catalogue import Catalogue, carried
from offsetcheck.workshop.markdown import cell, prose


def coverage_page(rulebook: Rulebook, catalogue: Catalogue) -> str:
    """Return docs/coverage.md, which rests on the rule folder alone."""
    return "\n".join((*_page(rulebook, catalogue), ""))


def files_of(rulebook: Rulebook) -> tuple[RuleFile, ...]:
    """Return all rules as written, optional ones too."""
    return tuple(rule.file for rule in rulebook.rules.values())


def of_candidates(files: Iterable[RuleFile]) -> list[RuleFile]:
    """Return the rules that judge candidates, by id."""
    judging = [file for file in files if file.subject == Subject.CANDIDATE.value]
    return sorted(judging, key=lambda file: file.id)


def _page(rulebook: Rulebook, catalogue: Catalogue) -> Iterator[str]:
    files = files_of(rulebook)
    optional = sum(file.is_optional for file in files)
    yield "# What the rules cover"
    yield ""
    yield from prose(
        f"The rulebook has {len(files):,} rules: {len(files) - optional:,} for every city, "
        f"{_default_gates(files):,} of them gates on a candidate, and {optional:,} that a city or "
        "a standard adopts. This page is made by `make docs` from the rules and from "
        "`rules/catalogue.yaml`, which lists the criteria and says why some of them have no rule. "
        "Change those, not this page. What the rules say of the rows of public lists stands in "
        "[coverage_lists.md](coverage_lists.md)."
    )
    yield ""
    yield from _criteria(catalogue, files)
    yield from _not_on_lists(files)
    yield from _notes(catalogue)


def _default_gates(files: Iterable[RuleFile]) -> int:
    default = (file for file in of_candidates(files) if not file.is_optional)
    return sum(file.effect == Effect.GATE.value for file in default)


def _criteria(catalogue: Catalogue, files: Sequence[RuleFile]) -> Iterator[str]:
    found = carried(catalogue, files)
    optional = {file.id for file in files if file.is_optional}
    total = len(catalogue.criteria)
    without = sum(code not in found.rules for code in catalogue.criteria)
    yield "## Criteria"
    yield ""
    yield from prose(
        f"{total - without:,} of {total:,} criteria are carried by rules. *Optional* rules bind "
        "whoever adopts them."
    )
    yield ""
    for name, family in catalogue.families.items():
        yield f"### {name}: {family.title}"
        yield ""
        yield "| code | criterion | rules, or why there is none |"
        yield "|---|---|---|"
        for code, criterion in family.criteria.items():
            rules = ", ".join(_named(rule, optional) for rule in found.rules.get(code, ()))
            said = rules or f"*No rule.* {cell(criterion.why_no_rule or '')}"
            yield f"| {code} | {cell(criterion.title)} | {said} |"
        yield ""
    if found.others:
        yield "### Rules beside the catalogue"
        yield ""
        listed = ", ".join(_named(rule, optional) for rule in found.others)
        yield from prose(f"These stand for none of the criteria above: {listed}.")
        yield ""


def _named(rule: str, optional: set[str]) -> str:
    return f"`{rule}`{' (optional)' if rule in optional else ''}"


def _not_on_lists(files: Sequence[RuleFile]) -> Iterator[str]:
    yield "## Rules that a list says nothing of"
    yield ""
    yield from prose(
        "They judge the purchase, or all that may be bought together; tenders and their own "
        "examples show them."
    )
    yield ""
    for file in sorted(files, key=lambda file: (file.subject, file.id)):
        if file.subject != Subject.CANDIDATE.value:
            mark = ", optional" if file.is_optional else ""
            yield f"- `{file.id}` ({file.subject}{mark}): {cell(file.title)}"
    yield ""


def _notes(catalogue: Catalogue) -> Iterator[str]:
    if not catalogue.notes:
        return
    yield "## Notes"
    yield ""
    for note in catalogue.notes:
        yield from prose(f"- **{note.title}.** {note.text}", "  ")
