"""The list of criteria that a rulebook knows of (rules/catalogue.yaml), and who carries each."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.ground.walk import NotPlainError, read_plain
from offsetcheck.rulebook.files.folder import MAX_YAML_BYTES
from offsetcheck.rulebook.rules.codes import codes_of
from offsetcheck.rulebook.rules.model import RuleFile
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import FileModel, build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import Listed, Mapped, Sentence, Texts
from offsetcheck.vocabulary.problem import Place

FILE = "catalogue.yaml"


class Criterion(FileModel):
    """One testable criterion; `why_no_rule` stands where no rule carries it.

    `carried_by` names rules whose own code is that of another criterion.
    """

    title: Sentence
    carried_by: Texts = ()
    why_no_rule: Sentence | None = None


class Family(FileModel):
    """The criteria of one topic by code."""

    title: Sentence
    criteria: Annotated[dict[str, Criterion], Mapped]


class Note(FileModel):
    """A paragraph that stands below the tables of docs/coverage.md."""

    title: Sentence
    text: Sentence


class Catalogue(FileModel):
    """All criteria by family."""

    families: Annotated[dict[str, Family], Mapped]
    notes: Annotated[tuple[Note, ...], Listed] = Field(default=())

    @property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by its code, in the order of the file."""
        return {
            code: criterion
            for family in self.families.values()
            for code, criterion in family.criteria.items()
        }


@dataclass(frozen=True, slots=True)
class Carried:
    """Which rules carry which criterion, and the rules whose code names none."""

    rules: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...]


def read_catalogue(folder: Path, rules: Iterable[RuleFile]) -> Catalogue:
    """Return the catalogue of a rule folder, held against its rules.

    Raises RulebookError with all problems: no such file, a criterion without rule and reason, a
    reason that a rule has overtaken, a code of a rule that is not in the list.
    """
    problems = Problems()
    document = _document(folder / FILE, problems)
    catalogue = build(Catalogue, document.data, document, problems)
    if catalogue is not None:
        _check(catalogue, tuple(rules), document, problems)
    problems.stop()
    if catalogue is None:
        raise AssertionError("a catalogue without problems was read")
    return catalogue


def carried(catalogue: Catalogue, rules: Iterable[RuleFile]) -> Carried:
    """Return the rules by criterion, and those that stand for none, by id."""
    found = {code: list(one.carried_by) for code, one in catalogue.criteria.items()}
    others = []
    for rule in sorted(rules, key=lambda rule: rule.id):
        codes = codes_of(rule.code)
        for code in codes:
            found.setdefault(code, []).append(rule.id)
        if not codes:
            others.append(rule.id)
    named = {code: tuple(dict.fromkeys(ids)) for code, ids in found.items() if ids}
    return Carried(named, tuple(others))


def _document(path: Path, problems: Problems) -> Document:
    """Return the file's document; what is wrong with it is noted."""
    try:
        content = read_plain(Path(os.path.realpath(path)), MAX_YAML_BYTES)
        document = compose(content.decode("utf-8"), FILE)
    except (OSError, NotPlainError, UnicodeDecodeError):
        hint = "it lists the criteria by family and code, each with a title"
        problems.add(Place(FILE), "this file is missing or cannot be read", hint)
        problems.stop()
        raise
    problems.of_document(document)
    return document


def _check(
    catalogue: Catalogue, rules: tuple[RuleFile, ...], document: Document, problems: Problems
) -> None:
    found = carried(catalogue, rules).rules
    ids = [rule.id for rule in rules]
    for name, family in catalogue.families.items():
        for code, criterion in family.criteria.items():
            steps: Steps = ("families", name, "criteria", code)
            if codes_of(code) != (code,) or not code.startswith(f"{name}-"):
                hint = f"write {name}-01"
                problems.at_key(document, steps, f"`{code}` is no code of this family", hint)
            for index, rule in enumerate(criterion.carried_by):
                if rule not in ids:
                    near = did_you_mean(rule, ids)
                    said = f"there is no rule `{rule}`"
                    problems.at_value(document, (*steps, "carried_by", index), said, near)
            _check_reason(criterion, found.get(code, ()), document, steps, problems)
    for file in rules:
        for code in codes_of(file.code):
            if code not in catalogue.criteria:
                said = f"the rule `{file.id}` names {code}, which is not in the list"
                near = did_you_mean(code, catalogue.criteria)
                hint = f"add a criterion {code}" + (f", or {near}" if near else "")
                problems.at_value(document, ("families",), said, hint)


def _check_reason(
    criterion: Criterion,
    rules: Sequence[str],
    document: Document,
    steps: Steps,
    problems: Problems,
) -> None:
    """Note a criterion with neither rule nor reason, and a reason that a rule has overtaken."""
    code = steps[-1]
    if not rules and criterion.why_no_rule is None:
        said = f"no rule carries {code}, nor is it said why"
        problems.at_key(document, steps, said, "add `why_no_rule: …`")
    if rules and criterion.why_no_rule is not None:
        said = f"`{rules[0]}` carries {code} now"
        problems.at_key(document, (*steps, "why_no_rule"), said, "delete the reason")
