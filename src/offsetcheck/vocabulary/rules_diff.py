"""Two rulebooks compared: what means something else, for whom, from when, and what it turns."""

from offsetcheck.vocabulary.comparison import TurnLine
from offsetcheck.vocabulary.explained import Explained, Explanation, ProblemLine


class MeaningLine(Explained):
    """One thing that is otherwise in the newer rulebook.

    `topic` and `key` are codes: which part of the rulebook, and what of it. `place` leads to it in
    the newer rulebook. `since` and `until` (not counted) are the days on which it makes a
    difference, `reach` the ids of the cities and profiles to which it does, `covered` those whose
    own word stands before it, `readers` those of the rules that share a value. `past`: answers of
    days that are past are others by it; `noted`: a new note says why.
    """

    topic: str
    key: str
    place: str
    rule: str | None
    layer: str | None
    title: str
    what: str
    words: str
    before: str | None
    after: str | None
    since: str | None
    until: str | None
    when_words: str
    reach: tuple[str, ...]
    reach_words: str
    covered: tuple[str, ...]
    readers: tuple[str, ...] = ()
    readers_words: str = ""
    decides: bool
    past: bool
    noted: bool


class MeaningGroup(Explained):
    """The changes of one part of a rulebook, with its title."""

    topic: str
    title: str
    changes: tuple[MeaningLine, ...]


class OutcomeTurn(Explained):
    """How many offers went from one outcome of a rule to another, in words."""

    before: str
    after: str
    offers: int
    words: str


class RuleEffect(Explained):
    """A rule (None: scoring, floor, conclusions) and what turns through it.

    `offers` come out otherwise by the rule, `verdicts` of them get another verdict or grade
    through it, as far as causes were traced. `tonnes` are those of the offers that turn.
    """

    rule: str | None
    title: str
    offers: int
    verdicts: int
    tonnes: float | None
    tonnes_words: str
    outcomes: tuple[OutcomeTurn, ...]
    examples: tuple[str, ...]


class TurnedOffer(Explained):
    """One offer that turns: what it was, what it is, and through which rules."""

    id: str
    name: str
    before: str
    after: str
    rules: tuple[str, ...]
    words: str


class ListEffect(Explained):
    """What a change of rules does to one list or tender, for one city."""

    city: str
    city_words: str
    source: str
    offers: int
    verdicts: int
    grades: int
    summary: str
    tonnes: float | None
    tonnes_words: str
    turns: tuple[TurnLine, ...]
    rules: tuple[RuleEffect, ...]
    shown: tuple[TurnedOffer, ...]
    limit_words: str
    files: tuple[tuple[str, str], ...]


class RulesDiffExplanation(Explanation):
    """Two rulebooks: what changed in meaning, the errors of days past, and the effect on lists.

    `errors` are changes of the past without a note. `texts` count what was only reworded.
    """

    kind: str = "rules_diff"
    old: str
    new: str
    day: str
    title: str
    day_words: str
    summary: str
    errors_words: str
    errors: tuple[ProblemLine, ...]
    groups: tuple[MeaningGroup, ...]
    texts: tuple[str, ...]
    effects: tuple[ListEffect, ...]
    reproduce: str
