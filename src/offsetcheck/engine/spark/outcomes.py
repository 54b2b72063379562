"""One rule as SQL: outcome, possible levels, state and condition, as `engine.columns` has them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from offsetcheck.engine.evaluate import HIGHEST, LOWEST
from offsetcheck.engine.spark.columns import FALSE, TRUE, Sql, joined, sql
from offsetcheck.engine.spark.expressions import Writer
from offsetcheck.engine.spark.fields import OFFER
from offsetcheck.engine.spark.literals import fact, text
from offsetcheck.engine.state import condition_stands, open_state, signed_judgement
from offsetcheck.engine.typical import typical_points
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.finding import Outcome, State

NO_LEVEL = Sql("CAST(NULL AS BIGINT)", atom=True)


@dataclass(frozen=True, slots=True)
class RuleSql:
    """What one rule says of every row, each part a column or a literal.

    `typical` are the points that stand in for it in the working score, None where it has none.
    """

    rule: BoundRule
    outcome: Sql
    state: Sql
    lower: Sql
    upper: Sql
    typical: Sql | None
    on_word: Sql
    condition: Sql
    unscreened: Sql

    def is_outcome(self, outcome: Outcome) -> Sql:
        """Whether the rule has an outcome."""
        return sql(f"({{}} = '{outcome.value}')", self.outcome)

    def is_state(self, state: State) -> Sql:
        """Whether the rule is in a state."""
        return sql(f"({{}} = '{state.value}')", self.state)

    @property
    def may_apply(self) -> Sql:
        """Whether the rule applies or may apply."""
        return sql(f"({{}} <> '{Outcome.NOT_APPLICABLE.value}')", self.outcome)


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """A rule's outcome before stage, reviews and screenings give it a state."""

    outcome: Sql
    lower: Sql
    upper: Sql
    met_anyway: Sql

    @property
    def unknown(self) -> Sql:
        return sql(f"({{}} = '{Outcome.UNKNOWN.value}')", self.outcome)


def judge(rule: BoundRule, writer: Writer) -> RuleSql:
    """Return what a rule says of every row, as `evaluate_rule` says it of one."""
    name = writer.columns.named
    outcomes = _outcomes_of(rule, writer, rule.at_least)
    on_word = FALSE
    if rule.heard and rule.applies_when is not None:
        heard = writer.hearing(rule.heard).value(rule.applies_when, rule.at_least)
        applies = writer.columns.told(heard)
        on_word = name(sql("({} AND NOT coalesce({}, true))", outcomes.unknown, applies))
        outcomes = _settled(writer, outcomes, on_word, Outcome.NOT_APPLICABLE)
    if rule.declare:
        relaxed = _outcomes_of(rule, writer, None)
        passes = sql(f"({{}} = '{Outcome.PASS.value}')", relaxed.outcome)
        met = name(sql("({} AND {})", outcomes.unknown, passes))
        outcomes = _settled(writer, outcomes, met, Outcome.PASS)
        on_word = name(sql("({} OR {})", on_word, met))
    return _with_state(rule, writer, outcomes, on_word)


def with_identity_condition(rules: Sequence[RuleSql], writer: Writer) -> list[RuleSql]:
    """Return rules in which the condition of one `for_identity` stands, or does not."""
    words = [sql("({} AND {})", r.on_word, r.is_outcome(Outcome.NOT_APPLICABLE)) for r in rules]
    stands = writer.columns.named(joined(" OR ", words, "false"))
    return [
        replace(r, condition=FALSE if r.rule.draft else stands) if r.rule.for_identity else r
        for r in rules
    ]


def _settled(writer: Writer, outcomes: _Outcomes, rows: Sql, outcome: Outcome) -> _Outcomes:
    """Return outcomes in which some rows have another one, without a level."""
    name = writer.columns.named
    return _Outcomes(
        name(sql(f"IF({{}}, '{outcome.value}', {{}})", rows, outcomes.outcome)),
        name(sql("CASE WHEN NOT {} THEN {} END", rows, outcomes.lower)),
        name(sql("CASE WHEN NOT {} THEN {} END", rows, outcomes.upper)),
        name(sql("({} AND NOT {})", outcomes.met_anyway, rows)),
    )


def _outcomes_of(rule: BoundRule, writer: Writer, grade: EvidenceGrade | None) -> _Outcomes:
    applies = TRUE
    if rule.applies_when is not None:
        applies = writer.columns.told(writer.value(rule.applies_when, grade))
    if rule.requires is None:
        return _scale(rule, writer, applies, grade)
    met = writer.columns.told(writer.value(rule.requires, grade))
    cases = "CASE WHEN NOT {0} THEN '{na}' WHEN {0} AND {1} THEN '{yes}' WHEN {0} AND NOT {1} "
    cases += "THEN '{no}' ELSE '{open}' END"
    outcome = writer.columns.named(_outcome(cases, applies, met))
    anyway = sql("(coalesce({}, false) AND {} IS NULL)", met, applies)
    return _Outcomes(outcome, NO_LEVEL, NO_LEVEL, writer.columns.named(anyway))


def _outcome(pattern: str, *parts: Sql) -> Sql:
    words = {
        "na": Outcome.NOT_APPLICABLE.value,
        "yes": Outcome.PASS.value,
        "no": Outcome.FAIL.value,
        "open": Outcome.UNKNOWN.value,
        "scored": Outcome.SCORED.value,
    }
    texts = [part.text for part in parts]
    return Sql(pattern.format(*texts, **words))


