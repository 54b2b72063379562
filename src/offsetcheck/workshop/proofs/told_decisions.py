"""What was proved of decisions as problems at their conclusions."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from offsetcheck.rulebook.policies.layers import GUIDE
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.problem import Place, Problem
from offsetcheck.workshop.proofs.decided import Decided
from offsetcheck.workshop.proofs.described import NEVER_CONCLUDED, NO_VERDICT, NOT_PROVED
from offsetcheck.workshop.proofs.told import told

DECISIONS = "decisions.yaml"


@dataclass(frozen=True, slots=True)
class Conclusions:
    """The decisions of one subject in their file; what was told of the guide is not told again."""

    rulebook: Rulebook
    steps: Steps
    known: set[str] = field(default_factory=set)

    def problems(self, found: Decided, city: str) -> Iterator[Problem]:
        """Yield what was proved for the guide or a city."""
        whose = "" if city == GUIDE else f" for `{city}`"
        # A city that adopts few rules may have none of the kind that a conclusion speaks of.
        for name in (*found.never, *found.hollow) if city == GUIDE else ():
            if self._is_new(f"never {name}"):
                said = f"`{name}` can never be what is concluded{whose}"
                yield told(NEVER_CONCLUDED, said, self._place(name))
        if found.without_verdict is not None and self._is_new("no verdict"):
            words = ", ".join(found.without_verdict) or "everything is clear"
            yield told(NO_VERDICT, f"nothing is concluded{whose} where {words}", self._place())
        for name in found.unanswered:
            if self._is_new(f"open {name}"):
                said = f"whether `{name}` can be concluded was not proved{whose}"
                yield told(NOT_PROVED, said, self._place())

    def _is_new(self, what: str) -> bool:
        is_new = what not in self.known
        self.known.add(what)
        return is_new

    def _place(self, *name: str) -> Place:
        return self.rulebook.documents[DECISIONS].key_place((*self.steps, "conclusions", *name))
