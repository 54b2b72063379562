from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result

INSTALL = "the web app is not installed; run `pip install 'offsetcheck[web]'`"
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
    "--processes", type=click.IntRange(1, 32), default=2, show_default=True,
    help="How many pages are made at once.",
)  # fmt: skip
def serve(
    *, folder: Path, rules: Path | None, port: int, open_browser: bool, processes: int
) -> Exit:
    """Serve the tenders of a folder to a browser on this machine.

    It prints the address to open, which lets in whoever has it. Tenders stay folders and files:
    browser, terminal and editor can be used by turns. Ctrl-C ends it.

    \b
    Examples:
      offsetcheck serve --open
      offsetcheck serve tenders/ --port 8765
    """
    try:
        from offsetcheck.web.serve import Served, ready, workplace
        from offsetcheck.web.serve import serve as answer
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in NEEDED:
            raise
        raise click.UsageError(INSTALL) from error
    made = ready(Served(workplace(folder, rules), port=port, processes=processes))
    result(made.address)
    note("open this address in a browser; Ctrl-C ends the server")
    answer(made, open_browser=open_browser)
    return Exit.DONE
