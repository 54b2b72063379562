"""The index of a long list: what is ruled out and by which rule, then what stays open.

A registry list alone seldom decides a purchase, and all rows are far from decided. So what is open
stands in the order of what is typical for its type, and among equals by how few answers it needs.
"""

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.engine.columns.missing import WAIT
from offsetcheck.explain.audit import audit, limits
from offsetcheck.explain.missing_everywhere import everywhere_lines
from offsetcheck.explain.readings import reading_lines
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.tender import problem_line
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.ground.canonical import texts_hash
from offsetcheck.report.finder import (
    COUNTRY,
    MOST_OF_GROUP,
    TYPE,
    Listed,
    finder_of,
    groups_of,
)
from offsetcheck.report.order import BEST_FIRST, in_order
from offsetcheck.report.result_tables import SEPARATOR, missing_in_every_row
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.batch_explanation import (
    BatchExplanation,
    BatchRow,
    OneOutcomeLine,
    QuestionCount,
    RuledOutLine,
    VerdictCount,
)
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.finding import Effect, State
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.problem_groups import grouped
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.vocabulary.table import CandidateTable

SHOWN = 100
EXAMPLES = 4
FIELDS_NAMED = 3
QUESTIONS = 15
PROBLEMS = 50


def explain_batch(
    result: BatchResult,
    table: CandidateTable,
    setting: Setting,
    *,
    links: Mapping[str, str],
    file: str,
    problems: Sequence[Problem] = (),
    readings: Sequence[Reading] = (),
    ranked: pl.DataFrame | None = None,
) -> BatchExplanation:
    """Return a whole list explained, as the first page of a batch shows it.

    `links` gives the report of an id where there is one, `file` is the table that holds all rows;
    `ranked` are the rows in order, where they were put in it before. `readings` say how each file
    was read.
    """
    wording = setting.wording
    kinds = grouped(problems)
    ranked = in_order(result, setting.bound) if ranked is None else ranked
    bought, undecided = _may_be_bought(ranked), ranked.filter(_is(Verdict.UNDECIDED))
    offers = wording.bare(len(table))
    everywhere = everywhere_lines(missing_in_every_row(result).select(WAIT).iter_rows(), setting)
    alike = frozenset(line.field for line in everywhere)
    listed = Listed(ranked, table, links, file)
    return BatchExplanation(
        language=wording.language,
        city=wording.city(),
        title=wording.word("index.title", count=offers, city=wording.city()),
        conservation=wording.word(
            "report.conservation", offers=offers, verdicts=wording.bare(result.rows.height)
        ),
        counts=_counts(result, setting),
        ruled_out=_ruled_out(result, setting),
        eligible=_rows(bought, listed, alike, setting),
        eligible_shown=_shown_words(bought.height, file, setting),
        open=_rows(undecided, listed, alike, setting),
        open_shown=_shown_words(undecided.height, file, setting),
        everywhere=everywhere,
        questions=_questions(result, alike, setting),
        same=_one_outcome(result, setting),
        types=groups_of(TYPE, listed, setting, MOST_OF_GROUP),
        countries=groups_of(COUNTRY, listed, setting, 0),
        finder=finder_of(listed, result, setting) if len(table) else None,
        readings=reading_lines(readings, wording),
        problems=tuple(problem_line(problem) for problem in kinds[:PROBLEMS]),
        problems_count=len(problems),
        problems_shown=_shown_words(len(kinds), "problems.csv", setting, PROBLEMS),
        limits=limits(setting),
        audit=audit(setting, (), result_hash(result)),
    )


def result_hash(result: BatchResult) -> str:
    """Return the hash of what was concluded, row by row."""
    return texts_hash(concluded(result))


def concluded(result: BatchResult) -> list[tuple[str | None, ...]]:
    """Return what was concluded of each row, as its hash takes it."""
    columns = ("id", "verdict", "integrity_lower", "integrity_upper", "claim", "claim_worst")
    return result.rows.select(pl.col(*columns).cast(pl.String)).rows()


def _is(*verdicts: Verdict) -> pl.Expr:
    return pl.col("verdict").cast(pl.String).is_in([verdict.value for verdict in verdicts])


def _may_be_bought(ranked: pl.DataFrame) -> pl.DataFrame:
    return ranked.filter(_is(Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS))


def _counts(result: BatchResult, setting: Setting) -> tuple[VerdictCount, ...]:
    total = max(result.rows.height, 1)
    found = {verdict: result.rows.filter(_is(verdict)).height for verdict in BEST_FIRST}
    return tuple(
        VerdictCount(
            verdict=verdict.value,
            words=setting.wording.word(f"verdict.{verdict.value}"),
            count=setting.wording.bare(count),
            percent=setting.wording.percent(count / total),
        )
        for verdict, count in found.items()
    )


def ruling_out(result: BatchResult, bound: BoundRulebook) -> dict[str, pl.Series]:
    """Return by each reason that rules rows out (a gate, `integrity`: the floor) which rows."""
    cut = bound.scheme.cut(bound.city.floor)
    gates = [r for r in bound.candidate_rules if r.effect is Effect.GATE and not r.draft]
    failed = {r.id: result.states[r.id].cast(pl.String) == State.FAIL.value for r in gates}
    failed["integrity"] = result.rows["integrity_upper"] < cut
    return failed


