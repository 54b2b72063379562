"""What a city must adopt so that a refusal holds whose every ground is our own design.

A bidder who challenges a refusal asks which rule of the city's it rests on. One ground that rests
on a text is enough; where there is none, the city adopts what the guide or this rulebook proposes.
"""

from collections.abc import Iterator, Sequence

from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.sources import CITY_UNDECIDED, weakest_of
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.finding import Effect, State
from offsetcheck.vocabulary.finding_explanation import FindingLine

OURS = frozenset((Standing.DESIGN.value, CITY_UNDECIDED))
ADOPTING = frozenset(("adopted", "effect"))
VALUES_NAMED = 5


def adopt_first(
    assessment: Assessment, lines: Sequence[FindingLine], context: SentenceContext
) -> tuple[str, ...]:
    """Return what the city must adopt so that a refusal holds; nothing where a ground stands."""
    if assessment.verdict is not Verdict.NOT_ELIGIBLE:
        return ()
    bound = context.setting.bound
    grounds = [line for line in lines if _refuses(line)]
    if any(_holds(line.rule, context) for line in grounds):
        return ()
    said = [words for line in grounds for words in _of_gate(bound.rules[line.rule], context)]
    if assessment.integrity.upper < bound.scheme.cut(bound.city.floor):
        held = _of_grade(assessment, context)
        if held is None:
            return ()
        said += held
    return tuple(dict.fromkeys(said))


def _refuses(line: FindingLine) -> bool:
    is_gate = line.effect == Effect.GATE.value
    return is_gate and line.state == State.FAIL.value and line.decides and not line.draft


def _holds(rule: str, context: SentenceContext) -> bool:
    """Whether a ground stands: on a text, or because a law or the city has adopted the rule."""
    known = context.setting.bound.rules[rule]
    if _weakest(rule, context) not in OURS:
        return True
    adopted = any(change.kind in ADOPTING for change in known.changes)
    return adopted and not any(map(_is_ours, known.parameters.values()))


def _weakest(rule: str, context: SentenceContext) -> str:
    return weakest_of(context.setting.bound.rules[rule], context.findings[rule])


def _of_gate(rule: BoundRule, context: SentenceContext) -> Iterator[str]:
    """Yield the values of a rule that are ours; the rule itself where none is."""
    wording = context.wording
    ours = [parameter for parameter in rule.parameters.values() if _is_ours(parameter)]
    title = wording.rule_title(rule).rstrip(".")
    for parameter in ours:
        name = wording.parameter_title(parameter, rule)
        value = wording.parameter(parameter, rule, VALUES_NAMED)
        if value is not None:
            yield wording.word("adopt.value", name=name, value=value, title=title)
    if not ours:
        requires = context.sentence_with_gaps(wording.says(rule)[0].requires, rule).rstrip(".")
        yield wording.word("adopt.rule", requires=requires)


def _is_ours(parameter: BoundParameter) -> bool:
    source = parameter.source
    return parameter.undecided or (source is not None and source.standing is Standing.DESIGN)


def _of_grade(assessment: Assessment, context: SentenceContext) -> list[str] | None:
    """Return what of the grade is ours; None where what holds it down is not."""
    wording, bound = context.wording, context.setting.bound
    said = []
    if bound.city.floor_source.standing is Standing.DESIGN:
        said.append(wording.word("adopt.floor", floor=bound.city.floor))
    binding = [c for c in assessment.ceilings if c.binds and c.source in bound.rules]
    if not binding:
        return [*said, wording.word("adopt.scoring")]
    tightest = min(binding, key=lambda ceiling: ceiling.bounds.upper)
    if _holds(tightest.source, context):
        return None
    return [*said, _cap_words(bound.rules[tightest.source], wording)]


def _cap_words(rule: BoundRule, wording: Wording) -> str:
    title = wording.rule_title(rule).rstrip(".")
    if rule.cap is None or rule.is_scale:
        return wording.word("adopt.scale", title=title)
    return wording.word("adopt.cap", title=title, cap=rule.cap)
