"""What a verdict to buy hangs on most: the weakest statements whose reversal would turn it.

Statements are tried from the weakest evidence up. What is measured, a number or a day, is tried
only where nobody independent has seen it: a registry's day moved by a little is no reversal.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from offsetcheck.engine.assess import assess_changed
from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.engine.state import is_screen
from offsetcheck.explain.deciding import moves_integrity
from offsetcheck.explain.evidence import evidence_line
from offsetcheck.explain.proposals import Proposal, turning_values
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.whatif import after_words
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.explanation import HangingLine
from offsetcheck.vocabulary.finding import Effect, Outcome

MAX_NAMED = 3
MAX_TRIES = 60
VALUES_TRIED = 6  # of one statement under one rule
MAY_BE_BOUGHT = frozenset({Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS})
# What the seller sets is a term of the offer and no statement about the project.
TERMS = frozenset({"id", "name", "price", "tonnes", "currency"})
MEASURED = {FieldType.NUMBER: 1, FieldType.INTEGER: 1, FieldType.DATE: 2}
SHOWN = EvidenceGrade.E1  # the reverse is taken as shown by a record: a doubt alone turns nothing
GATES_FIRST = (Effect.GATE, Effect.REVIEW, Effect.CAP, Effect.SCORE)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement, and the rules in force that read it, those that bar first."""

    field: Field
    fact: Fact
    rules: tuple[BoundRule, ...]


def hanging_lines(context: SentenceContext, assessment: Assessment) -> tuple[HangingLine, ...]:
    """Return the few weakest statements that an offer which may be bought hangs on."""
    if assessment.verdict not in MAY_BE_BOUGHT:
        return ()
    statements = sorted(_statements(context), key=_weakest_first)
    turned = islice(_turned(statements, context, assessment), MAX_NAMED)
    lines = [
        *islice(_searches(context, assessment), 1),
        *(_line(statement, proposal, verdict, context) for statement, proposal, verdict in turned),
    ]
    lines.sort(key=lambda line: -EvidenceGrade[line.grade])
    return tuple(lines[:MAX_NAMED])


def reversals_of(
    setting: Setting, candidate: Candidate, assessment: Assessment
) -> Mapping[str, Fact]:
    """Return the other facts of the statements that `hanging_lines` names, by field.

    Whoever asks knows from the explanation that there are any: the search is made again.
    """
    context = SentenceContext.of(setting, candidate, assessment.findings)
    statements = sorted(_statements(context), key=_weakest_first)
    turned = islice(_turned(statements, context, assessment), MAX_NAMED)
    return {proposal.field: proposal.fact for _, proposal, _ in turned}


def _statements(context: SentenceContext) -> Iterator[_Statement]:
    bound = context.setting.bound
    weighty = [rule for rule in bound.candidate_rules if _can_turn(rule, context)]
    weighty.sort(key=lambda rule: GATES_FIRST.index(rule.effect))
    for name, fact in context.offer.facts.items():
        field = bound.dictionary.candidate.get(name)
        if (
            field is None
            or name in TERMS
            or fact.value is None
            or not _is_open_to_doubt(field, fact)
        ):
            continue
        readers = tuple(rule for rule in weighty if name in rule.inputs)
        if readers:
            yield _Statement(field, fact, readers)


def _can_turn(rule: BoundRule, context: SentenceContext) -> bool:
    bars = rule.effect in (Effect.GATE, Effect.REVIEW) and not rule.draft
    return bars or moves_integrity(rule, context.setting.bound)


def _is_open_to_doubt(field: Field, fact: Fact) -> bool:
    """Whether a statement could be the reverse of what it says: not what others have measured."""
    return field.type not in MEASURED or fact.grade > EvidenceGrade.E2


def _weakest_first(statement: _Statement) -> tuple[int, int]:
    return -statement.fact.grade, MEASURED.get(statement.field.type, 0)


