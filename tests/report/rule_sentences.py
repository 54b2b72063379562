"""Every sentence that a report says of a rule, for each of its examples, in one language."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.explain.action import finding_actions
from offsetcheck.explain.finding import finding_line
from offsetcheck.explain.reason import finding_reason
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import setting
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind_guide
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.workshop.rule_tests import default_day, pose


@dataclass(frozen=True)
class Said:
    """One text of a report: the rule and example it is of, where it stands, and what it says."""

    rule: str
    example: str
    part: str
    text: str


@cache
def rulebook():
    """Return the shipped rules."""
    return load_rulebook(bundled("rules"))


@cache
def guide_on(day):
    """Return the whole guide on a day."""
    return bind_guide(rulebook(), day)


def said_of_rules(language: str) -> Iterator[Said]:
    """Yield what reports say of each example of each rule of the shipped rules."""
    for rule in rulebook().rules.values():
        latest = default_day(rulebook(), rule)
        for example in rule.file.tests:
            day = example.as_of or latest
            bound = guide_on(day)
            posed = pose(rulebook(), bound.rules[rule.file.id], example)
            bound = replace(bound, rules={**bound.rules, rule.file.id: posed.rule})
            where = setting(bound, posed.purchase, language)
            finding = evaluate_rule(posed.rule, posed.candidate, day, posed.purchase)
            context = SentenceContext.of(where, posed.candidate, [finding])
            for part, text in _parts(finding, posed.rule, context):
                yield Said(rule.file.id, example.name, part, text)


def _parts(finding, rule, context) -> Iterator[tuple[str, str]]:
    line = finding_line(finding, rule, context, frozenset({rule.id}))
    yield from texts_in(line)
    yield "reason", finding_reason(line, context.wording).text
    for action in finding_actions(line, context):
        yield "action", action.text


SENTENCES = (
    "title", "dimension_title", "effect_words", "status_words", "requires", "found", "fails",
    "unknown", "why", "consequence", "condition", "at_least", "standing_words", "words", "question",
    "who_words", "name", "value", "grade_words", "reason",
)  # fmt: skip
LISTS = (
    "missing", "evidence", "decided_by", "sources", "parameters", "changes", "trace", "notes",
    "documents", "possible",
)  # fmt: skip


def texts_in(explained: object, within: str = "") -> Iterator[tuple[str, str]]:
    """Yield the sentences of an explanation with where each stands."""
    for name in type(explained).model_fields:
        value = getattr(explained, name)
        where = f"{within}{name}"
        if isinstance(value, str) and name in SENTENCES:
            yield where, value
        elif isinstance(value, tuple) and name in LISTS:
            for item in value:
                if isinstance(item, str):
                    yield where, item
                else:
                    yield from texts_in(item, f"{where}.")
