"""What came out of a scenario, key by key as its author writes it, and how that differs."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from offsetcheck.engine.scores import BEST
from offsetcheck.explain.first_reason import first_reason
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.scenarios.model import PLACES, TO, Expected
from offsetcheck.rulebook.scenarios.reading import NO_REASON
from offsetcheck.vocabulary.assessment import Assessment, Bounds, PurchaseAssessment
from offsetcheck.vocabulary.finding import Finding
from offsetcheck.workshop.came_out import PASTE

NO_POINTS = "none"
PERMANENT = {True: "yes", False: "no", None: "open"}
Shown = str | tuple[str, ...] | Mapping[str, str]
"""A value of `expect`: a text, a list, or texts by dimension."""


class Judged:
    """An offer judged; what scenarios may expect of it is worked out when asked for."""

    def __init__(
        self,
        assessment: Assessment,
        bound: BoundRulebook,
        purchase: Callable[[], PurchaseAssessment],
    ) -> None:
        self.assessment = assessment
        self.bound = bound
        self.purchase = purchase

    def came(self, key: str) -> Shown:
        """Return what came out for a key of `expect`."""
        made = MADE.get(key)
        return self.purchase().verdict.value if made is None else made(self)


def differences(expect: Expected, judged: Judged) -> dict[str, tuple[Shown, Shown]]:
    """Return what was expected and what came out, by key, where they differ."""
    found = {key: (wanted, judged.came(key)) for key, wanted in wanted_of(expect).items()}
    return {key: (w, _beside(w, came)) for key, (w, came) in found.items() if not _same(w, came)}


def first_difference(expect: Expected, judged: Judged) -> str | None:
    """Return the first key for which something else came out, None where there is none."""
    for key, wanted in wanted_of(expect).items():
        if not _same(wanted, judged.came(key)):
            return key
    return None


def wanted_of(expect: Expected) -> dict[str, Shown]:
    """Return what is expected by key; the order of lists says nothing."""
    wanted: dict[str, Shown] = {}
    for key in Expected.model_fields:
        value = getattr(expect, key)
        if value is not None:
            wanted[key] = _plain(value)
    return wanted


def said_of(differ: Mapping[str, tuple[Shown, Shown]]) -> str:
    """Return the first difference as a clause of a message, and how many there are besides."""
    key, (wanted, came) = next(iter(differ.items()))
    said = f"expected {key} {written(wanted)}, came out {written(came)}"
    return said if len(differ) == 1 else f"{said}, and {len(differ) - 1} more"


def to_paste(differ: Mapping[str, tuple[Shown, Shown]]) -> str:
    """Return what came out as lines for `expect`."""
    lines = (f"  {key}: {written(came)}" for key, (_, came) in differ.items())
    return "\n    ".join([f"{PASTE} below `expect`", *lines])


def written(value: Shown) -> str:
    """Return a value as it stands in a file."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]"
    return f"{{{', '.join(f'{name}: {one}' for name, one in value.items())}}}"


def _plain(value: object) -> Shown:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dict):
        return {name: str(one) for name, one in value.items()}
    return tuple(map(str, value)) if isinstance(value, tuple) else str(value)


def _same(wanted: Shown, came: Shown) -> bool:
    if isinstance(wanted, Mapping) and isinstance(came, Mapping):
        return all(came.get(name) == one for name, one in wanted.items())
    if isinstance(wanted, tuple) and isinstance(came, tuple):
        return set(wanted) == set(came)
    return wanted == came


def _beside(wanted: Shown, came: Shown) -> Shown:
    """Return of what came out by dimension only what was asked for."""
    if isinstance(wanted, Mapping) and isinstance(came, Mapping):
        return {name: came.get(name, NO_POINTS) for name in wanted}
    return came


def _ends(low: str, high: str) -> str:
    return low if low == high else f"{low}{TO}{high}"


def _points(bounds: Bounds | None) -> str:
    if bounds is None:
        return NO_POINTS
    low, high = (f"{one / 1000:.{PLACES}f}" for one in (bounds.lower, bounds.upper))
    return _ends(low, high)


def _dimensions(judged: Judged) -> Shown:
    return {one.dimension: _points(one.bounds) for one in judged.assessment.dimensions}


def _caps(judged: Judged) -> Shown:
    """Return the rules that leave less than the best integrity for sure."""
    return tuple(
        ceiling.source
        for ceiling in judged.assessment.ceilings
        if ceiling.source in judged.bound.rules and ceiling.bounds.upper < BEST
    )


def _sources(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _completeness(judged: Judged) -> Shown:
    whole = judged.assessment.completeness
    return f"{whole.settled}/{whole.total}"


def _outcomes(judged: Judged) -> Shown:
    """Return the outcome of each rule on offer and purchase; points where a scale gives them."""
    findings = (*judged.assessment.findings, *judged.purchase().findings)
    return {finding.rule: _outcome(finding) for finding in findings}


def _outcome(finding: Finding) -> str:
    if finding.lower is None:
        return finding.outcome.value
    return _ends(str(finding.lower), str(finding.upper))


MADE: Mapping[str, Callable[[Judged], Shown]] = {
    "verdict": lambda judged: judged.assessment.verdict.value,
    "grade": lambda judged: _ends(judged.assessment.grade_lower, judged.assessment.grade_upper),
    "claim": lambda judged: _ends(judged.assessment.claim.limit, judged.assessment.claim.worst),
    "reason": lambda judged: first_reason(judged.assessment, judged.bound) or NO_REASON,
    "integrity": lambda judged: _points(judged.assessment.integrity),
    "value": lambda judged: _points(judged.assessment.value),
    "dimensions": _dimensions,
    "completeness": _completeness,
    "caps": _caps,
    "held_by": lambda judged: _sources(c.source for c in judged.assessment.ceilings if c.binds),
    "conditions": lambda judged: judged.assessment.conditions,
    "outcomes": _outcomes,
    "permanent": lambda judged: PERMANENT[judged.assessment.claim.may_say_permanent],
}
