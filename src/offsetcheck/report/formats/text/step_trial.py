"""A step of comparable tonnes tried on statements in lines."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.formats.text.tonnes import choice_lines, step_lines
from offsetcheck.report.lines import part, section, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.vocabulary.step_explanation import StepTrial

Words = Mapping[str, str]


def lines(explained: StepTrial, words: Words) -> Iterator[str]:
    """Yield the factor, what is stated and chosen, and what the step rests on."""
    step = explained.step
    yield step.title
    day = said_day(explained.as_of, words)
    yield say(words, "text.rule_for", rule=step.step, city=explained.city, day=day)
    yield ""
    yield from wrapped(explained.outcome)
    stated = (f"{one.field} = {one.value or '–'} [{one.grade}]" for one in explained.stated)
    yield from section(words["rule_trial.stated"], stated)
    if explained.choices:
        yield from part(words["tonnes.choices"], choice_lines(explained.choices, words))
    yield from part(words["tonnes.show.rests_on"], step_lines(step, words))
