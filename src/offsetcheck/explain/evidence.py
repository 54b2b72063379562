"""What a finding rests on: values with grade, document, page, raw cell and place."""

from collections.abc import Iterable

from offsetcheck.explain.reading import Reading
from offsetcheck.explain.rule_text import rule_text
from offsetcheck.explain.wording import told
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Lookup
from offsetcheck.vocabulary.evidence import Cause, Fact
from offsetcheck.vocabulary.explanation import EvidenceLine


def evidence_lines(rule: BoundRule, reading: Reading) -> tuple[EvidenceLine, ...]:
    """Return the stated values that a rule reads, then the answers of its reference tables."""
    stated = [line for name in rule.inputs if (line := evidence_line(name, reading))]
    return (*stated, *_table_lines(rule, reading))


def evidence_line(name: str, reading: Reading) -> EvidenceLine | None:
    """Return what stands behind a field, None where nothing is stated."""
    fact = reading.fact(name)
    if fact.value is None and not fact.others:
        return None
    return _line(name, fact, reading)


def contradictions(names: Iterable[str], reading: Reading) -> tuple[EvidenceLine, ...]:
    """Return the fields for which sources state different values."""
    lines = (evidence_line(name, reading) for name in names if reading.fact(name).others)
    return tuple(line for line in lines if line is not None)


def _line(name: str, fact: Fact, reading: Reading) -> EvidenceLine:
    wording = reading.wording
    if fact.value is None:
        value = wording.word(f"cause.{(fact.cause or Cause.NOT_STATED).value}")
    else:
        value = wording.value(name, fact.value)
    grade_words = wording.word(f"grade.{fact.grade.name}")
    document = wording.document(fact.document) if fact.document else None
    return EvidenceLine(
        field=name,
        title=wording.title(name),
        value=value,
        grade=fact.grade.name,
        grade_words=grade_words,
        words=_words(fact, f"{fact.grade.name} {grade_words}", document),
        raw=told(fact.raw) if fact.raw is not None else None,
        place=told(str(fact.place)) if fact.place else None,
        source=fact.source,
        document=document,
        page=fact.page,
        as_of=fact.as_of.isoformat() if fact.as_of else None,
        others=tuple(_line(name, other, reading) for other in fact.others),
    )


def _words(fact: Fact, grade: str, document: str | None) -> str:
    paper = ", ".join(part for part in (document, fact.page) if part)
    day = fact.as_of.isoformat() if fact.as_of else ""
    return told(" · ".join(part for part in (grade, paper, day, fact.source) if part))


def _table_lines(rule: BoundRule, reading: Reading) -> tuple[EvidenceLine, ...]:
    lookups = rule_text(rule, reading.setting).lookups
    lines = (_table_line(node, reading) for node in lookups)
    return tuple(line for line in lines if line is not None)


def _table_line(node: Lookup, reading: Reading) -> EvidenceLine | None:
    words = reading.words(node.name)
    if words is None:
        return None
    edition = reading.setting.bound.tables.get(node.table, "")
    source = f"{node.table} {edition}".strip()
    return EvidenceLine(
        field=node.name,
        title=reading.wording.title(node.name),
        value=words,
        grade="",
        grade_words="",
        words=source,
        source=source,
    )
