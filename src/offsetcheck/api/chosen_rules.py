"""Which rules and scenarios of a rule folder somebody named: by id, by file or by folder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.files.folder import FIXED_FOLDERS
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.scenarios.model import Scenario
from offsetcheck.rulebook.scenarios.reading import SCENARIOS
from offsetcheck.rulebook.tonnes.reading import FOLDER as TONNES
from offsetcheck.vocabulary.problem import RequestError

GUIDE = "guide.yaml"
RULE, RULES = "rule", "rules"
SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rule folder, None for the installed one, and what of it was named; nothing: all.

    `ids` are rules and dimensions, `within` are files and folders of the rule folder, as parts.
    """

    folder: Path | None
    ids: tuple[str, ...] = ()
    within: tuple[tuple[str, ...], ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether only a part of the folder was named."""
        return bool(self.ids or self.within)

    def rules_of(self, rulebook: Rulebook) -> tuple[str, ...]:
        """Return the rules that were named, in rulebook order; RequestError for an unknown one."""
        if not self.is_narrow:
            return tuple(rulebook.rules)
        dimensions = {rule.file.dimension for rule in rulebook.rules.values()}
        for name in self.ids:
            if (
                name not in rulebook.rules
                and name not in dimensions
                and name not in _steps(rulebook)
            ):
                hint = did_you_mean(name, [*rulebook.rules, *dimensions])
                raise RequestError.about(RULE, f"there is no rule or dimension `{name}`", hint)
        return tuple(name for name in rulebook.rules if self._names(name))

    def scenarios_of(self, scenarios: Iterable[Scenario]) -> tuple[Scenario, ...]:
        """Return the scenarios that were named, all of them where nothing was."""
        if not self.is_narrow:
            return tuple(scenarios)
        named = [parts for parts in self.within if parts[0] == SCENARIOS]
        return tuple(
            scenario
            for scenario in scenarios
            if any(_begins(tuple(scenario.file.split("/")), parts) for parts in named)
        )

    def steps_of(self, rulebook: Rulebook) -> tuple[str, ...]:
        """Return the steps of comparable tonnes that were named, all where nothing was."""
        if not self.is_narrow:
            return tuple(rulebook.steps)
        return tuple(name for name in rulebook.steps if self._names(name))

    def _names(self, rule: str) -> bool:
        dimension = rule.split(".", 1)[0]
        parts = (*rule.split("."),)
        file = (*parts[:-1], f"{parts[-1]}{SUFFIX}")
        by_id = rule in self.ids or dimension in self.ids
        return by_id or any(_begins(file, named) for named in self.within)


def _steps(rulebook: Rulebook) -> frozenset[str]:
    """Return what names steps of comparable tonnes: their ids, and their folder for all."""
    return frozenset((*rulebook.steps, *([TONNES] if rulebook.steps else [])))


def choose(what: Sequence[str], rules: Path | None) -> Chosen:
    """Return what some words name, in the rule folder that they or `rules` name.

    Raises RequestError for a path that is in no rule folder or holds neither rules nor scenarios,
    and where two rule folders are named.
    """
    roots = [] if rules is None else [rules.resolve()]
    ids: list[str] = []
    within: list[tuple[str, ...]] = []
    for word in what:
        path = Path(word)
        root = _root_of(path)
        if root is None:
            _refuse_path(word)
            ids.append(word)
            continue
        roots.append(root)
        parts = path.resolve().relative_to(root).parts
        if parts:
            _check_part(word, parts)
            within.append(parts)
    if len(set(roots)) > 1:
        said = f"two rule folders are named, {roots[0]} and {roots[1]}"
        raise RequestError.about(RULE, said, "name one of them")
    return Chosen(rules or (roots[0] if roots else None), tuple(ids), tuple(within))


def folder_of(words: Iterable[str]) -> Path | None:
    """Return the rule folder in which the first of some files lies, None where none does."""
    return next((root for word in words if (root := _root_of(Path(word)))), None)


def _root_of(path: Path) -> Path | None:
    """Return the rule folder that an existing path is or lies in, None where it is no such path."""
    try:
        if not path.exists():
            return None
    except OSError:
        return None
    whole = path.resolve()
    return next((one for one in (whole, *whole.parents) if (one / GUIDE).exists()), None)


def _refuse_path(word: str) -> None:
    """Refuse what is meant as a path and is none in a rule folder."""
    is_path = "/" in word or "\\" in word or word.endswith((SUFFIX, ".yml")) or Path(word).is_dir()
    if not is_path:
        return
    if Path(word).exists():
        hint = f"a rule folder holds {GUIDE}; a city's own folder is named with --city"
        raise RequestError.about(RULE, f"`{word}` lies in no rule folder", hint)
    raise RequestError.about(RULE, f"there is no file or folder `{word}`")


def _check_part(word: str, parts: tuple[str, ...]) -> None:
    """Refuse a part of a rule folder in which no examples stand."""
    top = parts[0]
    if (top in FIXED_FOLDERS and top not in (SCENARIOS, TONNES)) or (
        len(parts) == 1 and top.endswith(SUFFIX)
    ):
        hint = f"they stand in the files of rules and in {SCENARIOS}/"
        raise RequestError.about(RULE, f"no examples stand in `{word}`", hint)


def _begins(whole: tuple[str, ...], start: tuple[str, ...]) -> bool:
    return whole[: len(start)] == start
