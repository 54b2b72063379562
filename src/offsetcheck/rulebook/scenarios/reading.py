"""Scenario files read: what they name must exist, what they state must be sayable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.fields.values import check_value
from offsetcheck.rulebook.files.guide import LOWEST_GRADE, GuideFile
from offsetcheck.rulebook.scenarios.model import (
    ALL,
    TO,
    Scenario,
    ScenarioEntry,
    ScenarioFile,
    Situation,
)
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import FileProblems, Problems
from offsetcheck.vocabulary.purchase import Stage

SCENARIOS = "scenarios"
PURCHASE, CITY = "purchase.", "city"
OF_THEIR_OWN = {
    "stage": "write `stage` beside `purchase`",
    "city": "write `city` beside `purchase`",
}
CLAIMS = tuple(limit for limit in ClaimLimit if limit is not ClaimLimit.NOT_PERMANENT)
SCREENED = "screened"
NO_REASON, INTEGRITY = "none", "integrity"


@dataclass(frozen=True, slots=True)
class KnownToScenarios:
    """What scenarios may name; `city` is that of a file which names none, `broken` unread rules."""

    dictionary: Dictionary
    guide: GuideFile | None
    rules: frozenset[str]
    cities: frozenset[str]
    city: str | None = None
    broken: frozenset[str] = frozenset()


def read_scenarios(
    documents: Mapping[str, Document], known: KnownToScenarios, problems: Problems
) -> tuple[Scenario, ...]:
    """Return the scenarios of some files in their order; what is wrong with them is noted."""
    return tuple(
        scenario
        for document in documents.values()
        for scenario in _read(document, known, FileProblems(document, problems))
    )


def scenario_files(documents: Mapping[str, Document]) -> dict[str, Document]:
    """Return those of a folder's documents that hold scenarios, in the order of their names."""
    start = f"{SCENARIOS}/"
    return {name: documents[name] for name in sorted(documents) if name.startswith(start)}


def _read(document: Document, known: KnownToScenarios, file: FileProblems) -> Iterator[Scenario]:
    read = build(ScenarioFile, document.data, document, file.problems)
    if read is None:
        return
    _check_situation(read, (), known, file)
    if not read.scenarios:
        file.at_value((SCENARIOS,), "no scenario stands here", "write one, or remove the file")
        return
    _check_said(read, "city", file, otherwise=known.city)
    _check_said(read, "as_of", file)
    names: set[str] = set()
    for index, entry in enumerate(read.scenarios):
        steps: Steps = (SCENARIOS, index)
        if entry.name in names:
            file.at_value((*steps, "name"), "two scenarios have this name")
        names.add(entry.name)
        _check_situation(entry, steps, known, file)
        _check_expected(entry, steps, known, file)
        for one in _each(entry, steps, known, file):
            made = _laid(read, one, index, known, file)
            if made is not None:
                yield made


def _each(
    entry: ScenarioEntry, steps: Steps, known: KnownToScenarios, file: FileProblems
) -> Iterator[ScenarioEntry]:
    """Yield a scenario once, or once for each value that it names for a field."""
    if len(entry.each) > 1:
        file.at_value((*steps, "each"), "one field may have values here", "write a scenario each")
        return
    for name, values in entry.each.items():
        for at, value in enumerate(values):
            _check_one_of_each(name, value, (*steps, "each", name, at), known, file)
            yield entry.model_copy(update=_with(entry, name, value))
    if not entry.each:
        yield entry


