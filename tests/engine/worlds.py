"""Random rulebooks and random candidates: typed at random, with every trap the semantics know."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from hypothesis import strategies as st

from offsetcheck.rulebook.binding.bound import (
    BoundRule,
    BoundRulebook,
    CityProfile,
    Decisions,
    DimensionScheme,
    IfUnknown,
    ScreeningTerm,
    Source,
)
from offsetcheck.rulebook.expression.nodes import (
    And,
    Calculate,
    Compare,
    Constant,
    CountTrue,
    Derived,
    FieldRef,
    Function,
    In,
    Lookup,
    Node,
    Not,
    Or,
    TableRow,
)
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Dictionary, FieldType, Subject
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Standing, Value
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.purchase import Purchase, Review, Screening, Stage
from offsetcheck.vocabulary.table import CandidateTable, Column
from world import RULEBOOK

DAY = date(2024, 2, 29)
SCREENING_DAYS = 90
LATER = date(2024, 3, 1)
# On the day, the first and the last day that count, one day too old, and one day too late.
SCREENED_ON = (DAY, date(2023, 12, 1), date(2023, 11, 30), LATER)
SIGNED_ON = (DAY, date(2023, 12, 1), LATER)
N, INT, B, D = FieldType.NUMBER, FieldType.INTEGER, FieldType.BOOLEAN, FieldType.DATE
T, C, CS, IS = FieldType.TEXT, FieldType.CODE, FieldType.CODES, FieldType.INTEGERS

FIELDS = {
    "n1": N, "n2": N, "n3": N, "i1": INT, "i2": INT, "b1": B, "b2": B, "b3": B, "d1": D, "d2": D,
    "d3": D, "t1": T, "t2": T, "version": T, "c1": C, "c2": C, "c3": C, "project_type": C, "cs1": CS, "cs2": CS, "is1": IS,
}  # fmt: skip
HEARD = ("id", "n1", "b1", "t1", "c1", "c2", "cs1", "version", "d1")  # identify a candidate here
PURCHASE_FIELDS = {"year": N, "claim": C, "in_house": B}

POOLS = {
    N: (0, 0.0, -0.0, 1, 2, 2.5, 3, 5, 10, -3, 1e308, 2.0**53, 0.1, 1e-5),
    INT: (0, 1, 2, 3, 5, 2000, 2024, -1),
    B: (True, False),
    D: (date(2020, 2, 29), date(2024, 2, 29), date(2023, 3, 1), date(2023, 2, 28), date(2000, 1, 1),
        date(1999, 12, 31), date(2024, 12, 31), date(9999, 12, 31), date(1, 1, 1)),
    T: ("a", "ab", "ab c", "é", "e\u0301", "日本", "ż", ""),
    C: ("x", "y", "z"),
    CS: ((), ("x",), ("x", "y"), ("y", "z", "y"), ("é",)),
    IS: ((), (1,), (1, 13), (3, 3, 5)),
}  # fmt: skip
VERSIONS = ("1.0", "2.0", "13.1", "3.5")
RANGES = (None, "1.0-2.0", "2.0", "13.0-14.0", "1.0, 3.5")
GRADES = tuple(EvidenceGrade)
UNKNOWN_CAUSES = (
    None, Cause.NOT_STATED, Cause.SOURCES_CONTRADICT, Cause.NOT_COMPUTABLE,
    Cause.ID_NOT_RECOGNISED,
)  # fmt: skip
COVERS = {"xy": ("x", "y"), "yz": ("y", "z"), "any": ("x", "y", "z")}
"""Broad words, as a registry writes them, with the codes that each stands for."""

DIMENSIONS = (
    DimensionScheme("alpha", {"en": "A"}, integrity_weight=40, ceiling=0),
    DimensionScheme("beta", {"en": "B"}, integrity_weight=25, ceiling=1000),
    DimensionScheme("gamma", {"en": "C"}, integrity_weight=15),
    DimensionScheme("delta", {"en": "D"}, value_weight=50),
    DimensionScheme("locality", {"en": "L"}, value_weight=20),
    DimensionScheme("claim", {"en": "K"}),
)
INTEGRITY_DIMENSIONS = ("alpha", "beta", "gamma")
SCHEME = replace(RULEBOOK.guide.scheme(), dimensions=DIMENSIONS)
DEFAULT_DECISIONS = RULEBOOK.decisions.decisions()
DEFAULT_CONCLUSIONS = DEFAULT_DECISIONS.conclusions
CANDIDATE_VERDICTS = DEFAULT_DECISIONS.verdicts
PURCHASE_DECISIONS = RULEBOOK.decisions.purchase.decisions()


@dataclass(frozen=True)
class World:
    """One random rulebook, the candidates it judges, and the purchase they are for."""

    bound: BoundRulebook
    candidates: tuple[Candidate, ...]
    purchase: Purchase

    @property
    def table(self) -> CandidateTable:
        """The candidates as columns."""
        return as_table(self.candidates)


class Drawer:
    """Draws nodes, rules and facts from one stream of chance."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names = 0

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def name(self, stem: str) -> str:
        self.names += 1
        return f"{stem}{self.names}"

    # nodes ---------------------------------------------------------------------------------

    def field(self, *kinds: FieldType) -> FieldRef:
        names = [(n, k) for n, k in FIELDS.items() if k in kinds and n != "version"]
        names += [(f"purchase.{n}", k) for n, k in PURCHASE_FIELDS.items() if k in kinds]
        return FieldRef(*self.random.choice(names))

    def constant(self, kind: FieldType) -> Constant:
        if self.chance(0.12):
            return Constant(
                None, kind, self.random.choice(("$limit", "city.x")), Cause.CITY_UNDECIDED
            )
        name = self.random.choice((None, "$p", None))
        return Constant(self.random.choice(POOLS[kind]), kind, name)

    def node(self, kind: FieldType, depth: int) -> Node:
        if kind is B:
            return self.boolean(depth)
        if kind in (N, INT):
            return self.number(depth)
        if kind is D:
            return self.day(depth)
        if kind in (CS, IS):
            return self.list(kind)
        return self.word(kind, depth)

    def boolean(self, depth: int) -> Node:
        if depth <= 0:
            return self.random.choice((self.compare, self.within, self.contains, self.flag))(0)
        return self.random.choice(
            (
                self.compare, self.compare, self.within, self.contains, self.flag,
                self.both, self.both, self.either, self.either, self.negated, self.count,
                self.derived_boolean,
            )
        )(depth - 1)  # fmt: skip

    def flag(self, _depth: int) -> Node:
        return self.field(B) if self.chance(0.8) else self.lookup(B)

    def both(self, depth: int) -> Node:
        return And(tuple(self.boolean(depth) for _ in range(self.random.randint(2, 3))))

    def either(self, depth: int) -> Node:
        return Or(tuple(self.boolean(depth) for _ in range(self.random.randint(2, 3))))

    def negated(self, depth: int) -> Node:
        return Not(self.boolean(depth))

    def derived_boolean(self, depth: int) -> Node:
        return Derived(self.name("derived"), B, self.boolean(depth))

    def compare(self, depth: int) -> Node:
        kind = self.random.choice((N, N, N, D, D, T, C, B))
        operators = ("=", "<>", "<", "<=", ">", ">=") if kind in (N, D) else ("=", "<>")
        if kind is N and self.chance(0.15):
            return self.age(self.random.choice(operators))
        deep = depth + self.random.choice((0, 1, 2))
        right = self.constant(kind) if self.chance(0.6) else self.node(kind, depth - 1)
        return Compare(self.random.choice(operators), self.node(kind, deep), right, at=3)

    def age(self, operator: str) -> Node:
        """Return a comparison of whole years since a day with the few that the days differ by."""
        years = Function("years_between", (self.field(D), Constant(DAY, D, "$as_of")), N)
        return Compare(operator, years, Constant(self.random.choice((0, 1, 4, 24)), N))

    def within(self, _depth: int) -> Node:
        kind = self.random.choice((N, INT, C, T))
        options = tuple(self.constant(kind) for _ in range(self.random.randint(1, 3)))
        return In(self.field(kind), options)

    def contains(self, depth: int) -> Node:
        kind, item = self.random.choice(((CS, C), (CS, T), (IS, INT), (IS, N)))
        one = self.constant(item) if self.chance(0.5) else self.field(item)
        return Function("contains", (self.list(kind), one), B)

    def count(self, depth: int) -> Node:
        items = tuple(self.boolean(depth - 1) for _ in range(self.random.randint(1, 4)))
        count = (
            Constant(self.random.choice((0, 1, 2, 3, 2.5)), N)
            if self.chance(0.8)
            else self.field(INT)
        )
        return CountTrue(self.random.choice(("=", "<>", "<", "<=", ">", ">=")), items, count)

    def number(self, depth: int) -> Node:
        if depth <= 0 or self.chance(0.3):
            return self.field(N, INT) if self.chance(0.7) else self.lookup(N)
        return self.random.choice(
            (
                self.calculated, self.calculated, self.counted, self.size, self.years, self.days,
                self.extreme, self.derived_number,
            )
        )(depth - 1)  # fmt: skip

    def calculated(self, depth: int) -> Node:
        operator = self.random.choice("+-*//")
        if operator == "/" and self.chance(0.4):
            return Calculate(
                operator, self.number(depth), Constant(self.random.choice((0, -0.0)), N)
            )
        right = self.constant(N) if self.chance(0.3) else self.number(depth)
        return Calculate(operator, self.number(depth), right)

    def derived_number(self, depth: int) -> Node:
        return Derived(self.name("derived"), N, self.number(depth))

    def counted(self, _depth: int) -> Node:
        kind, item = self.random.choice(((CS, C), (IS, INT)))
        options = tuple(self.constant(item) for _ in range(self.random.randint(1, 2)))
        return Function("count_in", (self.list(kind), *options), N)

    def size(self, _depth: int) -> Node:
        return Function("size", (self.list(self.random.choice((CS, IS))),), N)

    def years(self, depth: int) -> Node:
        return Function("years_between", (self.day(depth), self.day(depth)), N)

    def days(self, depth: int) -> Node:
        return Function("days_between", (self.day(depth), self.day(depth)), N)

    def extreme(self, depth: int) -> Node:
        arguments = tuple(self.number(depth) for _ in range(self.random.randint(2, 3)))
        return Function(self.random.choice(("least", "greatest")), arguments, N)

    def day(self, depth: int) -> Node:
        if depth <= 0 or self.chance(0.4):
            return self.field(D) if self.chance(0.75) else self.constant(D)
        if self.chance(0.6):
            years = Constant(self.random.choice((1, 4, -1, 0.5, 3, 9000)), N)
            return Function("add_years", (self.day(depth - 1), years), D)
        return Function("greatest", (self.day(depth - 1), self.day(depth - 1)), D)

    def word(self, kind: FieldType, depth: int) -> Node:
        if kind is C and self.chance(0.4):
            return self.lookup(C)
        return self.field(kind)

    def list(self, kind: FieldType) -> Node:
        if self.chance(0.2):
            return self.constant(kind)
        return self.lookup(CS) if kind is CS and self.chance(0.4) else self.field(kind)

    def lookup(self, kind: FieldType) -> Lookup:
        versioned, collect = self.chance(0.4), kind is CS
        names = self.random.sample(("c1", "c2", "i1", "b1", "id"), self.random.choice((1, 1, 2)))
        if collect and self.chance(0.6):  # a table of events
            names, versioned = ["id"], False
        keys = tuple(FieldRef(name, FIELDS.get(name, T)) for name in names)
        item = C if collect else kind
        rows: dict[tuple[str, ...], tuple[TableRow, ...]] = {}
        for _ in range(self.random.randint(1, 6)):
            key = tuple(self.key_part(name) for name in names)
            count = self.random.choice((1, 1, 2, 3))
            rows[key] = tuple(self.row(item, versioned) for _ in range(count))
        found_none = () if collect else self.random.choice(POOLS[kind])
        absent = None if self.chance(0.5) else found_none
        return Lookup(
            self.name("lookup"), kind, "table", keys, rows,
            version=FieldRef("version", T) if versioned else None, collect=collect,
            absent=absent, stale=self.chance(0.12),
        )  # fmt: skip

    def key_part(self, name: str) -> str:
        if name == "id":
            return f"P{self.random.randint(0, 7)}"
        pool = {"i1": ("0", "1", "2000", "2024"), "b1": ("true", "false")}
        return self.random.choice(pool.get(name, POOLS[C]))

    def row(self, kind: FieldType, versioned: bool) -> TableRow:
        value = None if self.chance(0.05) else self.random.choice(POOLS[kind])
        grade = self.random.choice(GRADES) if self.chance(0.4) else EvidenceGrade.E1
        return TableRow(value, grade, self.random.choice(RANGES) if versioned else None)

    # rules ---------------------------------------------------------------------------------

    def rule(self, number: int, route: bool) -> BoundRule:
        is_scale = route or self.chance(0.5)
        dimension = "alpha" if route else self.random.choice(DIMENSIONS).id
        effect = self.scale_effect(route) if is_scale else self.requirement_effect()
        if_unknown = self.if_unknown(effect)
        return make_rule(
            f"{dimension}.rule{number}",
            dimension=dimension,
            draft=self.chance(0.06),
            effect=effect,
            if_unknown=if_unknown,
            typical=self.typical(if_unknown),
            applies_when=self.boolean(1) if self.chance(0.4) else None,
            requires=None if is_scale else self.boolean(self.random.choice((0, 1, 2, 2))),
            levels=self.levels() if is_scale else (),
            weight=2 if route else self.random.choice((1, 2, 3)),
            cap=self.random.choice((1, 2, 3)) if effect is Effect.CAP and not is_scale else None,
            limit=self.limit() if effect is Effect.CLAIM_LIMIT else None,
            critical=effect is Effect.SCORE and not route and self.chance(0.3),
            route="way" if route else None,
            declare=effect is Effect.GATE and self.chance(0.4),
            at_least=self.random.choice((None, None, *GRADES)),
            condition={"en": "Before signature."} if self.chance(0.3) else {},
            heard=HEARD if self.chance(0.7) else (),
            for_identity=effect is Effect.NOTE and self.chance(0.5),
        )

    def limit(self) -> ClaimLimit:
        return self.random.choice(
            (ClaimLimit.CONTRIBUTION, ClaimLimit.NONE, ClaimLimit.NOT_PERMANENT)
        )

    def scale_effect(self, route: bool) -> Effect:
        return Effect.CAP if not route and self.chance(0.25) else Effect.SCORE

    def requirement_effect(self) -> Effect:
        return self.random.choice(
            (Effect.GATE, Effect.GATE, Effect.CAP, Effect.CLAIM_LIMIT, Effect.REVIEW, Effect.NOTE)
        )

    def if_unknown(self, effect: Effect) -> IfUnknown:
        if effect in (Effect.GATE, Effect.REVIEW):
            return self.random.choice((IfUnknown.HOLD, IfUnknown.SCREEN))
        return self.random.choice((IfUnknown.WORST, IfUnknown.SKIP, IfUnknown.TYPICAL))

    def typical(self, if_unknown: IfUnknown) -> dict[str, int]:
        """Return points for the types that are drawn, of which one now and then has none."""
        if if_unknown is not IfUnknown.TYPICAL:
            return {}
        types = [name for name in POOLS[C] if not self.chance(0.1)]
        return {name: self.random.randint(1, 5) for name in types}

    def levels(self) -> tuple[tuple[int, Node | None], ...]:
        points = sorted(self.random.sample((5, 4, 3, 2), self.random.randint(1, 3)), reverse=True)
        levels = tuple((p, self.boolean(self.random.choice((0, 1)))) for p in points)
        return (*levels, (1, None)) if self.chance(0.9) else levels

    # facts ---------------------------------------------------------------------------------

    def fact(self, name: str, kind: FieldType) -> Fact:
        fact = self.plain_fact(name, kind)
        if self.chance(0.9):
            return fact
        before = None if self.chance(0.3) else self.plain_fact(name, kind)
        return replace(fact, noted_on=self.random.choice(SIGNED_ON), before_note=before)

    def plain_fact(self, name: str, kind: FieldType) -> Fact:
        later = LATER if self.chance(0.06) else self.random.choice((None, DAY))
        grade = self.random.choice(GRADES)
        if self.chance(0.22):
            return Fact(None, grade, self.random.choice(UNKNOWN_CAUSES), as_of=later)
        if self.chance(0.2):
            return self.in_part(name, kind, grade, later)
        return Fact(self.random.choice(self.pool(name, kind)), grade, as_of=later)

    def pool(self, name: str, kind: FieldType) -> tuple[Value, ...]:
        return VERSIONS if name == "version" else POOLS[kind]

    def in_part(self, name: str, kind: FieldType, grade: EvidenceGrade, later: date | None) -> Fact:
        """Return a fact that is one of several values, or a weak value within a stronger set."""
        if kind is C and self.chance(0.5):
            possible = COVERS[self.random.choice(tuple(COVERS))]
        else:
            count = 2 if kind is B else self.random.choice((2, 2, 3))
            possible = tuple(self.random.sample(self.pool(name, kind), count))
        several = Fact(None, grade, Cause.SEVERAL_POSSIBLE, as_of=later, possible=possible)
        if self.chance(0.8):
            return several
        return Fact(self.random.choice(possible), EvidenceGrade.E0, others=(several,))

    def facts(self, fields: dict[str, FieldType]) -> dict[str, Fact]:
        return {n: self.fact(n, k) for n, k in fields.items() if not self.chance(0.08)}

    def candidate(self, number: int) -> Candidate:
        cause = Cause.ID_NOT_RECOGNISED if self.chance(0.4) else None
        identity = Fact(f"P{number}", self.random.choice(GRADES), cause)
        return Candidate(f"P{number}", {"id": identity, **self.facts(FIELDS)})

    def purchase(self, rules: tuple[BoundRule, ...]) -> Purchase:
        return Purchase(
            stage=self.random.choice(tuple(Stage)),
            facts=self.facts(PURCHASE_FIELDS),
            screenings=self.screenings(),
            reviews=self.reviews(rules),
        )

    def screenings(self) -> tuple[Screening, ...]:
        if self.chance(0.5):
            return ()
        offers = None if self.chance(0.4) else ("P1", "P3")
        return (Screening("A. Officer", self.random.choice(SCREENED_ON), ("list",), offers),)

    def reviews(self, rules: tuple[BoundRule, ...]) -> tuple[Review, ...]:
        return tuple(
            Review(f"P{self.random.randint(0, 5)}", r.id, self.random.choice(("clear", "fail")), "why", "A", "officer", self.random.choice(SIGNED_ON))
            for r in rules
            if r.effect is Effect.REVIEW and self.chance(0.5)
        )  # fmt: skip

    def decisions(self) -> Decisions:
        if self.chance(0.5):
            return DEFAULT_DECISIONS
        name, letter = self.random.choice(DIMENSIONS).id, self.random.choice("ABCDE")
        word = self.random.choice(
            (f"{name} at_best {letter}", f"{name} at_worst {letter}", f"{name} below_floor")
        )
        more = (*DEFAULT_CONCLUSIONS["undecided"], {"all": (word,)})
        return Decisions(CANDIDATE_VERDICTS, {**DEFAULT_CONCLUSIONS, "undecided": more})

    def world(self, rules: int, rows: int) -> World:
        drawn = tuple(self.rule(i, route=i in (0, 1) and self.chance(0.6)) for i in range(rules))
        bound = make_bound(
            drawn,
            floor=self.random.choice("BCD"),
            decisions=self.decisions(),
            screening_days=None if self.chance(0.2) else SCREENING_DAYS,
        )
        candidates = self.listed(tuple(self.candidate(i) for i in range(rows)))
        return World(bound, candidates, self.purchase(drawn))

    def listed(self, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Return candidates of which some fields are from one list, known from its day on."""
        days = {n: self.random.choice((DAY, LATER)) for n in FIELDS if self.chance(0.1)}
        return tuple(
            one.with_facts({n: replace(one.fact(n), as_of=days[n]) for n in days if n in one.facts})
            for one in candidates
        )


def make_rule(rule_id: str, **values: object) -> BoundRule:
    """Return a rule with what is not given left neutral."""
    defaults: dict[str, object] = {
        "id": rule_id, "code": None, "title": rule_id, "subject": Subject.CANDIDATE,
        "dimension": "alpha", "draft": False, "effect": Effect.GATE, "if_unknown": IfUnknown.HOLD,
        "applies_when": None, "weight": 1, "cap": None,
        "limit": None, "critical": False, "route": None, "declare": False, "at_least": None,
        "documents": (), "curable": True, "why": "", "sources": (), "parameters": {}, "says": {},
        "condition": {}, "changes": (), "inputs": (), "heard": (), "for_identity": False,
        "texts": {},
    }  # fmt: skip
    requires, levels = values.pop("requires", None), values.pop("levels", ())
    defaults["conditions"] = levels if requires is None else ((None, requires),)
    return BoundRule(**{**defaults, **values})  # type: ignore[arg-type]


def make_bound(
    rules: tuple[BoundRule, ...],
    floor: str = "C",
    decisions: Decisions = DEFAULT_DECISIONS,
    screening_days: int | None = None,
) -> BoundRulebook:
    """Return a rulebook of these rules for a city with a floor; a search counts for some days."""
    source = Source(Standing.DESIGN)
    term = ScreeningTerm(screening_days, "guide", source) if screening_days else None
    timed = {rule.id: replace(rule, screening_days=screening_days) for rule in rules}
    city = CityProfile(
        "town", {"en": "Town"}, (), ("en",), "community", "permitted", floor,
        source, None, {}, (),
    )  # fmt: skip
    return BoundRulebook(
        name="random", edition="1", as_of=DAY, city=city, rules=timed, screening=term,
        scheme=SCHEME, candidate_decisions=decisions, purchase_decisions=PURCHASE_DECISIONS,
        dictionary=Dictionary(candidate={}, purchase={}), guides={}, tables={}, words={}, hash="",
    )  # fmt: skip


def as_table(candidates: tuple[Candidate, ...]) -> CandidateTable:
    """Return candidates as columns: plain facts in lists, those with a day as full facts."""
    names = dict.fromkeys(name for candidate in candidates for name in candidate.facts)
    return CandidateTable(
        ids=[candidate.id for candidate in candidates],
        columns={name: _column(name, candidates) for name in names},
        file="random.csv",
        lines=list(range(2, len(candidates) + 2)),
        layout="random",
    )


def _column(name: str, candidates: tuple[Candidate, ...]) -> Column:
    facts = [candidate.fact(name) for candidate in candidates]
    grades = [fact.grade for fact in facts]
    causes = [fact.cause for fact in facts]
    days = {fact.as_of for fact in facts if fact.value is not None}
    one_day = days.pop() if len(days) == 1 else None
    return Column(
        values=[fact.value for fact in facts],
        grades=grades[0] if len(set(grades)) == 1 else grades,
        causes=causes[0] if len(set(causes)) == 1 else causes,
        full={
            row: fact
            for row, fact in enumerate(facts)
            if fact.as_of not in (None, one_day) or fact.possible or fact.others or fact.noted_on
        },
        as_of=one_day,
    )


def worlds(rules: int = 6, rows: int = 8) -> st.SearchStrategy[World]:
    """Return a strategy for random worlds; a failing one is reproduced by its seed."""
    return st.randoms(use_true_random=True).map(lambda random: Drawer(random).world(rules, rows))
