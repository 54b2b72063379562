from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result

INSTALL = "the web app is not installed; run `pip install 'offsetcheck[web]'`"
OPEN = "open this address in a browser; Ctrl-C ends the server"
ASKED = "the proxy in front of the server asks here; Ctrl-C or SIGTERM ends it"
NEEDED = frozenset({"starlette", "uvicorn", "python_multipart", "sqlalchemy", "anyio"})


@click.command(cls=Command)
@click.argument(
    "folder",
    metavar="[FOLDER]",
    default=".",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@options.RULES
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Any free one unless given.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser at once.")
@click.option(
    "--processes",
    type=click.IntRange(1, 32),
    default=2,
    show_default=True,
    help="How many pages are made at once.",
)
@click.option(
    "--server",
    "settings",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Serve several people behind a proxy that signs them in, as this file says.",
)
def serve(
    *,
    folder: Path,
    rules: Path | None,
    port: int,
    open_browser: bool,
    processes: int,
    settings: Path | None,
) -> Exit:
    """Serve the tenders of a folder to a browser.

    On this machine it prints the address to open, which lets in whoever has it. Tenders stay
    folders and files: browser, terminal and editor can be used by turns. Ctrl-C ends it.

    \b
    Examples:
      offsetcheck serve --open
      offsetcheck serve tenders/ --port 8765
      offsetcheck serve /srv/tenders --server /etc/offsetcheck/server.yaml
    """
    try:
        from offsetcheck.web import serve as web
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in NEEDED:
            raise
        raise click.UsageError(INSTALL) from error
    if settings is None:
        served = web.on_this_machine(folder, rules, port, processes)
    else:
        served = web.for_many(folder, rules, settings)
    made = web.ready(served)
    result(made.address)
    if decides := served.workplace.rules:
        note(f"the rules in {decides} decide")
    note(OPEN if settings is None else ASKED)
    web.serve(made, open_browser=open_browser)
    return Exit.DONE
