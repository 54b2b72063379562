"""All candidates that may be bought, summed up: what portfolio rules read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact

MAY_BE_BOUGHT = frozenset({Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS})
REMOVALS = frozenset({"impermanent_removal", "long_duration_removal"})
UNKNOWN = Fact(cause=Cause.NOT_STATED)


def portfolio_facts(judged: Iterable[tuple[Candidate, Assessment]]) -> Mapping[str, Fact]:
    """Return total tonnes (tCO2e) and the shares (0 to 1) of what may be bought.

    A share is unknown where nothing may be bought or a candidate does not state what it needs;
    its grade is the worst of what it was made from.
    """
    bought = [candidate for candidate, found in judged if found.verdict in MAY_BE_BOUGHT]
    tonnes = [candidate.fact("tonnes") for candidate in bought]
    total = _total(tonnes)
    return {
        "total_tonnes": total,
        "largest_project_share": _largest(bought, "id", total),
        "largest_country_share": _largest(bought, "country", total),
        "removal_share": _removals(bought, total),
    }


def _total(tonnes: Sequence[Fact]) -> Fact:
    numbers = [_number(fact) for fact in tonnes]
    if not numbers or None in numbers:
        return UNKNOWN
    return Fact(value=sum(n for n in numbers if n is not None), grade=_worst(tonnes))


def _largest(bought: Sequence[Candidate], field: str, total: Fact) -> Fact:
    keys = [_key(candidate, field) for candidate in bought]
    whole = _number(total)
    if not whole or any(key.value is None for key in keys):
        return UNKNOWN
    sums: dict[object, float] = defaultdict(float)
    for key, candidate in zip(keys, bought, strict=True):
        sums[key.value] += _number(candidate.fact("tonnes")) or 0.0
    return Fact(value=max(sums.values()) / whole, grade=_worst([total, *keys]))


def _key(candidate: Candidate, field: str) -> Fact:
    fact = candidate.fact(field)
    if field == "id" and fact.value is None:
        return Fact(value=candidate.id, grade=EvidenceGrade.E1)
    return fact


def _removals(bought: Sequence[Candidate], total: Fact) -> Fact:
    kinds = [candidate.fact("mechanism") for candidate in bought]
    whole = _number(total)
    if not whole or any(kind.value is None for kind in kinds):
        return UNKNOWN
    removed = sum(
        _number(candidate.fact("tonnes")) or 0.0
        for candidate, kind in zip(bought, kinds, strict=True)
        if kind.value in REMOVALS
    )
    return Fact(value=removed / whole, grade=_worst([total, *kinds]))


def _number(fact: Fact) -> float | None:
    return float(fact.value) if isinstance(fact.value, (int, float)) else None


def _worst(facts: Iterable[Fact]) -> EvidenceGrade:
    return max(fact.grade for fact in facts)
