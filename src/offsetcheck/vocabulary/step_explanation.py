"""A step of comparable tonnes explained without an offer, and one tried on statements."""

from offsetcheck.vocabulary.explained import Explained, Explanation, SourceLine
from offsetcheck.vocabulary.rule_trial import StatedLine
from offsetcheck.vocabulary.tonnes_explanation import BoundsLine, TonnesChoice, TonnesStep


class StepRead(Explained):
    """What a step reads: of several expressions the first of which anything is known counts.

    `range` says what a number can be that none of them knows, None where nothing bounds it. Where
    `unless` holds, what a table knows does not count.
    """

    name: str
    title: str
    first_of: tuple[str, ...]
    range: str | None
    unless: str | None = None


class StepCase(Explained):
    """One case of a formula: its expression, and when it holds; None: else."""

    when: str | None
    value: str


class StepNumber(Explained):
    """A named number of a step's formula."""

    name: str
    title: str
    cases: tuple[StepCase, ...]


class StepOffered(Explained):
    """One value that a city may choose: what it writes, its title, its numbers and its source."""

    value: str
    title: str
    gives: tuple[tuple[str, float], ...]
    source: SourceLine


class StepChoice(TonnesChoice):
    """A choice of policy in a step, with all that could be chosen and on which source each rests.

    `options` are titles; `offered` holds each with what a city writes for it.
    """

    offered: tuple[StepOffered, ...] = ()


class StepGiven(Explained):
    """A fact or choice of an example: the name under which the step reads it, title and value."""

    name: str
    title: str
    value: str


class StepExampleLine(Explained):
    """An example of a step: what is given, the factor and named numbers that come out.

    `holds` says whether it comes out so.
    """

    name: str
    day: str | None
    given: tuple[StepGiven, ...]
    factor: str
    parts: tuple[tuple[str, str], ...]
    holds: bool


class StepExplanation(Explanation):
    """A step of comparable tonnes as it is for a city on a day.

    `treatments` are those of permanence under which it acts, none where it acts under each;
    `fields` and `tables` are the names of what its inputs read.
    """

    kind: str = "step"
    city: str
    as_of: str
    step: str
    title: str
    place: int
    since: str
    until: str | None
    treatments: tuple[str, ...]
    acts_under: str
    why: str
    does: str
    open: str
    inputs: tuple[StepRead, ...]
    choices: tuple[StepChoice, ...]
    parts: tuple[StepNumber, ...]
    factor: tuple[StepCase, ...]
    sources: tuple[SourceLine, ...]
    examples: tuple[StepExampleLine, ...]
    fields: tuple[str, ...]
    tables: tuple[str, ...]


class StepTrial(Explanation):
    """A step as it is for a city on a day, tried on statements: its factor and what it rests on.

    `choices` are those of policy, with what was given for this trial alone.
    """

    kind: str = "step_trial"
    city: str
    as_of: str
    outcome: str
    factor: BoundsLine
    stated: tuple[StatedLine, ...]
    choices: tuple[TonnesChoice, ...]
    step: TonnesStep