def _check_one_of_each(
    name: str, value: Any, steps: Steps, known: KnownToScenarios, file: FileProblems
) -> None:
    """Note a value that the field cannot have; an unknown field is told once."""
    if name == CITY:
        if value not in known.cities:
            message, hint = f"there is no city `{value}`", did_you_mean(str(value), known.cities)
            file.at_value(steps, message, hint, names=f"city {value}")
        return
    of_purchase = name.startswith(PURCHASE)
    fields = known.dictionary.purchase if of_purchase else known.dictionary.candidate
    field = fields.get(name.removeprefix(PURCHASE))
    if field is not None and field.is_input:
        file.problems.note(check_value(value, field, partial(file.document.value_place, steps)))
    elif steps[-1] == 0:
        message = f"there is no field `{name}` that can be stated"
        hint = did_you_mean(name, (one for one in fields if fields[one].is_input))
        file.at_key(steps[:-1], message, hint, names=f"field {name}")


def _with(entry: ScenarioEntry, name: str, value: Any) -> dict[str, Any]:
    """Return what a scenario has otherwise where one field has a value."""
    own = {"name": f"{entry.name}: {value}", "each": {}}
    if name == CITY:
        return {**own, CITY: str(value)}
    if name.startswith(PURCHASE):
        fact = {name.removeprefix(PURCHASE): value}
        return {**own, "purchase": {**entry.purchase, **fact}}
    return {**own, "offer": {**entry.offer, name: value}}


def _laid(
    base: ScenarioFile, own: ScenarioEntry, index: int, known: KnownToScenarios, file: FileProblems
) -> Scenario | None:
    """Return a scenario laid over its file; None where nobody says for whom or when."""
    city, as_of = own.city or base.city or known.city, own.as_of or base.as_of
    if city is None or as_of is None:
        return None
    _check_without(base, own, index, file)
    offer = {**base.offer, **own.offer}
    purchase = {**base.purchase, **own.purchase}
    evidence = {**base.evidence, **own.evidence}
    stated = {*offer, *(f"{PURCHASE}{name}" for name in purchase)} - set(own.without)
    for name in own.evidence:
        if name != ALL and name not in stated:
            where = (SCENARIOS, index, "evidence", name)
            file.at_key(where, f"`{name}` is graded but not stated")
    return Scenario(
        name=own.name,
        city=city,
        as_of=as_of,
        stage=own.stage or base.stage or Stage.SCREENING,
        screened=None if SCREENED in own.without else own.screened or base.screened,
        offer={name: value for name, value in offer.items() if name in stated},
        purchase={n: value for n, value in purchase.items() if f"{PURCHASE}{n}" in stated},
        evidence=evidence,
        reviews={**base.reviews, **own.reviews},
        expect=own.expect,
        document=file.document,
        index=index,
    )


def _check_said(
    read: ScenarioFile, key: str, file: FileProblems, otherwise: str | None = None
) -> None:
    """Note once, or at each scenario where others say it, that nobody says for whom or when."""
    if otherwise is not None or getattr(read, key) is not None:
        return
    lacking = [
        index
        for index, entry in enumerate(read.scenarios)
        if getattr(entry, key) is None and key not in entry.each
    ]
    if len(lacking) == len(read.scenarios) > 1:
        file.at_value((), f"the key `{key}` is missing", "scenarios may also say it each")
        return
    for index in lacking:
        message = f"the key `{key}` is missing here and at the top of the file"
        file.at_value((SCENARIOS, index), message)


def _check_without(base: ScenarioFile, own: ScenarioEntry, index: int, file: FileProblems) -> None:
    """Note what is taken away and was never there."""
    there = {*base.offer, *(f"{PURCHASE}{name}" for name in base.purchase)}
    there |= set() if base.screened is None else {SCREENED}
    for at, name in enumerate(own.without):
        if name not in there:
            hint = did_you_mean(name, there)
            file.at_value((SCENARIOS, index, "without", at), f"`{name}` is not stated anyway", hint)


