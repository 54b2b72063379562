"""Rules checked, shown as in force for a city, and their sources."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from offsetcheck.api.account import Told, account_of, untold
from offsetcheck.api.binding import bound_on, bound_to, city_or_guide
from offsetcheck.api.case import read_input
from offsetcheck.explain.rulebook import explain_rule
from offsetcheck.explain.translated import ENGLISH
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.tender.read import Tender
from offsetcheck.rulebook.binding.bind import bind_guide
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.files.pack import unpacked
from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import full_name
from offsetcheck.vocabulary.problem import Problem, RequestError, Severity
from offsetcheck.vocabulary.rulebook_explanation import RuleExplanation, SourcesExplanation
from offsetcheck.workshop.catalogue import read_catalogue
from offsetcheck.workshop.coverage import coverage_page, files_of
from offsetcheck.workshop.coverage_lists import count_rules, lists_page
from offsetcheck.workshop.site.scope import Scope
from offsetcheck.workshop.site.values import value_lines
from offsetcheck.workshop.sources_explained import explain_sources
from offsetcheck.workshop.validity import seen_list, setting_for, validity_page


@dataclass(frozen=True, slots=True)
class CheckedRules:
    """A rule folder that loads, and what a check of its rules has found, in order."""

    rulebook: Rulebook
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many of the problems are errors; the others are remarks."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule as it is in force in a bound rulebook, with remarks on where it comes from.

    `scope` holds the rulebook with the cities and profiles whose values are shown beside it.
    """

    rule: BoundRule
    bound: BoundRulebook
    remarks: tuple[str, ...]
    scope: Scope


def check_rules(folder: Path | None = None) -> CheckedRules:
    """Return a rule folder checked; raises RulebookError where it does not load."""
    rulebook = load_rulebook(folder or bundled("rules"))
    return CheckedRules(rulebook, tuple(check(rulebook)))


def rule_in_force(rulebook: Rulebook, rule: str, city: str | None, as_of: date) -> RuleInForce:
    """Return a rule as it is in force for a city on a day.

    An optional rule that the city has not adopted is returned as the guide has it, with a remark.
    Raises RequestError for a rule, city or day that is not there.
    """
    chosen = city_or_guide(rulebook, city)
    rulebook = chosen.rulebook
    bound = bound_on(rulebook, chosen.id, as_of)
    remarks: tuple[str, ...] = ()
    known = rulebook.rules.get(rule)
    if rule not in bound.rules and known is not None and known.file.is_optional:
        remarks = (
            f"an optional rule, not adopted for {bound.city.id}; here as the guide has it",
            f"adopted for: {', '.join(rulebook.adopting(rule)) or 'no city or profile'}",
        )
        bound = bind_guide(rulebook, as_of)
    if rule not in bound.rules:
        said = f"no rule `{rule}` is in force for {bound.city.id} on {as_of}"
        raise RequestError.about("rule", said, did_you_mean(rule, (*bound.rules, *rulebook.steps)))
    profiles = tuple(sorted(rulebook.cities)) if city is None else (chosen.id,)
    setting = tuple(name for name in profiles if _sets(rulebook, name, bound.rules[rule]))
    return RuleInForce(bound.rules[rule], bound, remarks, Scope(rulebook, as_of, ENGLISH, setting))


def _sets(rulebook: Rulebook, profile: str, rule: BoundRule) -> bool:
    """Whether a profile, or a law that it is under, has a value of its own for a rule."""
    if profile not in rulebook.cities:
        return False
    own = rulebook.cities[profile]
    layers = [own.parameters, *(rulebook.jurisdictions[x].parameters for x in own.jurisdictions)]
    names = {full_name(rule.id, name.lstrip("$")) for name in rule.parameters}
    return any(names & layer.keys() for layer in layers)


def shown_rule(shown: RuleInForce, wording: Wording) -> RuleExplanation:
    """Return a rule explained, with the values that the guide, laws and cities set for it."""
    scope = replace(shown.scope, language=wording.language)
    explained = explain_rule(shown.rule, wording)
    return explained.model_copy(update={"by_day": value_lines(scope, shown.rule)})


def cited_sources(
    rulebook: Rulebook, city: str | None, as_of: date, language: str = "en"
) -> SourcesExplanation:
    """Return the guides that a rulebook cites; for a city also what its verdicts rest on.

    Raises RequestError for a city, day or language that is not there.
    """
    if city is None:
        return explain_sources(rulebook, as_of, None, language)
    chosen = city_or_guide(rulebook, city)
    bound = bound_on(chosen.rulebook, chosen.id, as_of)
    return explain_sources(chosen.rulebook, as_of, bound, language)


def coverage(
    rulebook: Rulebook,
    folder: Path | None,
    lists: Sequence[Path],
    as_of: date,
    told: Told = untold,
) -> str:
    """Return a page on what each rule says of lists' rows; without lists, on the criteria.

    `folder` is where the rulebook was read from, whose catalogue names the criteria;
    `told` gets each list as it was read, with its problems.
    """
    if not lists:
        catalogue = read_catalogue(
            rulebook.folder if folder is None else unpacked(folder), files_of(rulebook)
        )
        return coverage_page(rulebook, catalogue)
    counts = [
        count_rules(rulebook, _read(path, rulebook, as_of, told), as_of, name=path.resolve().name)
        for path in lists
    ]
    return lists_page(rulebook, counts)


def validity(
    rulebook: Rulebook,
    lists: Sequence[Path],
    profiles: Sequence[str],
    as_of: date,
    told: Told = untold,
) -> str:
    """Return a page on how far the judgement holds on some lists, by the guide and some profiles.

    The first profile judges the known cases; `told` gets each list as it was read, with its
    problems. Raises RequestError for a profile or day that is not
    there, or where no list is named.
    """
    if not lists:
        raise RequestError.about("on", "no list is named to try the judgement on")
    for profile in profiles:
        bound_to(rulebook, profile, as_of)
    seen = [seen_list(path.resolve().name, _read(path, rulebook, as_of, told)) for path in lists]
    return validity_page(setting_for(rulebook, profiles, as_of), seen)


def _read(path: Path, rulebook: Rulebook, as_of: date, told: Told) -> Tender:
    tender = read_input(path, rulebook, as_of)
    told(*account_of(tender))
    return tender
