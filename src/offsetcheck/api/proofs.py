"""What an SMT solver proves against rules, beside what looking at them finds."""

from importlib.util import find_spec

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, RequestError

SOLVER = "z3"


def need_solver() -> None:
    """Raise RequestError where no solver is installed."""
    if find_spec(SOLVER) is None:
        raise RequestError.about(
            "proofs",
            "nothing can be proved: the solver z3 is not installed",
            "install it with: pip install 'offsetcheck[proofs]'",
        )


def prove_rules(rulebook: Rulebook) -> list[Problem]:
    """Return what is proved against rules; what was proved before stands in the user's cache."""
    need_solver()
    from offsetcheck.workshop.proofs.prove import prove

    return prove(rulebook)