def _turned(
    statements: Iterable[_Statement], context: SentenceContext, assessment: Assessment
) -> Iterator[tuple[_Statement, Proposal, Verdict]]:
    """Yield the statements whose reversal turns the verdict, within a bounded number of tries.

    Beside each stand its reversal and the verdict that comes of it.
    """
    named: set[str] = set()
    for statement, proposal in islice(_reversals(statements, context), MAX_TRIES):
        if proposal.field in named:
            continue
        verdict = _verdict_after(proposal, context, assessment)
        if verdict not in MAY_BE_BOUGHT:
            named.add(proposal.field)
            yield statement, proposal, verdict


def _reversals(
    statements: Iterable[_Statement], context: SentenceContext
) -> Iterator[tuple[_Statement, Proposal]]:
    """Yield, statement by statement, other values that a rule would notice, each once."""
    for statement in statements:
        now, tried = statement.fact, set()
        for rule in statement.rules:
            values = turning_values(statement.field, now, rule, context.facts())
            for value in islice(values, VALUES_TRIED):
                if value not in tried:
                    tried.add(value)
                    other = Fact(value=value, grade=SHOWN)
                    yield statement, Proposal(statement.field.name, other, 0.0, statement.fact)


def _verdict_after(proposal: Proposal, context: SentenceContext, assessment: Assessment) -> Verdict:
    setting, changed = context.setting, {proposal.field: proposal.fact}
    after = assess_changed(assessment, context.candidate, changed, setting.bound, setting.purchase)
    return after.verdict


def _line(
    statement: _Statement, proposal: Proposal, verdict: Verdict, context: SentenceContext
) -> HangingLine:
    stated = evidence_line(statement.field.name, statement.fact, context)
    after = after_words(proposal, context)
    verdict_words = context.wording.word(f"verdict.{verdict.value}")
    return HangingLine(
        field=stated.field,
        title=stated.title,
        value=stated.value,
        grade=stated.grade,
        paper=stated.words,
        after=after,
        verdict=verdict.value,
        verdict_words=verdict_words,
        words=context.wording.word(
            "hangs.statement",
            title=stated.title,
            value=stated.value,
            paper=stated.words,
            after=after,
            verdict=verdict_words,
        ),
    )


def _searches(context: SentenceContext, assessment: Assessment) -> Iterator[HangingLine]:
    """Yield the search for adverse events where a requirement is met by it alone."""
    setting = context.setting
    unsearched = replace(setting.purchase, screenings=())
    for finding in assessment.findings:
        rule = setting.bound.rules[finding.rule]
        if finding.outcome is Outcome.PASS and is_screen(rule) and not rule.draft:
            without = evaluate_rule(rule, context.candidate, setting.bound.as_of, unsearched)
            if without.outcome is Outcome.UNKNOWN:
                yield _search_line(rule, context)


def _search_line(rule: BoundRule, context: SentenceContext) -> HangingLine:
    wording, day = context.wording, context.setting.bound.as_of
    offer = context.candidate
    entries = [
        entry
        for entry in context.setting.purchase.screenings
        if entry.covers(offer.id, recognised=offer.is_recognised)
    ]
    newest = max((s for s in entries if s.on <= day), key=lambda entry: entry.on)
    verdict = Verdict.NOT_ELIGIBLE if rule.effect is Effect.GATE else Verdict.UNDECIDED
    grade = EvidenceGrade.E3
    by = wording.word("hangs.searched", by=newest.by, on=wording.day(newest.on))
    verdict_words = wording.word(f"verdict.{verdict.value}")
    title, value = wording.word("hangs.search"), wording.word("hangs.nothing_found")
    after = wording.word("hangs.found")
    paper = f"{grade.name} {wording.word(f'grade.{grade.name}')} · {by}"
    words = wording.word(
        "hangs.statement", title=title, value=value, paper=paper, after=after, verdict=verdict_words
    )
    return HangingLine(
        field="screening",
        title=title,
        value=value,
        grade=grade.name,
        paper=paper,
        after=after,
        verdict=verdict.value,
        verdict_words=verdict_words,
        words=words,
    )
