"""A city's own folder or file, checked as shipped rules are: by checks, examples, scenarios."""

import os
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.overlay.lay import OwnCity, lay_over
from offsetcheck.rulebook.overlay.unfilled import unfilled
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.workshop.rule_tests import failures, run_examples
from offsetcheck.workshop.scenario_runs import run_scenarios
from offsetcheck.workshop.scenarios import own_scenarios


@dataclass(frozen=True, slots=True)
class CheckedCity:
    """A city's own policy that can be used, and what is found in its files, in order.

    `unfilled` is what is sound and left for the city to fill in.
    """

    own: OwnCity
    problems: tuple[Problem, ...]
    unfilled: tuple[Problem, ...] = ()

    @property
    def errors(self) -> int:
        """How many of the problems are errors; the others are remarks."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def check_own_city(path: Path | str, rules: Path | None = None) -> CheckedCity:
    """Return a city's folder or file checked on top of a rule folder; None: the one installed.

    Raises RulebookError with every problem where it cannot be used at all.
    """
    named = os.fspath(path)
    own = lay_over(load_rulebook(rules or bundled("rules")), Path(path), named)
    found = (problem for problem in check(own.rulebook) if problem.place.file in own.files)
    tried = failures(run_examples(own.rulebook, own.rules))
    judged = run_scenarios(own.rulebook, own_scenarios(own, Path(path), named))
    failed = (one.failure for one in judged if one.failure is not None)
    return CheckedCity(own, (*found, *tried, *failed), tuple(unfilled(own)))
