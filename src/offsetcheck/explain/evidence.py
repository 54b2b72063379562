"""What a finding rests on: values with grade, document, page, raw cell and place."""

from offsetcheck.engine.knowledge import is_later
from offsetcheck.explain.origins import origin_words, place_words
from offsetcheck.explain.rule_text import rule_text
from offsetcheck.explain.sentences import CURRENCY, SentenceContext
from offsetcheck.explain.wording import Wording, shorten_and_encode
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Lookup
from offsetcheck.vocabulary.evidence import Cause, Fact, Value
from offsetcheck.vocabulary.finding_explanation import EvidenceLine

MOST_KEPT = 4096  # what tables answered: few words, to many offers


def evidence_lines(rule: BoundRule, context: SentenceContext) -> tuple[EvidenceLine, ...]:
    """Return the stated values that a rule reads, then the answers of its reference tables."""
    facts = ((name, context.seen(name, rule).fact) for name in rule.inputs)
    stated = [evidence_line(name, fact, context) for name, fact in facts if _says(fact)]
    return (*stated, *_table_lines(rule, context))


def contradictions(context: SentenceContext) -> tuple[EvidenceLine, ...]:
    """Return the fields of a candidate for which sources state different values."""
    facts = context.candidate.facts.items()
    return tuple(
        evidence_line(name, fact, context) for name, fact in facts if _is_contradicted(fact)
    )


def _is_contradicted(fact: Fact) -> bool:
    """Whether another source excludes what a fact says; one that says less leaves it possible."""
    told = _told(fact)
    return any(not told or not told <= _told(other) for other in fact.others)


def _told(fact: Fact) -> frozenset[Value]:
    return frozenset(fact.possible if fact.value is None else (fact.value,))


def _says(fact: Fact) -> bool:
    return fact.value is not None or bool(fact.possible) or bool(fact.others)


def evidence_line(name: str, fact: Fact, context: SentenceContext) -> EvidenceLine:
    """Return a stated value, or why there is none, with what stands behind it.

    Many rules read one fact: its line is made once.
    """
    known = context.evidence.get((name, id(fact)))
    if known is None:
        known = context.evidence[name, id(fact)] = (fact, _evidence_line(name, fact, context))
    return known[1]


def _evidence_line(name: str, fact: Fact, context: SentenceContext) -> EvidenceLine:
    wording = context.wording
    if fact.possible:
        value = wording.word("finding.possible", list=wording.possible(name, fact.possible))
    elif fact.value is None:
        value = wording.word(f"cause.{(fact.cause or Cause.NOT_STATED).value}")
    else:
        value = _value_words(name, fact.value, fact, wording)
    grade_words = wording.word(f"grade.{fact.grade.name}")
    document = wording.document(fact.document) if fact.document else None
    return EvidenceLine(
        field=name,
        title=wording.title(name),
        value=value,
        grade=fact.grade.name,
        grade_words=grade_words,
        words=_words(fact, f"{fact.grade.name} {grade_words}", document, wording),
        raw=shorten_and_encode(fact.raw) if fact.raw is not None else None,
        place=place_words(fact.place, wording) if fact.place else None,
        source=fact.source,
        document=document,
        page=fact.page,
        as_of=fact.as_of.isoformat() if fact.as_of else None,
        others=tuple(evidence_line(name, other, context) for other in fact.others),
    )


def _value_words(name: str, value: Value, fact: Fact, wording: Wording) -> str:
    """Return a stated value; one that nobody knew on the day of assessment is marked as such."""
    words = wording.value(name, value)
    if not is_later(fact, wording.bound.as_of):
        return words
    return f"{words} ({wording.word(f'cause.{Cause.NOT_KNOWN_YET.value}')})"


def _words(fact: Fact, grade: str, document: str | None, wording: Wording) -> str:
    paper = ", ".join(part for part in (document, fact.page) if part)
    day = wording.day(fact.as_of) if fact.as_of else ""
    source = origin_words(fact.source, wording) if fact.source else ""
    return shorten_and_encode(" · ".join(part for part in (grade, paper, day, source) if part))


def _table_lines(rule: BoundRule, context: SentenceContext) -> tuple[EvidenceLine, ...]:
    lookups = rule_text(rule, context.setting).lookups
    lines = (_table_line(node, rule, context) for node in lookups)
    return tuple(line for line in lines if line is not None)


def _table_line(node: Lookup, rule: BoundRule, context: SentenceContext) -> EvidenceLine | None:
    seen = context.seen(node.name, rule)
    value = seen.fact.value if seen.value is None else seen.value
    if value is None and not seen.possible:
        return None
    said = context.setting.table_lines
    key = (node.name, value, seen.possible, context.offer.value(CURRENCY))
    if key not in said:
        if len(said) >= MOST_KEPT:
            said.clear()
        said[key] = _answer_line(node, value, seen.possible, context)
    return said[key]


def _answer_line(
    node: Lookup, value: Value | None, possible: tuple[Value, ...], context: SentenceContext
) -> EvidenceLine:
    source = context.wording.table(node.table)
    return EvidenceLine(
        field=node.name,
        title=context.wording.title(node.name),
        value=_table_words(node, value, possible, context),
        grade="",
        grade_words="",
        words=source,
        source=source,
    )


def _table_words(
    node: Lookup, value: Value | None, possible: tuple[Value, ...], context: SentenceContext
) -> str:
    field = context.wording.field(node.name)
    if isinstance(value, str) and value == node.absent and (field is None or not field.codes):
        return context.wording.word("decided.absent")
    return _answer_words(node.name, value, possible, context)


def _answer_words(
    name: str, value: Value | None, possible: tuple[Value, ...], context: SentenceContext
) -> str:
    if value is not None:
        return context.value_words(name, value)
    listed = context.wording.possible(name, possible)
    return context.wording.word("finding.possible", list=listed)
