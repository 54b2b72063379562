"""Rules checked by an SMT solver, beside what looking at them finds."""

from dataclasses import replace
from importlib.util import find_spec

from offsetcheck.api.rules import CheckedRules
from offsetcheck.vocabulary.forms.problems import in_order
from offsetcheck.vocabulary.problem import RequestError

SOLVER = "z3"


def with_proofs(checked: CheckedRules) -> CheckedRules:
    """Return what a check found and what can be proved against the rules, in order.

    What was proved before stands in the user's cache. Raises RequestError where no solver is
    installed.
    """
    if find_spec(SOLVER) is None:
        raise RequestError.about(
            "proofs",
            "nothing can be proved: the solver z3 is not installed",
            "install it with: pip install 'offsetcheck[proofs]'",
        )
    from offsetcheck.workshop.proofs.prove import prove

    return replace(checked, problems=tuple(in_order([*checked.problems, *prove(checked.rulebook)])))
