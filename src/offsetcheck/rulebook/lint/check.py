"""What a check is: its id, how much it matters, what authors are told of it, and how it looks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What authors are told of one kind of problem.

    `id` is `family.what_is_wrong`; `title` one sentence without a full stop; `finds`, `why` and
    `step` (what to do next) whole sentences. `wrong` and `right` are a few lines of a rule file, of
    which the first gives this problem and the second does not.
    """

    id: str
    severity: Severity
    title: str
    finds: str
    why: str
    wrong: str
    right: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Described):
    """One check of a whole rulebook: `look` yields what it finds, at its places."""

    look: Callable[[Rulebook], Iterator[Problem]]

    def problems(self, rulebook: Rulebook) -> Iterator[Problem]:
        """Yield what is found, each with the id and the severity of the check, and what to do.

        Where a problem has no hint of its own the step of the check is the hint.
        """
        step = f"{self.step[:1].lower()}{self.step[1:].removesuffix('.')}"
        for problem in self.look(rulebook):
            hint = problem.hint or step
            yield replace(problem, check=self.id, severity=self.severity, hint=hint)
