"""Whether a scenario tells a mistake: a whole offer, judged by the rulebook with the mistake."""

from dataclasses import dataclass

from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook


@dataclass(frozen=True, slots=True)
class Bench:
    """The scenarios of a rulebook, judged once as it is."""

    rulebook: Rulebook

    def told_by_rule(self, _rule: LoadedRule) -> str | None:
        """Return the first scenario that comes out differently with a changed rule."""
        return None

    def told_by(self, _changed: Rulebook, _layer: str | None) -> str | None:
        """Return the first scenario that comes out differently under a changed rulebook."""
        return None


def bench_of(rulebook: Rulebook) -> Bench:
    """Return the scenarios of a rulebook's folder, ready to be tried."""
    return Bench(rulebook)
