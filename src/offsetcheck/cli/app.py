import atexit
import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

import click

from offsetcheck.cli.commands import Commands
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.stopping import signal_of, stopped_by_signals
from offsetcheck.cli.terminal import note, prepare_streams, show_all
from offsetcheck.ground.version import __version__
from offsetcheck.vocabulary.problem import (
    InputError,
    OffsetcheckError,
    OutputError,
    RequestError,
    RulebookError,
)

COLLECT_AFTER = 1_000_000  # objects made since the last search for garbage
SIGNALLED = 128  # what shells add to the number of a signal that ended a process
COMMANDS = {name: f"{name}:{name}" for name in (
    "assess", "award", "batch", "explain", "since", "compare", "drift", "lookback", "claim",
    "columns", "rules", "cities", "tables", "templates", "evidence", "questionnaire", "letters",
    "samples", "init", "lsp", "tonnes", "serve",
)}  # fmt: skip


@click.group(
    cls=Commands,
    elsewhere={**COMMANDS, "fields": "rules_new:fields"},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done, whatever the verdict; 2 wrong use; 3 some input unreadable; "
    "4 rulebook invalid; 5 a verdict named by --fail-on; 128+N ended by signal N "
    "(130: interrupted).",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the trace of an unexpected error.")
def app(*, debug: bool) -> None:
    """Decide which carbon-offset projects a city may buy, and explain why.

    \b
    Examples:
      offsetcheck assess tender/ -o out
      offsetcheck assess offers.csv --city turku --as-of 2026-09-30
      offsetcheck explain tender/ VCS902
      offsetcheck batch list.csv --city bogota -o out
      offsetcheck compare tender/ VCS902
      offsetcheck drift tender/ --from 2026-01-01 --to 2026-09-30
      offsetcheck lookback retirements.csv --city palo_alto --buyer "Palo Alto"
      offsetcheck claim lint tender/ press-release.txt
      offsetcheck rules show permanence.storage_floor
    """
    del debug  # read by `main`, which shows errors


def main() -> None:
    """Run the command line and end the process with its exit status."""
    # What a run makes lives to its end: looking for garbage often costs a tenth of a short one.
    gc.set_threshold(COLLECT_AFTER)
    # No plugin is wanted, and looking for one reads the metadata of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    prepare_streams()
    _leave(run(_stoppable))


def _leave(status: int) -> NoReturn:
    """End the process; what it made is not taken apart one by one, a tenth of a short run."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(status)  # a stream that is gone is the interpreter's to close
    atexit._run_exitfuncs()  # noqa: SLF001 - what a whole end would call, and nothing else does
    os._exit(status)


def _stoppable() -> object:
    with stopped_by_signals():
        return app.main(prog_name="offsetcheck", standalone_mode=False)


def run(command: Callable[[], object]) -> int:
    """Run one command and return its exit status; every error becomes lines on standard error."""
    try:
        status = command()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return Exit.USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        return _interrupted(error)
    except (BrokenPipeError, SystemExit):
        # click itself ends the process where it finds that the reader of a pipe has left.
        return _reader_left()
    except OffsetcheckError as error:
        show_all(error.problems)
        return _status_of(error)
    except OSError as error:
        note(f"{error.filename or 'a file'}: {(error.strerror or str(error)).lower()}")
        return Exit.UNEXPECTED
    except Exception as error:  # noqa: BLE001 - the last place before the user
        return _unexpected(error)
    return status if isinstance(status, int) else Exit.DONE


def _interrupted(error: BaseException) -> int:
    """Say what ended the run and what that left; return 128 and the number of the signal."""
    number = signal_of(error)
    sent = "interrupted" if number == signal.SIGINT else f"ended by {signal.Signals(number).name}"
    left = [said for one in (error, error.__cause__) for said in getattr(one, "__notes__", ())]
    with suppress(OSError):  # the terminal may have gone
        note("; ".join([sent, *left]))
    return SIGNALLED + number


def _status_of(error: OffsetcheckError) -> Exit:
    if isinstance(error, RulebookError):
        return Exit.RULEBOOK
    if isinstance(error, OutputError | RequestError):
        return Exit.USAGE
    return Exit.INPUT if isinstance(error, InputError) else Exit.UNEXPECTED


def _reader_left() -> Exit:
    # Python would complain once more when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.DONE


def _unexpected(error: Exception) -> Exit:
    if "--debug" in sys.argv:
        traceback.print_exception(error)
    said = " ".join(str(error).split())[:300]
    note(f"unexpected error: {type(error).__name__}: {said}")
    note("this is a fault of offsetcheck; run it as `offsetcheck --debug …` and report the trace")
    return Exit.UNEXPECTED
