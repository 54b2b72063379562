"""What decided a finding, in words: each row and value with its own source and standing."""

from collections.abc import Iterator, Sequence

from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.sources import STRONGEST_FIRST, source_line
from offsetcheck.rulebook.binding.bound import BoundRule, Source
from offsetcheck.vocabulary.evidence import Provenance, Standing, Value
from offsetcheck.vocabulary.explained import SourceLine
from offsetcheck.vocabulary.finding import DecidedRow, Finding, Outcome
from offsetcheck.vocabulary.finding_explanation import DecidedLine

VALUES_NAMED = 5
UNSETTLED = (Outcome.UNKNOWN, Outcome.NOT_APPLICABLE)


def decided_lines(
    finding: Finding, rule: BoundRule, context: SentenceContext
) -> tuple[DecidedLine, ...]:
    """Return what decided a settled finding: rows of tables, then values it was held against."""
    if finding.outcome in UNSETTLED:
        return ()
    rows = (_row_line(row, context) for row in finding.deciders.rows)
    values = _value_lines(finding, rule, context)
    return tuple(dict.fromkeys([*rows, *values]))


def weakest_standing(lines: Sequence[DecidedLine], rule: BoundRule) -> Standing:
    """Return how the weakest of what decided was seen; without any, of the rule's sources."""
    decided = [Standing(line.source.standing) for line in lines if line.source is not None]
    own = [source.standing for source in rule.sources]
    return max(decided or own, key=STRONGEST_FIRST.index, default=Standing.DESIGN)


def grounds(lines: Sequence[DecidedLine], sources: Sequence[SourceLine]) -> str:
    """Return, for a reason, where what decided is from and how it was seen: a row before a value.

    Without either it is the clause of the rule; nothing where that is our own.
    """
    line = next((line for line in lines if line.source is not None), None)
    if line is not None and line.source is not None:
        if line.source.guide is None and line.source.standing == Standing.DESIGN:
            return f"{line.title}: {line.source.standing_words}"
        return f"{line.source.words}; {line.source.standing_words}"
    if not sources or not sources[0].guide:
        return ""
    return f"{sources[0].words}; {sources[0].standing_words}"


def _row_line(row: DecidedRow, context: SentenceContext) -> DecidedLine:
    wording = context.wording
    value = wording.word("decided.absent") if row.absent else _row_value(row, context)
    of = wording.table(row.table)
    source = _provenance_line(row.origin, context) if row.origin is not None else None
    return _line(wording.title(row.field), value, of, source, context)


def _row_value(row: DecidedRow, context: SentenceContext) -> str:
    field = context.wording.field(row.field)
    listed = field is not None and field.lookup is not None and field.lookup.collect
    value: Value = (row.value,) if listed and isinstance(row.value, str) else row.value
    return context.value_words(row.field, value)


def _provenance_line(origin: Provenance, context: SentenceContext) -> SourceLine:
    """Return a row's own source where it names one, else that of its table."""
    wording = context.wording
    line = source_line(Source(origin.standing, origin.guide, origin.clause, origin.note), wording)
    if origin.text is None:
        return line
    return line.model_copy(
        update={"words": origin.text, "guide": None, "clause": None, "url": None}
    )


def _value_lines(
    finding: Finding, rule: BoundRule, context: SentenceContext
) -> Iterator[DecidedLine]:
    wording = context.wording
    for name in finding.deciders.parameters:
        parameter = rule.parameters.get(name) or rule.parameters.get(f"${name}")
        if parameter is None:
            continue
        value = wording.parameter(parameter, rule, at_most=VALUES_NAMED) or ""
        source = source_line(parameter.source, wording) if parameter.source else None
        yield _line(
            wording.parameter_title(parameter, rule),
            value,
            wording.layer(parameter.layer),
            source,
            context,
        )


def _line(
    title: str, value: str, of: str, source: SourceLine | None, context: SentenceContext
) -> DecidedLine:
    words = context.wording.word("decided.line", title=title, value=value, of=of)
    if source is not None and source.words == context.wording.word("source.design"):
        words = context.wording.word("decided.ours", line=words, standing=source.standing_words)
    elif source is not None:
        words = context.wording.word(
            "decided.sourced", line=words, source=source.words, standing=source.standing_words
        )
    return DecidedLine(title=title, value=value, of=of, source=source, words=words)
