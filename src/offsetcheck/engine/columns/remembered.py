"""What a rulebook's columns keep from one part of a list to the next; nothing of a row is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from offsetcheck.engine.columns.tree_numbers import TreeNumbers
from offsetcheck.engine.lookup import PossibleAnswer
from offsetcheck.engine.possible import Alternatives

MOST_KEPT = 16_384  # answers of one lookup

Question = tuple[Alternatives | None, ...]
Ask = Callable[[Question], PossibleAnswer]


@dataclass(frozen=True, slots=True)
class KnownAnswers:
    """What tables answered before, for each lookup at an evidence grade."""

    _known: dict[tuple[int, object], dict[Question, PossibleAnswer]] = field(default_factory=dict)

    def answers(
        self, lookup: tuple[int, object], questions: Sequence[Question], ask: Ask
    ) -> list[PossibleAnswer]:
        """Return the answers to questions; a question that was asked before is not asked again."""
        known = self._known.setdefault(lookup, {})
        if len(known) > MOST_KEPT:
            known.clear()
        for question in questions:
            if question not in known:
                known[question] = ask(question)
        return [known[question] for question in questions]


@dataclass(frozen=True, slots=True)
class ColumnMemory:
    """The numbers of a rulebook's trees, and what its tables answered."""

    numbers: TreeNumbers = field(default_factory=TreeNumbers)
    answers: KnownAnswers = field(default_factory=KnownAnswers)
