"""Rules changed by one mistake at a time: what tells it, and examples written that would."""

import os
from collections.abc import Sequence
from pathlib import Path

from offsetcheck.api.progress import Progress, unwatched
from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.publish.single import write_file
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.workshop.mutation.page import json_of, markdown_of, text_of
from offsetcheck.workshop.mutation.run import MutationRun, Task, mutate, share_of
from offsetcheck.workshop.mutation.writing import added
from offsetcheck.workshop.rule_tests import failures, run_examples
from offsetcheck.workshop.step_tests import run_step_examples

__all__ = ["MutationRun", "mutation", "page_of", "share_of", "write_offers"]

TRIED = "tried"  # rules, then what stands outside of rules
FORMATS = {"text": text_of, "json": json_of, "md": markdown_of}


def mutation(
    rules: Sequence[str] = (),
    folder: Path | None = None,
    *,
    jobs: int = 0,
    seed: int = 0,
    progress: Progress = unwatched,
) -> MutationRun:
    """Return what tells each mistake of some rules, of the whole folder where none is named.

    A rule, or a step of comparable tonnes, is named by its id or its file. `jobs` processes share
    the work, as many as there are processors where it is 0; `seed` chooses the cases that are
    searched through for rules. Raises RequestError for a rule that is not there, RulebookError for
    a folder that does not load, InputError for a rule at which the system ends every process that
    tries it.
    """
    place = folder or bundled("rules")
    rulebook = load_rulebook(place)
    every = (*rulebook.rules, *rulebook.steps)
    chosen = every if not rules else _chosen(rulebook, rules)
    _refuse_failing(rulebook, chosen)
    task = Task(place, chosen, with_policies=not rules, seed=seed)
    return mutate(
        task, jobs or os.cpu_count() or 1, lambda done, total: progress(done, total, TRIED)
    )


def _refuse_failing(rulebook: Rulebook, rules: Sequence[str]) -> None:
    """Refuse rules whose examples fail as they stand: each of their mistakes would seem told."""
    ran = run_examples(rulebook, [name for name in rules if name in rulebook.rules])
    steps = run_step_examples(rulebook, [name for name in rules if name in rulebook.steps])
    failing = len(failures(ran)) + sum(one.failure is not None for one in steps)
    if failing:
        several = f"{failing:,} examples come"
        said = f"{'an example comes' if failing == 1 else several} out differently already"
        hint = "offsetcheck rules test says which; mend them first"
        raise RequestError.about("rule", said, hint)


def _chosen(rulebook: Rulebook, names: Sequence[str]) -> tuple[str, ...]:
    files = {rule.document.file: name for name, rule in rulebook.rules.items()}
    files |= {step.document.file: name for name, step in rulebook.steps.items()}
    found = [_rule_named(rulebook, files, name) for name in names]
    return tuple(dict.fromkeys(found))


def _rule_named(rulebook: Rulebook, files: dict[str, str], name: str) -> str:
    if name in rulebook.rules or name in rulebook.steps:
        return name
    given = Path(name).resolve()
    for file, rule in files.items():
        if file == name or given == (rulebook.folder / file).resolve():
            return rule
    hint = did_you_mean(name, (*rulebook.rules, *rulebook.steps, *files))
    raise RequestError.about("rule", f"there is no rule `{name}`", hint)


def page_of(run: MutationRun, form: str) -> str:
    """Return a run as text, JSON or Markdown."""
    return FORMATS[form](run)


def write_offers(run: MutationRun, folder: Path | None, command: str) -> tuple[Path, ...]:
    """Add what a run offers to the files of its rules; return these files.

    All else in a file stays as it is, comments too. Raises RulebookError and leaves every file as
    it was where the rulebook would not load with them.
    """
    place = folder or bundled("rules")
    rulebook = load_rulebook(place)
    texts = {
        place / file: text
        for offered in run.offered
        for file, text in added(rulebook.rules[offered.rule].document, offered)
    }
    before = {path: path.read_bytes() for path in texts}
    for path, text in texts.items():
        write_file(path, text.encode("utf-8"), replace=True, command=command)
    try:
        load_rulebook(place)
    except Exception:
        for path, content in before.items():
            write_file(path, content, replace=True, command=command)
        raise
    return tuple(texts)
