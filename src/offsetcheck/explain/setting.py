"""What explanations are made against: rulebook, purchase, language, and where the input is from."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from offsetcheck.engine.conclude import concluded_by
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.version import __version__
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.explained import Audit
from offsetcheck.vocabulary.finding import Finding, Leaf
from offsetcheck.vocabulary.finding_explanation import EvidenceLine, FindingLine, TraceLine
from offsetcheck.vocabulary.purchase import Purchase

if TYPE_CHECKING:
    from offsetcheck.explain.answers import DecidingAnswers
    from offsetcheck.rulebook.tonnes.binding import BoundSteps


@dataclass(frozen=True, slots=True)
class Origin:
    """The files that were read: names with the SHA-256 of their bytes, and the hash of them all.

    `concluded_by` names who drew the conclusions; `reproduce` is the command that makes the same
    result again.
    """

    files: tuple[tuple[str, str], ...] = ()
    input_hash: str | None = None
    engine_version: str = __version__
    concluded_by: str = field(default_factory=concluded_by)
    reproduce: str = ""


@dataclass(frozen=True)
class Setting:
    """One bound rulebook and one purchase in one language, shared by all explanations of a run.

    `steps` are those of comparable tonnes, where the purchase announced that it tells them.
    `rule_texts`, `trace_lines`, `table_lines`, `said`, `audits` and `found` remember what was made
    for one offer and serves others; a setting that is made of another begins anew.
    """

    bound: BoundRulebook
    purchase: Purchase
    wording: Wording
    origin: Origin
    steps: "BoundSteps | None" = None
    rule_texts: dict[str, object] = field(init=False, default_factory=dict)
    trace_lines: dict[Leaf, TraceLine] = field(init=False, default_factory=dict)
    table_lines: dict[object, EvidenceLine] = field(init=False, default_factory=dict)
    said: dict[object, tuple[Finding, FindingLine]] = field(init=False, default_factory=dict)
    audits: dict[frozenset[str], Audit] = field(init=False, default_factory=dict)
    found: dict[object, "DecidingAnswers"] = field(init=False, default_factory=dict)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process without what is remembered by identity in this one."""
        return Setting, (self.bound, self.purchase, self.wording, self.origin, self.steps)


def setting(
    bound: BoundRulebook,
    purchase: Purchase,
    language: str = "en",
    origin: Origin | None = None,
    steps: "BoundSteps | None" = None,
) -> Setting:
    """Return the setting of a run; raise RequestError for a language that has no words."""
    wording = Wording(bound, language, purchase.rules_hash)
    return Setting(bound, purchase, wording, origin or Origin(), steps)
