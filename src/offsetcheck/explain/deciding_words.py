"""The shortest list of answers that would decide an open offer, in words."""

from collections.abc import Mapping, Sequence
from datetime import date

from offsetcheck.explain.answers import DecidingAnswers, deciding_answers
from offsetcheck.explain.screening import is_search
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.templates import fill
from offsetcheck.explain.trying import Answer, Side
from offsetcheck.explain.whatif import new_value_words
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.deciding_explanation import AnswerLine, DecidingLines
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.finding import Finding, Outcome
from offsetcheck.vocabulary.finding_explanation import FindingLine

PURCHASE = "purchase."
SEARCH = "screening"  # the name of the search among answers
FIRST_NAMED = 4


def deciding_lines(
    context: SentenceContext, assessment: Assessment, lines: Sequence[FindingLine]
) -> DecidingLines | None:
    """Return what would decide an undecided offer, in words; None for one that is decided."""
    found = deciding_answers(context, assessment)
    if found is None:
        return None
    asked = {missing.field: line.rule for line in reversed(lines) for missing in line.missing}
    told = (_line(answer, asked, context) for answer in found.answers)
    # One search answers every rule that waits for it.
    answers = tuple({line.name: line for line in told}.values())
    ending = found.ending
    return DecidingLines(
        verdict=found.verdict.value,
        words=_words(found, answers, context),
        answers=answers,
        ending=_line(ending[0], asked, context) if ending else None,
        ending_words=_ending_words(*ending, context) if ending else None,
    )


def _words(found: DecidingAnswers, answers: Sequence[AnswerLine], context: SentenceContext) -> str:
    wording = context.wording
    if not answers:
        held = " ".join(_held_words(finding, context) for finding in found.held)
        key = "deciding.blocked" if held else "deciding.blocked_grade"
        return wording.word(key, list=held, floor=wording.bound.city.floor)
    verdict = wording.word(f"verdict.{found.verdict.value}")
    key = "deciding.one" if len(answers) == 1 else "deciding.several"
    return wording.word(key, count=len(answers), verdict=verdict, list=named(answers))


def named(answers: Sequence[AnswerLine]) -> str:
    """Return the first answers by their titles, and how many there are besides."""
    titles = "; ".join(answer.title for answer in answers[:FIRST_NAMED])
    rest = len(answers) - FIRST_NAMED
    return f"{titles} (+{rest})" if rest > 0 else titles


def _held_words(finding: Finding, context: SentenceContext) -> str:
    """Return why a rule stands against an offer whatever is answered."""
    wording, rule = context.wording, context.wording.bound.rules[finding.rule]
    asked = context.sentence_with_gaps(wording.says(rule)[0].requires, rule).rstrip(".")
    if finding.missing:
        causes = dict.fromkeys(wording.word(f"cause.{m.cause.value}") for m in finding.missing)
        return wording.word("deciding.held_open", requires=asked, list=", ".join(causes))
    fails = wording.fails(rule) if finding.outcome is not Outcome.PASS else None
    said = context.sentence(fails, rule) if fails else None
    return said or wording.word("deciding.held", requires=asked)


def _ending_words(answer: Answer, rule_id: str, context: SentenceContext) -> str:
    wording = context.wording
    rule = wording.bound.rules[rule_id]
    said = fill(wording.fails(rule) or "", lambda name: _said(name, answer, rule, context))
    requires = context.sentence_with_gaps(wording.says(rule)[0].requires, rule)
    fails = said or wording.word("reason.fail", requires=requires)
    return wording.word("deciding.ending", answer=_answer_words(answer, None, context), fails=fails)


def _said(name: str, answer: Answer, rule: BoundRule, context: SentenceContext) -> str | None:
    """Return what a placeholder stands for once a field is answered."""
    if name == answer.name and answer.fact is not None and answer.fact.value is not None:
        return new_value_words(name, answer.fact.value, context.wording)
    return context.placeholder(name, rule)


def _line(answer: Answer, asked: Mapping[str, str], context: SentenceContext) -> AnswerLine:
    wording = context.wording
    if answer.fact is None:
        return _person_line(wording.bound.rules[answer.name], context)
    field = wording.field(answer.name)
    rule_id = asked.get(answer.name)
    asking = wording.bound.rules[rule_id] if rule_id else None
    own = answer.name.startswith(PURCHASE) or (field is not None and field.officer)
    who = Who.OFFICER if own else Who.SELLER
    documents = (field.documents if field else ()) or (asking.documents if asking else ())
    return AnswerLine(
        name=answer.name,
        title=wording.title(answer.name),
        words=_answer_words(answer, asking, context),
        who=who,
        who_words=wording.word(f"who.{who.value}"),
        question=wording.question(field),
        documents=tuple(wording.document(kind) for kind in documents),
    )


def _person_line(rule: BoundRule, context: SentenceContext) -> AnswerLine:
    """Return what a person has to do: search for adverse events, else judge and sign one rule."""
    wording = context.wording
    searches = is_search(rule) and context.findings[rule.id].unscreened
    title = wording.word("hangs.search") if searches else wording.rule_title(rule)
    return AnswerLine(
        name=SEARCH if searches else rule.id,
        title=title,
        words=wording.word("deciding.searched" if searches else "deciding.signed", title=title),
        who=Who.OFFICER,
        who_words=wording.word("who.officer"),
        signed=True,
    )


def _answer_words(answer: Answer, rule: BoundRule | None, context: SentenceContext) -> str:
    """Return what an answer would have to be, and on which evidence."""
    wording, fact = context.wording, answer.fact
    assert fact is not None  # noqa: S101 - a field is answered
    title = wording.title(answer.name)
    if not answer.telling and rule is not None:
        says, _ = wording.says(rule)
        text = wording.word(
            "deciding.as_asked",
            title=title,
            requires=context.sentence_with_gaps(says.requires, rule).rstrip("."),
        )
    else:
        value = new_value_words(answer.name, fact.value, wording) if fact.value is not None else ""
        text = wording.word(_key(answer), title=title, value=value or wording.word("list.none"))
    if fact.grade >= EvidenceGrade.E4 or answer.name.startswith(PURCHASE):
        return text
    return wording.word("deciding.on_evidence", answer=text, grade=wording.grade(fact.grade))


def _key(answer: Answer) -> str:
    if answer.side is Side.AS_STATED:
        return "deciding.as_stated"
    days = answer.fact is not None and isinstance(answer.fact.value, date)
    if answer.side is Side.AT_LEAST:
        return "deciding.from_day" if days else "deciding.at_least"
    if answer.side is Side.AT_MOST:
        return "deciding.until_day" if days else "deciding.at_most"
    return "deciding.exact"
