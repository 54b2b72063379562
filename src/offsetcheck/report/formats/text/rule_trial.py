"""A rule tried on statements in lines."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import section, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.vocabulary.rule_trial import ConditionLine, RuleTrial

Words = Mapping[str, str]


def lines(explained: RuleTrial, words: Words) -> Iterator[str]:
    """Yield the outcome, the conditions part by part, and what each side reads."""
    yield f"{explained.code or ''} {explained.title}".strip()
    day = said_day(explained.as_of, words)
    yield say(words, "text.rule_for", rule=explained.rule, city=explained.city, day=day)
    yield ""
    yield from wrapped(_outcome(explained, words))
    stated = (f"{one.field} = {one.value or '–'} [{one.grade}]" for one in explained.stated)
    yield from section(words["rule_trial.stated"], stated)
    for condition in explained.conditions:
        yield from _condition(condition, words)
    finding = explained.finding
    missing = (f"{one.field}: {one.words}" for one in finding.missing)
    yield from section(words["rule_trial.missing"], missing)
    # The condition stands on the bidder's page and the officer's; it is told where it must be met.
    yield from section(
        words["rule_trial.bidder"], (finding.requires, explained.ask, finding.condition)
    )
    yield from section(
        words["rule_trial.officer"],
        (finding.fails, finding.found, finding.unknown, finding.consequence, *finding.notes),
    )


def _outcome(explained: RuleTrial, words: Words) -> str:
    return say(
        words,
        "rule_trial.outcome",
        outcome=explained.outcome,
        words=explained.outcome_words,
        effect=explained.finding.effect_words,
    )


def _condition(condition: ConditionLine, words: Words) -> Iterator[str]:
    yield ""
    note = "" if condition.reached else f" ({words['rule_trial.not_reached']})"
    yield f"{condition.key}{note}"
    if not condition.parts:
        yield f"  {condition.expression}"
    for part in condition.parts:
        indent = "  " * part.depth
        yield from wrapped(f"  {part.truth_words + ' ':8}{indent}{part.text}", further=" " * 10)
        for read in part.reads:
            yield from wrapped(f"{indent}{read.words}", " " * 12)
