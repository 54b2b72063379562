"""The order of the rooms for a comparison: one offer, judged for each city and standard."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from offsetcheck.api.case import (
    Case,
    Request,
    bound_on,
    case_of,
    check_city,
    judge_one,
    read_input,
    read_registries,
)
from offsetcheck.difference.compare import compare
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.profile import Profile
from offsetcheck.engine.assess import assess_purchase
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import setting
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.tender import Tender
from offsetcheck.report.render import render
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.comparison import ComparisonExplanation, DriftExplanation
from offsetcheck.vocabulary.problem import Problem

ALL = "all"
CITY = "city"
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, the words that a page of it is written in, and what could not be read."""

    explained: ComparisonExplanation
    speech: Speech
    problems: tuple[Problem, ...]


def compared(
    request: Request, rulebook: Rulebook, offer: str, cities: str, command: str
) -> Compared:
    """Return one offer of a request's input compared under the profiles that `cities` names."""
    tender = read_input(request.path, rulebook, request.as_of)
    names = profiles_named(cities, rulebook, tender.city)
    bound = bound_on(rulebook, names[0], request.as_of)
    case = case_of(request, tender, bound, read_registries(request, rulebook))
    candidate = offer_named(case, offer)
    made = [_profile(case, rulebook, name, candidate, command) for name in names]
    speech = Speech(made[0].setting.wording)
    words = _purchase_words(request, tender, rulebook, speech)
    return Compared(compare(made, words), speech, _problems_of(case, offer))


def _problems_of(case: Case, offer: str) -> tuple[Problem, ...]:
    """Return the problems of the offer's own row, and those of other files."""
    line = case.table.lines[list(case.table.ids).index(offer)]
    return tuple(
        problem
        for problem in case.problems
        if problem.place.file != case.table.file or problem.place.line == line
    )


def profiles_named(cities: str, rulebook: Rulebook, first: str | None) -> tuple[str, ...]:
    """Return the profiles of an option: all are cities before standards, the tender's own first."""
    if cities == ALL:
        known = rulebook.cities

        def place(name: str) -> tuple[bool, bool, str]:
            return name != first, known[name].kind != CITY, name

        return tuple(sorted(known, key=place))
    names = tuple(dict.fromkeys(part.strip() for part in cities.split(",") if part.strip()))
    for name in names:
        check_city(name, rulebook)
    if len(names) < FEWEST:
        raise click.BadParameter("name at least two, or `all`", param_hint="--cities")
    return names


def offer_named(case: Case, offer: str) -> Candidate:
    """Return the offer of an id; an unknown one is a usage error with the nearest."""
    ids = list(case.table.ids)
    if offer not in ids:
        hint = did_you_mean(offer, ids)
        said = f"no offer has the id `{offer}`"
        raise click.BadParameter(f"{said}; {hint}" if hint else said, param_hint="ID")
    return case.table.candidate(ids.index(offer))


def _profile(
    case: Case, rulebook: Rulebook, city: str, candidate: Candidate, command: str
) -> Profile:
    bound = bound_on(rulebook, city, case.bound.as_of)
    origin = replace(case.setting.origin, reproduce=command)
    made = setting(bound, case.purchase, case.setting.wording.language, origin)
    purchase = explain_purchase(made, assess_purchase(case.purchase, bound))
    judged = judge_one(made, purchase, candidate)
    return Profile(made, judged.assessment, judged.explained, purchase)


def _purchase_words(request: Request, tender: Tender, rulebook: Rulebook, speech: Speech) -> str:
    if tender.city is None:
        return speech.say("compare.purchase_file", year=request.as_of.year)
    known = rulebook.cities.get(tender.city)
    city = speech.wording.pick(known.name) if known else tender.city
    return speech.say("compare.purchase_tender", city=city)


def reproduced(request: Request, offer: str, cities: str) -> str:
    """Return the command that makes the same comparison again, without folders."""
    words = [f"offsetcheck compare {request.path.resolve().name} {offer} --cities {cities}"]
    words += [f"--as-of {request.as_of.isoformat()}"]
    words += registry_words(request.registries)
    words += ["--knowledge today"] if request.knowledge == "today" else []
    return " ".join(words)


def registry_words(registries: Iterable[Path]) -> list[str]:
    """Return the options that name registry lists."""
    return [f"--registry {path.name}" for path in registries]


def text_of(
    explained: ComparisonExplanation | DriftExplanation,
    form: str,
    speech: Speech,
    templates: Path | None,
) -> str:
    """Return a comparison or drift as a page in a format of reports."""
    return render(explained, form, speech.words, templates=templates)
