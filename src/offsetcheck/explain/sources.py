"""Where a rule or number comes from, in words, and how much of a verdict rests on what."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import (
    BoundParameter,
    BoundRule,
    BoundRulebook,
    Source,
)
from offsetcheck.rulebook.rules.model import full_name
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.explained import ParameterLine, SourceLine
from offsetcheck.vocabulary.explanation import StandingShare, UndecidedLine
from offsetcheck.vocabulary.finding import Finding

STRONGEST_FIRST = (Standing.READ, Standing.READ_SECOND_HAND, Standing.KNOWN, Standing.DESIGN)
CITY_UNDECIDED = "city_undecided"
IN_FORCE = "in_force"
VALUES_NAMED = 5


def source_line(source: Source, wording: Wording) -> SourceLine:
    """Return a source with guide, edition and clause in words."""
    guide = wording.bound.guides.get(source.guide) if source.guide else None
    title = guide.title if guide else source.guide
    edition = f", {guide.edition}" if guide and guide.edition else ""
    clause = f", {source.clause}" if source.clause else ""
    cited = f"{title}{edition}{clause}" if title else ""
    return SourceLine(
        standing=source.standing.value,
        standing_words=wording.word(f"standing.{source.standing.value}"),
        words=_with_remarks(cited, source, wording),
        guide=source.guide,
        clause=source.clause,
        url=guide.url if guide else None,
    )


def _with_remarks(words: str, source: Source, wording: Wording) -> str:
    """Add what the rule's author says of a source; that a law is in force goes without saying.

    Of what is our own the remark alone says what it is.
    """
    remarks = [wording.note(source.note).rstrip(".")] if source.note else []
    if source.status is not None and source.status != IN_FORCE:
        remarks.insert(0, wording.word(f"law.{source.status}"))
    if not words:
        return "; ".join(remarks) or wording.word("source.design")
    return f"{words} ({'; '.join(remarks)})" if remarks else words


def parameter_line(parameter: BoundParameter, rule: BoundRule, wording: Wording) -> ParameterLine:
    """Return a parameter with its value, who set it and on which source."""
    return ParameterLine(
        name=wording.parameter_title(parameter, rule),
        value=wording.parameter(parameter, rule),
        layer=parameter.layer,
        set_by=_set_by(parameter, wording),
        since=parameter.since.isoformat() if parameter.since else None,
        source=source_line(parameter.source, wording) if parameter.source else None,
        undecided=parameter.undecided,
    )


def _set_by(parameter: BoundParameter, wording: Wording) -> str:
    """Return who set a value, and from which day on."""
    layer = wording.layer(parameter.layer)
    if parameter.since is None or parameter.since == date.min:
        return layer
    return wording.word("layer.since", layer=layer, day=wording.day(parameter.since))


def standing_share(
    findings: Iterable[Finding], decides: frozenset[str], wording: Wording
) -> StandingShare:
    """Count the deciding rules by the weakest thing each rests on, and say it in one line."""
    rules = wording.bound.rules
    found = Counter(weakest_of(rules[f.rule], f) for f in findings if f.rule in decides)
    counts = {
        "read": found[Standing.READ.value],
        "read_second_hand": found[Standing.READ_SECOND_HAND.value],
        "known": found[Standing.KNOWN.value],
        "design": found[Standing.DESIGN.value],
        "city_undecided": found[CITY_UNDECIDED],
    }
    return StandingShare(**counts, words=_share_words(counts, wording))


def undecided_lines(
    bound: BoundRulebook, wording: Wording, rules: Iterable[str]
) -> tuple[UndecidedLine, ...]:
    """Return the parameters of these rules that the city has not decided."""
    found = [
        _undecided(bound.rules[rule], parameter, wording)
        for rule in rules
        for parameter in bound.rules[rule].parameters.values()
        if parameter.undecided or parameter.value is None
    ]
    # What several rules share is one thing to decide, told of the first of them.
    return tuple({line.name: line for line in reversed(found)}.values())[::-1]


def _undecided(rule: BoundRule, parameter: BoundParameter, wording: Wording) -> UndecidedLine:
    value = wording.parameter(parameter, rule, at_most=VALUES_NAMED)
    key = "undecided.none" if value is None else "undecided.stands_in"
    name = wording.parameter_title(parameter, rule)
    words = wording.word(key, name=name, rule=wording.rule_title(rule), value=value)
    return UndecidedLine(
        name=full_name(rule.id, parameter.name.lstrip("$")), rule=rule.id, words=words
    )


def weakest_of(rule: BoundRule, finding: Finding) -> str:
    """Return the weakest of a rule's sources and values, and of the rows of tables that decided."""
    if any(p.undecided or p.value is None for p in rule.parameters.values()):
        return CITY_UNDECIDED
    standings = [
        *(source.standing for source in rule.sources),
        *(p.source.standing for p in rule.parameters.values() if p.source),
        *(row.origin.standing for row in finding.deciders.rows if row.origin),
    ]
    return max(standings, key=STRONGEST_FIRST.index, default=Standing.DESIGN).value


def _share_words(counts: dict[str, int], wording: Wording) -> str:
    total = sum(counts.values())
    if not total:
        return wording.word("standing.none")
    if total == 1:
        only = next(key for key, count in counts.items() if count)
        return wording.word("standing.share_one", kind=wording.word(f"standing.part.{only}"))
    said = [
        wording.word("standing.counted", kind=wording.word(f"standing.part.{key}"), count=count)
        for key, count in counts.items()
        if count
    ]
    return wording.word("standing.share", count=total, list=", ".join(said))
