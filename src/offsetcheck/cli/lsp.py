import click

from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit

INSTALL = "the language server is not installed; run `pip install 'offsetcheck[lsp]'`"


@click.command(cls=Command)
def lsp() -> Exit:
    """Serve an editor that speaks the language server protocol, on standard input and output.

    An editor starts it; `rules editor` writes the settings for one.

    \b
    Example:
      offsetcheck lsp
    """
    try:
        from offsetcheck.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        raise click.UsageError(INSTALL) from error
    serve()
    return Exit.DONE
