"""Random offers, cities and assumptions for comparable tonnes, and where two evaluators differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Any

import polars as pl
from worlds import as_table

from offsetcheck.api.case import open_rulebook
from offsetcheck.engine.columns.tonnes.steps import tonnes_table
from offsetcheck.engine.tonnes import comparable_tonnes
from offsetcheck.rulebook.tonnes.binding import BoundSteps, bind_steps, with_choices
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.tonnes import ComparableTonnes, Span, Treatment

DAY, LATER, EARLIER = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 1)
CONFIDENCE, TREATMENT = "shared.tonnes_confidence", "shared.tonnes_permanence"
CURVE, HORIZON, LEAST = (
    "shared.tonnes_curve", "shared.tonnes_horizon", "shared.tonnes_least_buffer"
)  # fmt: skip
CHOICES: dict[str, Sequence[Value]] = {
    CONFIDENCE: (0.5, 0.667, 0.7, 0.9, 0.95),
    TREATMENT: tuple(one.value for one in Treatment),
    CURVE: ("car", "moura_costa", "lashof"),
    HORIZON: (100, 500, 1000),
}
ASSUMED = {
    "uncertainty": 3.0, "leakage": 1.0, "buffer": 1.0, "storage_years": 1200.0, "delivery": 1.0,
}  # fmt: skip
RULES = ("quantile_667", "quantile_700", "cdm_steps", "allowance_20", "none")
DEDUCTIONS = ("uncertainty", "leakage", "buffer", "permanence")
NUMBERS = {
    "tonnes": 100_000.0, "price": 400.0, "uncertainty_percent": 300.0, "leakage_percent": 100.0,
    "buffer_percent": 100.0, "monitoring_years": 2000.0, "programme_term_years": 200.0,
    "stock_measured": 5000.0, "stock_change": 500.0, "net_benefit": 500.0,
}  # fmt: skip
WORDS: dict[str, Sequence[Value]] = {
    "project_type": (
        "afforestation_reforestation", "cookstoves", "biochar", "soil_carbon", "mineralisation",
    ),
    "programme": ("VCS", "ART", "ACCU", "GS", "WCC", "PEATLAND_CODE"),
    "methodology": ("VM0042", "VM0047", "AR-ACM0003"),
    "uncertainty_meaning": ("standard_error", "half_width_90", "half_width_95"),
    "uncertainty_relative_to": ("net_change", "stock"),
    "uncertainty_rule": RULES,
    "buffer_relative_to": ("net_benefit", "stock_change"),
    "quantity_timing": ("ex_post", "ex_ante"),
    "delivery": ("spot", "forward"),
    "unit_type": ("VCU", "PIU", "WCU"),
    "vintage": (2019, 2026, 2027),
    "vintage_end": (date(2019, 12, 31), date(2026, 12, 31), date(2027, 1, 1)),
    "storage_type": ("biogenic", "mineral", "geological", "none"),
}  # fmt: skip
TIDY = (0.0, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0)  # shares at which cases begin and numbers are round
UNKNOWN = (Cause.NOT_STATED, Cause.SOURCES_CONTRADICT, Cause.NOT_COMPUTABLE)


@cache
def guide_steps() -> BoundSteps:
    """The steps of the guide alone."""
    return bind_steps(open_rulebook(), None, DAY)


@dataclass(frozen=True)
class Case:
    """Some offers under one city's choices and assumptions."""

    steps: BoundSteps
    candidates: tuple[Candidate, ...]