def _check_situation(
    situation: Situation, steps: Steps, known: KnownToScenarios, file: FileProblems
) -> None:
    if situation.city is not None and situation.city not in known.cities:
        hint = did_you_mean(situation.city, known.cities)
        message, names = f"there is no city `{situation.city}`", f"city {situation.city}"
        file.at_value((*steps, "city"), message, hint, names=names)
    first = known.guide.effective.since if known.guide and known.guide.effective else None
    if situation.as_of is not None and first is not None and situation.as_of < first:
        hint = f"the rulebook begins on {first.isoformat()}"
        file.at_value((*steps, "as_of"), "no rule is in force on this day", hint)
    _check_facts(situation.offer, (*steps, "offer"), known.dictionary.candidate, file)
    _check_facts(situation.purchase, (*steps, "purchase"), known.dictionary.purchase, file)
    for rule in situation.reviews:
        _check_rule(rule, (*steps, "reviews", rule), known, file, key=True)


def _check_facts(
    facts: Mapping[str, Any], steps: Steps, fields: Mapping[str, Any], file: FileProblems
) -> None:
    for name, value in facts.items():
        where = (*steps, name)
        if steps[-1] == "purchase" and name in OF_THEIR_OWN:
            file.at_key(where, f"`{name}` is no fact here", OF_THEIR_OWN[name])
        elif name not in fields:
            hint = did_you_mean(name, (known for known in fields if fields[known].is_input))
            subject = PURCHASE if steps[-1] == "purchase" else ""
            message, names = f"there is no field `{name}`", f"field {subject}{name}"
            file.at_key(where, message, hint, names=names)
        elif not fields[name].is_input:
            hint = "state the fields that it is worked out from"
            file.at_key(where, f"`{name}` is worked out and cannot be stated", hint)
        else:
            problem = check_value(value, fields[name], partial(file.document.value_place, where))
            file.problems.note(problem)


def _check_expected(
    entry: ScenarioEntry, steps: Steps, known: KnownToScenarios, file: FileProblems
) -> None:
    expect, at = entry.expect, (*steps, "expect")
    dimensions = frozenset(known.guide.dimensions) if known.guide else frozenset[str]()
    letters = (*known.guide.grades, LOWEST_GRADE) if known.guide else ()
    if expect.grade is not None and known.guide:
        _check_bounds(expect.grade, letters, (*at, "grade"), file)
    if expect.claim is not None:
        _check_bounds(expect.claim, CLAIMS, (*at, "claim"), file)
    if expect.reason not in {None, NO_REASON, INTEGRITY, *dimensions}:
        _check_rule(str(expect.reason), (*at, "reason"), known, file)
    for key in ("caps", "held_by", "conditions"):
        others = dimensions if key == "held_by" else frozenset[str]()
        for index, name in enumerate(getattr(expect, key) or ()):
            if name not in others:
                _check_rule(name, (*at, key, index), known, file)
    for name in expect.outcomes or {}:
        _check_rule(name, (*at, "outcomes", name), known, file, key=True)
    for name in expect.dimensions or {}:
        if known.guide and name not in dimensions:
            hint = did_you_mean(name, dimensions)
            message, names = f"there is no dimension `{name}`", f"dimension {name}"
            file.at_key((*at, "dimensions", name), message, hint, names=names)


def _check_bounds(text: str, words: tuple[str, ...], steps: Steps, file: FileProblems) -> None:
    """Note a grade or claim that is none; `D to B` says that it is open."""
    parts = text.split(TO)
    if len(parts) > 2 or any(part not in words for part in parts):  # noqa: PLR2004 - two ends
        said = f"write one of {', '.join(words)}, or two of them with `to` between"
        file.at_value(steps, f"`{text}` cannot stand here", said)


def _check_rule(
    rule: str, steps: Steps, known: KnownToScenarios, file: FileProblems, *, key: bool = False
) -> None:
    if rule in known.rules or rule in known.broken:
        return
    if known.guide is None and "." not in rule:
        return
    note = file.at_key if key else file.at_value
    # A word without a dot may be a dimension, which nobody knows where guide.yaml does not load.
    names = f"rule {rule}" if "." in rule else f"dimension {rule}"
    note(steps, f"there is no rule `{rule}`", did_you_mean(rule, known.rules), names=names)