def reasons_of(failed: Mapping[str, pl.Series]) -> pl.Series:
    """Return by how many reasons each row is ruled out."""
    return pl.DataFrame(failed).select(pl.sum_horizontal(pl.all().cast(pl.Int32))).to_series()


def _ruled_out(result: BatchResult, setting: Setting) -> tuple[RuledOutLine, ...]:
    """Return each reason that rules rows out, the most frequent first."""
    failed = ruling_out(result, setting.bound)
    how_many = reasons_of(failed)
    lines = [
        _reason_line(rule, rows, how_many, result, setting)
        for rule, rows in failed.items()
        if rows.any()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.number, line.rule)))


def _reason_line(
    rule: str, rows: pl.Series, how_many: pl.Series, result: BatchResult, setting: Setting
) -> RuledOutLine:
    known = setting.bound.rules.get(rule)
    words = setting.wording
    number = int(rows.sum())
    return RuledOutLine(
        rule=rule,
        code=known.code if known else None,
        title=words.rule_title(known) if known else words.word("index.below_floor"),
        cause=_cause(known, setting) if known else None,
        number=number,
        count=words.bare(number),
        alone=words.bare(int((rows & (how_many == 1)).sum())),
        examples=shorten_and_encode(", ".join(result.rows["id"].filter(rows).head(EXAMPLES))),
    )


def _cause(rule: BoundRule, setting: Setting) -> str | None:
    """Return what is wrong with what a rule rules out, where that names no value of one offer."""
    fails = setting.wording.fails(rule)
    context = SentenceContext.of(setting, Candidate(rule.id, {}), ())
    return context.sentence(fails, rule) if fails else None


def _rows(
    ranked: pl.DataFrame, listed: Listed, alike: Collection[str], setting: Setting
) -> tuple[BatchRow, ...]:
    names = listed.table.columns.get("name")
    wording = setting.wording
    return tuple(
        BatchRow(
            id=shorten_and_encode(row["id"]),
            name=shorten_and_encode(
                str((names.values[row["row"]] if names else None) or row["id"])
            ),
            report=listed.links.get(row["id"]),
            verdict=row["verdict"],
            verdict_words=wording.word(f"verdict.{row['verdict']}"),
            reach=f"{row['grade_upper']} ({wording.score(row['integrity_upper'])})",
            sure=f"{row['grade_lower']} ({wording.score(row['integrity_lower'])})",
            typical=_typical(row["integrity_working"], setting),
            answers=row["answers_needed"],
            fields=_named(row["missing_fields"], alike, setting),
        )
        for row in ranked.head(SHOWN).iter_rows(named=True)
    )


def _typical(working: int, setting: Setting) -> str:
    grade = setting.bound.scheme.grade(working)
    return f"{grade} ({setting.wording.score(working)})"


def _named(fields: str, alike: Collection[str], setting: Setting) -> str:
    """Return the first fields that a row lacks besides those that every row lacks."""
    names = [name for name in fields.split(SEPARATOR) if name and name not in alike]
    titles = [setting.wording.title(name) for name in names]
    more = f" (+{len(titles) - FIELDS_NAMED})" if len(titles) > FIELDS_NAMED else ""
    return ", ".join(titles[:FIELDS_NAMED]) + more


def _questions(
    result: BatchResult, alike: Collection[str], setting: Setting
) -> tuple[QuestionCount, ...]:
    """Return the fields that the most rows lack, without those that every row lacks."""
    counted = (
        result.lacking.counts_of_fields()
        .filter(~pl.col("field").cast(pl.String).is_in(sorted(alike)))
        .sort(["candidates", "field"], descending=[True, False])
    )
    wording = setting.wording
    return tuple(
        QuestionCount(title=wording.title(field), field=field, count=wording.bare(count))
        for field, count in counted.head(QUESTIONS).iter_rows()
    )


def _one_outcome(result: BatchResult, setting: Setting) -> tuple[OneOutcomeLine, ...]:
    """Return the rules that came out alike on every row, which told none of them apart."""
    lines = []
    for rule in setting.bound.candidate_rules:
        parts = (result.outcomes[rule.id], result.lowers[rule.id], result.uppers[rule.id])
        if result.rows.height and all(part.n_unique() == 1 for part in parts):
            outcome = setting.wording.word(f"outcome.{parts[0][0]}")
            score = "" if parts[1][0] is None else f" {parts[1][0]}–{parts[2][0]}"
            lines.append(
                OneOutcomeLine(
                    rule=rule.id,
                    code=rule.code,
                    title=setting.wording.rule_title(rule),
                    outcome=outcome + score,
                )
            )
    return tuple(lines)


def _shown_words(count: int, file: str, setting: Setting, most: int = SHOWN) -> str:
    words = setting.wording
    key = "index.shown" if count > most else "index.all_shown"
    return words.word(key, shown=words.bare(most), count=words.bare(count), file=file)