class OfferDrawer:
    """Draws offers and what a city chooses from one stream of chance."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def case(self, offers: int) -> Case:
        """Return so many offers of one city."""
        steps = with_choices(guide_steps(), self.choices())
        return Case(steps, tuple(self.offer(f"A{number}") for number in range(offers)))

    def choices(self) -> dict[str, Value]:
        """Return what a city chooses and assumes, each or nothing."""
        made = {name: self.random.choice(v) for name, v in CHOICES.items() if self.chance(0.7)}
        for name, most in ASSUMED.items():
            if self.chance(0.5):
                made[f"shared.assumed_{name}"] = self.number(most)
        if self.chance(0.5):
            made[LEAST] = self.number(1.0)
        return made

    def number(self, most: float) -> float:
        """Return a number up to some, often a round one."""
        if self.chance(0.3):
            return self.random.choice(TIDY) * most
        return self.random.uniform(0, most)

    def offer(self, name: str) -> Candidate:
        """Return one offer, of which any field may be unknown, known in part or known later."""
        facts = {
            field: self.fact([self.number(most) for _ in range(3)])
            for field, most in NUMBERS.items()
            if self.chance(0.95 if field == "tonnes" else 0.7)
        }
        facts |= {f: self.fact(words) for f, words in WORDS.items() if self.chance(0.7)}
        if self.chance(0.6):
            taken = tuple(one for one in DEDUCTIONS if self.chance(0.5))
            facts["deductions_applied"] = self.fact([taken, ()])
        return Candidate(name, facts)

    def fact(self, values: Sequence[Value]) -> Fact:
        """Return a fact of one of these values, now and then one of several or unknown."""
        grade, kind = self.random.choice(tuple(EvidenceGrade)), self.random.random()
        if kind < 0.05:
            return Fact(None, grade, self.random.choice(UNKNOWN))
        if kind < 0.15:
            several = tuple(dict.fromkeys(self.random.sample(list(values), 2)))
            return Fact(None, grade, Cause.SEVERAL_POSSIBLE, possible=several)
        later = self.random.choice((None, None, None, EARLIER, LATER)) if kind < 0.25 else None
        return Fact(self.random.choice(values), grade, as_of=later)


def compared(case: Case) -> tuple[Counter[str], list[str]]:
    """Return what was compared of some offers, and each number in which the evaluators differ."""
    purchase, found = Purchase(), list[str]()
    frame = tonnes_table(as_table(case.candidates), case.steps, purchase)
    rows = frame.drop("row", "id").iter_rows(named=True)
    for candidate, many in zip(case.candidates, rows, strict=True):
        one = dict.fromkeys(many) | said(comparable_tonnes(case.steps, candidate, purchase))
        if one != many:
            names = [name for name in one if one[name] != many.get(name)]
            found += [
                f"{candidate.id} {name}: {one[name]!r} != {many.get(name)!r}" for name in names
            ]
    return told(frame), found


def told(frame: pl.DataFrame) -> Counter[str]:
    """Count offers, and of these what shows that something was compared."""
    low, high = frame["comparable_low"], frame["comparable_high"]
    return Counter(
        {
            "offers": frame.height,
            "without tonnes": low.null_count(),
            "known": int((low == high).sum()),
            "with bounds": int((low < high).sum()),
            "without limit of price": int(frame["price_high"].is_infinite().sum()),
        }
    )


def said(made: ComparableTonnes) -> dict[str, Any]:
    """Return what one offer came to under the names that the columns have."""
    if made.offered is None:
        return {}
    spans: dict[str, Span | None] = {
        "offered": made.offered, "comparable": made.comparable, "price": made.price,
    }  # fmt: skip
    middles = {"offered": made.offered.middle}
    for fall in made.waterfalls:
        middles[f"comparable_{fall.treatment.value}"] = fall.central
        middles |= {one.step: one.central for one in fall.steps}
        if made.chosen is fall.treatment:
            middles["comparable"] = fall.central
        spans[f"comparable_{fall.treatment.value}"] = fall.comparable
        spans |= {one.step: one.factor for one in fall.steps}
    known = {name: span for name, span in spans.items() if span is not None}
    lows = {f"{name}_low": span.low for name, span in known.items()}
    highs = {f"{name}_high": span.high for name, span in known.items()}
    return lows | highs | {f"{name}_middle": middle for name, middle in middles.items()}
