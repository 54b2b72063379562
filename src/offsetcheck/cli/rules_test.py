import json
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options, page
from offsetcheck.cli.command import Command
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.stopping import signal_of
from offsetcheck.cli.terminal import note, result, typed

if TYPE_CHECKING:
    from offsetcheck.api.rule_tests import TriedRules, Watched

TEXT, JSON = "text", "json"
SECONDS = 0.2  # between two looks at the folder
CLEAR = "\x1b[H\x1b[2J\x1b[3J"


@click.command("test", cls=Command)
@click.argument("what", metavar="[RULE|FILE|DIR]...", nargs=-1)
@click.option("--watch", is_flag=True, help="Run again what a change touches, until Ctrl-C.")
@click.option(
    "--junit",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write the run as JUnit XML, for a build server.",
)
@click.option(
    "--format",
    "form",
    default=TEXT,
    show_default=True,
    type=options.Form((TEXT, JSON)),
    metavar="FORMAT",
    help="text, json.",
)
@click.option(
    "--city",
    metavar="DIR",
    help="A city's own folder: the examples of its rules and its scenarios.",
)
@options.RULES
@options.FORCE
def run_tests(
    *,
    what: tuple[str, ...],
    watch: bool,
    junit: Path | None,
    form: str,
    city: str | None,
    rules: Path | None,
    force: bool,
) -> Exit:
    """Run examples and scenarios and print those that come out differently.

    Without a name all of the installed rules are run. A name is that of a rule or a dimension, or
    a file or folder of a rule folder.

    \b
    Examples:
      offsetcheck rules test
      offsetcheck rules test rules/
      offsetcheck rules test permanence.storage_floor
      offsetcheck rules test rules/permanence rules/scenarios/forest.yaml
      offsetcheck rules test rules/ --watch
      offsetcheck rules test rules/ --junit examples.xml
      offsetcheck rules test --city turku2/
    """
    if watch:
        if junit is not None or form != TEXT:
            raise click.UsageError("--watch prints text: leave --junit and --format out")
        return _watch(what, rules, city)
    from offsetcheck.api.rule_tests import try_rules

    if junit is not None:
        page.refuse_file(junit, replace=force)
    tried = try_rules(what, rules, city)
    if junit is not None:
        _write(junit, tried, force=force)
    if form == JSON:
        result(json.dumps(tried.as_data(), indent=2, ensure_ascii=False))
    else:
        _print(tried)
    return _status(tried)


def _status(tried: "TriedRules") -> Exit:
    return Exit.RULEBOOK if tried.different else Exit.DONE


def _print(tried: "TriedRules") -> None:
    for problem in tried.different:
        result(str(problem))
    note(
        f"{counted(tried.examples, 'example')}, {counted(tried.scenarios, 'scenario')}, "
        f"{len(tried.different):,} came out differently"
    )


def _write(path: Path, tried: "TriedRules", *, force: bool) -> None:
    from offsetcheck.api.output import write_result

    write_result(path, tried.as_junit(), replace=force, command=typed())
    note(str(path))


def _watch(what: tuple[str, ...], rules: Path | None, city: str | None) -> Exit:
    """Look at the folder until an interrupt, and end with the status of the last run."""
    from offsetcheck.api.rule_tests import Watched

    watching = _Watching(Watched(what, rules, city))
    try:
        while True:
            watching.look()
            time.sleep(SECONDS)
    except KeyboardInterrupt as error:
        if signal_of(error) != signal.SIGINT:
            raise
        note("")
        return watching.status


@dataclass
class _Watching:
    """A folder that is looked at, and the status of what was printed last."""

    watched: "Watched"
    status: Exit = Exit.DONE

    def look(self) -> None:
        """Run and print what changed since the last look; nothing where nothing did."""
        from offsetcheck.vocabulary.problem import RulebookError

        changed = self.watched.changed()
        if changed is None:
            return
        try:
            tried = self.watched.run(changed)
        except RulebookError as error:
            self.status = Exit.RULEBOOK
            _begin()
            for problem in error.problems:
                result(str(problem))
            problems = counted(len(error.problems), "problem")
            note(f"{problems}; all runs again when the folder can be read")
            return
        # Before it is printed: whoever reads it may end the watch at once.
        self.status = _status(tried)
        _begin()
        _print(tried)


def _begin() -> None:
    """Begin at the top of a terminal; elsewhere one run follows the other."""
    if sys.stdout.isatty():
        click.echo(CLEAR, nl=False)
    sys.stdout.flush()
