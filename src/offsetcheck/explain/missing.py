"""What is not known, why, and what would settle it: the evidence requests of an assessment."""

from collections.abc import Collection, Iterable

from offsetcheck.explain.origins import origin_words
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.evidence import Cause, Fact, Value
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.finding import Finding, Missing
from offsetcheck.vocabulary.finding_explanation import FindingLine, MissingLine

UNNAMED = {
    Cause.SEVERAL_POSSIBLE: "missing.several_possible_unnamed",
    Cause.EVIDENCE_TOO_WEAK: "missing.evidence_too_weak_unnamed",
}
"""Where there is no value that the sentence could name."""

OFFICER_CAUSES = frozenset({Cause.TABLE_STALE, Cause.NO_ROW})


def missing_lines(
    finding: Finding, rule: BoundRule, context: SentenceContext
) -> tuple[MissingLine, ...]:
    """Return what a finding waits for."""
    return tuple(missing_line(item, rule, context) for item in finding.missing)


def missing_line(item: Missing, rule: BoundRule, context: SentenceContext) -> MissingLine:
    """Return one missing field or parameter with its cause, its question and papers."""
    wording = context.wording
    field = wording.field(item.field)
    possible = _possible(item, rule, context)
    documents = (field.documents if field else ()) or rule.documents
    return MissingLine(
        field=item.field,
        title=wording.title(item.field),
        cause=item.cause.value,
        words=_words(item, rule, context),
        who=who_answers(item, field),
        question=_question(item, field, possible, wording),
        possible=tuple(wording.value(item.field, value) for value in possible),
        documents=tuple(wording.document(kind) for kind in documents),
    )


def _possible(item: Missing, rule: BoundRule, context: SentenceContext) -> tuple[Value, ...]:
    """Return the values of which a missing field has one, none where it could be any."""
    if item.cause is not Cause.SEVERAL_POSSIBLE:
        return ()
    return context.seen(item.field, rule).possible


def _question(
    item: Missing, field: Field | None, possible: tuple[Value, ...], wording: Wording
) -> str | None:
    """Return what to ask: which of the possible values it is, else what the dictionary asks."""
    if possible:
        listed = wording.possible(item.field, possible)
        return wording.word("missing.which", title=wording.title(item.field), list=listed)
    return wording.question(field)


def who_answers(item: Missing, field: Field | None) -> Who:
    """Return who can settle a missing field: the city a parameter, the officer a purchase.

    The dictionary says which fields of an offer are the officer's too.
    """
    if item.cause is Cause.CITY_UNDECIDED:
        return Who.CITY
    own = item.field.startswith("purchase.") or (field is not None and field.officer)
    if own or item.cause in OFFICER_CAUSES:
        return Who.OFFICER
    return Who.SELLER


def questions(lines: Iterable[FindingLine], moving: Collection[str]) -> tuple[MissingLine, ...]:
    """Return each field that a rule still waits for once, with the first cause that was met.

    `moving` are the rules whose answer can still move anything; others have nothing to ask.
    """
    seen: dict[str, MissingLine] = {}
    for line in lines:
        for missing in line.missing if line.rule in moving else ():
            seen.setdefault(missing.field, missing)
    return tuple(seen.values())


def _words(item: Missing, rule: BoundRule, context: SentenceContext) -> str:
    wording = context.wording
    fact = context.seen(item.field, rule).stated
    possible = _possible(item, rule, context)
    values = {
        "title": wording.title(item.field),
        "value": _values(item.field, fact, context),
        "possible": wording.possible(item.field, possible),
        "grade": wording.grade(fact.grade),
        "needed": wording.grade(rule.at_least) if rule.at_least else "",
        "city": wording.city(),
        "as_of": wording.day(wording.bound.as_of),
    }
    named = {Cause.SEVERAL_POSSIBLE: possible, Cause.EVIDENCE_TOO_WEAK: values["value"]}
    if not named.get(item.cause, True):
        return wording.word(UNNAMED[item.cause], **values)
    return wording.word(f"missing.{item.cause.value}", **values)


def _values(name: str, fact: Fact, context: SentenceContext) -> str:
    facts = [fact, *fact.others]
    said = [_said(name, f, context.wording) for f in facts if f.value is not None or f.possible]
    return " / ".join(said)


def _said(name: str, fact: Fact, wording: Wording) -> str:
    value = (
        wording.possible(name, fact.possible)
        if fact.value is None
        else wording.value(name, fact.value)
    )
    return f"{value} ({origin_words(fact.source, wording)})" if fact.source else value