def _scale(rule: BoundRule, writer: Writer, applies: Sql, grade: EvidenceGrade | None) -> _Outcomes:
    name = writer.columns.named
    possible = list(_possible_levels(rule, writer, grade).items())
    upper = name(_first_level(possible, applies, HIGHEST))
    lower = name(_first_level(possible[::-1], applies, LOWEST))
    cases = "CASE WHEN NOT {0} THEN '{na}' WHEN {0} AND {1} = {2} THEN '{scored}' "
    outcome = name(_outcome(cases + "ELSE '{open}' END", applies, lower, upper))
    return _Outcomes(outcome, lower, upper, FALSE)


def _possible_levels(
    rule: BoundRule, writer: Writer, grade: EvidenceGrade | None
) -> dict[int, Sql]:
    """Return where each level is possible, the highest first."""
    name, told = writer.columns.named, writer.columns.told
    possible: dict[int, Sql] = {}
    going = TRUE
    for points, condition in (*rule.levels, (LOWEST, None)):
        holds = TRUE if condition is None else told(writer.value(condition, grade))
        here = name(sql("({} AND coalesce({}, true))", going, holds))
        before = possible.get(points)
        possible[points] = here if before is None else name(sql("({} OR {})", before, here))
        going = name(sql("({} AND NOT coalesce({}, false))", going, holds))
    return possible


def _first_level(possible: list[tuple[int, Sql]], applies: Sql, otherwise: int) -> Sql:
    levels = [sql(f"WHEN {{}} THEN {points}", rows) for points, rows in possible]
    first = joined(" ", [Sql("CASE"), *levels, Sql("END")], "")
    whole = f"CAST(CASE WHEN {{0}} THEN {{1}} WHEN {{0}} IS NULL THEN {otherwise} END AS BIGINT)"
    return sql(whole, applies, first)


def _with_state(rule: BoundRule, writer: Writer, outcomes: _Outcomes, on_word: Sql) -> RuleSql:
    name, fields = writer.columns.named, writer.fields
    open_rows = name(sql("({} AND NOT {})", outcomes.unknown, outcomes.met_anyway))
    alone, searched = (open_state(rule, fields.purchase, searched=x) for x in (False, True))
    state, unscreened = Sql(f"'{State.CLEAR.value}'", atom=True), FALSE
    if not rule.draft:
        cases = f"CASE WHEN {{}} = '{Outcome.FAIL.value}' THEN '{State.FAIL.value}' "
        cases += f"WHEN {{}} THEN IF({{}}, '{searched.state.value}', '{alone.state.value}') "
        cases += f"ELSE '{State.CLEAR.value}' END"
        state = name(sql(cases, outcomes.outcome, open_rows, fields.screened))
        unscreened = open_rows if alone.unscreened else FALSE
    signed = _signed(rule, writer)
    if signed is not None:
        unscreened = name(sql("({} AND {} IS NULL)", unscreened, signed))
        state = name(sql("coalesce({}, {})", signed, state))
    due = sql("({} AND NOT {})", unscreened, fields.screened) if alone.search_due else FALSE
    judged = RuleSql(
        rule=rule,
        outcome=outcomes.outcome,
        state=state,
        lower=outcomes.lower,
        upper=outcomes.upper,
        typical=_typical(rule, writer, outcomes),
        on_word=on_word,
        condition=FALSE,
        unscreened=unscreened,
    )
    return replace(judged, condition=name(_condition(judged, due)))


def _condition(judged: RuleSql, due: Sql) -> Sql:
    """Whether the rule's own condition stands, or that somebody looks first."""
    parts = [due]
    if condition_stands(judged.rule, Outcome.FAIL, on_word=False):
        parts.append(judged.is_outcome(Outcome.FAIL))
    if condition_stands(judged.rule, Outcome.PASS, on_word=True):
        parts.append(sql("({} AND {})", judged.on_word, judged.is_outcome(Outcome.PASS)))
    return joined(" OR ", [part for part in parts if part is not FALSE], "false")


def _signed(rule: BoundRule, writer: Writer) -> Sql | None:
    """Return the state that a person has signed, None where nobody has signed any."""
    fields = writer.fields
    offers = sorted({r.offer for r in fields.purchase.reviews if r.rule == rule.id})
    judged = [(o, signed_judgement(rule, o, fields.purchase, fields.day)) for o in offers]
    signed = [(offer, f"'{state.value}'") for offer, state in judged if state is not None]
    if not signed:
        return None
    cases = " ".join(f"WHEN {text(offer)} THEN {state}" for offer, state in signed)
    states = sorted({state for _, state in signed})
    return writer.columns.told(Sql(f"CASE {fact(OFFER)} {cases} END"), states)


def _typical(rule: BoundRule, writer: Writer, outcomes: _Outcomes) -> Sql | None:
    """Return the points typical for the type of the project, where the scale is unknown."""
    if not rule.typical:
        return None
    name = writer.columns.named
    types, of_any = writer.fields.types, typical_points(rule, ())
    known = ", ".join(f"{text(one)}, {points}" for one, points in rule.typical.items())
    found = name(sql(f"transform({{}}, x -> try_element_at(map({known}), x))", types))
    cases = f"CASE WHEN size({{0}}) = 0 THEN {_points(of_any)} "
    cases += "WHEN NOT exists({0}, x -> x IS NULL) THEN array_min({0}) END"
    of_type = sql(f"CAST({cases} AS BIGINT)", found)
    return name(sql("CASE WHEN {} THEN {} END", outcomes.unknown, of_type))


def _points(points: int | None) -> str:
    return "NULL" if points is None else str(points)
