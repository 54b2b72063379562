"""Examples and scenarios run: all of a rule folder, some of it, or those of a city's own."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.chosen_rules import Chosen, choose
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.files.compiled import load_compiled
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.scenarios.model import Scenario
from offsetcheck.vocabulary.problem import Problem, RequestError
from offsetcheck.workshop.rule_tests import run_examples
from offsetcheck.workshop.scenario_runs import run_scenarios
from offsetcheck.workshop.scenarios import own_scenarios, scenarios_of
from offsetcheck.workshop.step_tests import run_step_examples
from offsetcheck.workshop.tried import Kind, Tried, tried_examples, tried_scenarios, tried_steps


@dataclass(frozen=True, slots=True)
class TriedRules:
    """What was run on a rulebook, in the order of the rules and then of the scenario files."""

    rulebook: Rulebook
    tried: tuple[Tried, ...]

    @property
    def different(self) -> tuple[Problem, ...]:
        """A located problem for each that came out differently."""
        return tuple(one.failure for one in self.tried if one.failure is not None)

    @property
    def examples(self) -> int:
        """How many examples were run."""
        return sum(one.kind is Kind.EXAMPLE for one in self.tried)

    @property
    def scenarios(self) -> int:
        """How many scenarios were run."""
        return sum(one.kind is Kind.SCENARIO for one in self.tried)

    def as_junit(self) -> str:
        """Return the run as JUnit XML."""
        from offsetcheck.workshop.junit import junit

        return junit(self.tried)

    def as_data(self) -> Mapping[str, object]:
        """Return the run as plain data, as `--format json` prints it."""
        return {
            "examples": self.examples,
            "scenarios": self.scenarios,
            "different": len(self.different),
            "results": [one.as_data() for one in self.tried],
        }


def try_rules(
    what: Sequence[str] = (), rules: Path | None = None, city: str | None = None
) -> TriedRules:
    """Run what is named: rules or dimensions by id, files or folders of a rule folder; else all.

    With `city`, a folder of a city's own, only what stands in it is run unless more is named.
    Raises RequestError for what is not there, RulebookError with every problem of the files.
    """
    chosen = choose(what, rules)
    if city is not None:
        return _try_own(city, chosen)
    rulebook = load_compiled(chosen.folder or bundled("rules"))
    names = chosen.rules_of(rulebook)
    scenarios = chosen.scenarios_of(scenarios_of(rulebook))
    return _run(rulebook, names, scenarios, chosen.steps_of(rulebook))


def _try_own(city: str, chosen: Chosen) -> TriedRules:
    # Laying over needs the parser of expressions, which a rulebook read before does without.
    from offsetcheck.rulebook.overlay.lay import lay_over

    folder = Path(city)
    if not folder.exists():
        hint = "`offsetcheck init city NAME` writes one"
        raise RequestError.about("city", f"there is no folder or file `{city}`", hint)
    shipped = load_compiled(chosen.folder or bundled("rules"))
    own = lay_over(shipped, folder, os.fspath(city))
    names = chosen.rules_of(own.rulebook) if chosen.is_narrow else own.rules
    return _run(own.rulebook, names, own_scenarios(own, folder, city))


def _run(
    rulebook: Rulebook,
    names: Iterable[str],
    scenarios: Iterable[Scenario],
    steps: Iterable[str] = (),
) -> TriedRules:
    """Return what comes out: examples of rules, then those of steps, then scenarios."""
    examples = tried_examples(rulebook, run_examples(rulebook, names))
    of_steps = tried_steps(rulebook, run_step_examples(rulebook, steps))
    judged = tried_scenarios(run_scenarios(rulebook, scenarios))
    return TriedRules(rulebook, (*examples, *of_steps, *judged))


def stamps(folders: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Return when each rule file below some folders was changed, and how long it is."""
    found: dict[Path, tuple[int, int]] = {}
    for folder in folders:
        for path in sorted(_files(folder)):
            try:
                seen = path.stat()
            except OSError:  # gone between two looks
                continue
            found[path] = (seen.st_mtime_ns, seen.st_size)
    return found


def _files(folder: Path) -> Iterable[Path]:
    if folder.is_file():
        return (folder,)
    return (path for path in folder.rglob("*") if path.suffix in {".yaml", ".csv"})


class Watched:
    """A rule folder that is looked at again and again; only what a change touches runs again."""

    def __init__(self, what: Sequence[str], rules: Path | None, city: str | None) -> None:
        """Take what `try_rules` takes; raises RequestError as it does."""
        self._what, self._rules, self._city = tuple(what), rules, city
        self._chosen = choose(what, rules)
        root = self._chosen.folder or bundled("rules")
        self._folders = (root, *([Path(city)] if city else []))
        self._root = root
        self._seen: dict[Path, tuple[int, int]] = {}
        self._last: TriedRules | None = None

    def changed(self) -> frozenset[Path] | None:
        """Return the files that changed since the last look, None where none did."""
        now = stamps(self._folders)
        names = {name for name in now.keys() | self._seen.keys() if self._differs(name, now)}
        self._seen = now
        return frozenset(names) or None

    def run(self, changed: frozenset[Path]) -> TriedRules:
        """Run what a change touches, and return that beside what was run before.

        Raises RulebookError with every problem of the files; then all runs at the next change.
        """
        last, self._last = self._last, None
        narrow = None if last is None or self._city else self._touched(changed, last.rulebook)
        if last is None or narrow is None:
            self._last = try_rules(self._what, self._rules, self._city)
            return self._last
        rulebook = load_compiled(self._root)
        names = [name for name in self._chosen.rules_of(rulebook) if name in narrow]
        made = _run(rulebook, names, self._chosen.scenarios_of(scenarios_of(rulebook)))
        kept = [one for one in last.tried if one.kind is Kind.EXAMPLE and one.of not in narrow]
        self._last = TriedRules(rulebook, _in_order(rulebook, (*kept, *made.tried)))
        return self._last

    def _differs(self, name: Path, now: Mapping[Path, tuple[int, int]]) -> bool:
        return now.get(name) != self._seen.get(name)

    def _touched(self, changed: frozenset[Path], rulebook: Rulebook) -> frozenset[str] | None:
        """Return the rules whose files changed, None where a change may touch all of them."""
        names: set[str] = set()
        for path in changed:
            parts = path.relative_to(self._root).with_suffix("").parts
            name = ".".join(parts)
            if parts[0] == "scenarios":
                continue
            if name not in rulebook.rules:
                return None
            names.add(name)
        return frozenset(names)


def _in_order(rulebook: Rulebook, tried: Iterable[Tried]) -> tuple[Tried, ...]:
    places = {name: place for place, name in enumerate(rulebook.rules)}
    return tuple(sorted(tried, key=lambda one: places.get(one.of, len(places))))
