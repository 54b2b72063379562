"""Whether a changed rule says the same as the rule: then the change is no mistake."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from offsetcheck.rulebook.rulebook import LoadedRule
from offsetcheck.workshop.mutation.asserting import ASSERTED
from offsetcheck.workshop.mutation.cases import days
from offsetcheck.workshop.mutation.killing import Examiner
from offsetcheck.workshop.mutation.mutant import Kind, Mutant
from offsetcheck.workshop.rule_tests import default_day

BEYOND_OUTCOMES = ASSERTED | {Kind.WEIGHT, Kind.CRITICAL}


def says_the_same(examiner: Examiner, rule: LoadedRule, mutant: Mutant) -> bool:
    """Whether it is proven that no facts on any day make a difference; no solver proves nothing."""
    try:
        from offsetcheck.workshop.proofs.equivalent import Equivalent, equivalent
    except ImportError:
        return False
    if mutant.rule is None or mutant.kind in BEYOND_OUTCOMES:
        return False
    for day in days_that_matter(examiner, rule, mutant.rule):
        before, after = examiner.bound(rule, day), examiner.bound(mutant.rule, day)
        if (before is None) != (after is None):
            return False
        if before is None or after is None:
            continue
        dictionary = examiner.rulebook.dictionary
        if not isinstance(equivalent(before, after, dictionary, day), Equivalent):
            return False
    return True


def days_that_matter(examiner: Examiner, rule: LoadedRule, other: LoadedRule) -> Iterator[date]:
    """Yield the days on which two versions of a rule or its tables begin to say something else."""
    latest = (default_day(examiner.rulebook, one) for one in (rule, other))
    first = examiner.rulebook.first_day
    known = chain(days(rule), days(other), latest)
    yield from dict.fromkeys(day for day in known if day >= first)
