"""What is not known, why, and what would settle it: the evidence requests of an assessment."""

from collections.abc import Iterable

from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.evidence import Cause, Fact
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.finding import Finding, Missing
from offsetcheck.vocabulary.finding_explanation import MissingLine

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
    documents = (field.documents if field else ()) or rule.documents
    return MissingLine(
        field=item.field,
        title=wording.title(item.field),
        cause=item.cause.value,
        words=_words(item, rule, context),
        who=who_answers(item, field),
        question=wording.pick(field.question) or None if field and field.question else None,
        documents=tuple(wording.document(kind) for kind in documents),
    )


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


def questions(lines: Iterable[MissingLine]) -> tuple[MissingLine, ...]:
    """Return each missing field once, the first cause that was met."""
    seen: dict[str, MissingLine] = {}
    for line in lines:
        seen.setdefault(line.field, line)
    return tuple(seen.values())


def _words(item: Missing, rule: BoundRule, context: SentenceContext) -> str:
    wording = context.wording
    fact = context.seen(item.field, rule).stated
    return wording.word(
        f"missing.{item.cause.value}",
        title=wording.title(item.field),
        value=_values(item.field, fact, context),
        grade=wording.grade(fact.grade),
        needed=wording.grade(rule.at_least) if rule.at_least else "",
        city=wording.city(),
        as_of=wording.day(wording.bound.as_of),
    )


def _values(name: str, fact: Fact, context: SentenceContext) -> str:
    facts = [fact, *fact.others]
    said = [_said(name, f, context.wording) for f in facts if f.value is not None]
    return " / ".join(said)


def _said(name: str, fact: Fact, wording: Wording) -> str:
    value = wording.value(name, fact.value) if fact.value is not None else ""
    return f"{value} ({fact.source})" if fact.source else value
