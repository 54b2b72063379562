"""A group of commands whose modules are imported when one of them is asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class Commands(click.Group):
    """Commands by name, of which `elsewhere` holds where each stands, as `module:attribute`.

    Help of the group needs all of them; a run needs one, and starts without the others.
    """

    def __init__(self, *, elsewhere: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(**attributes)
        self._elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted({*self._elsewhere, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, None where there is none."""
        if cmd_name in self._elsewhere and cmd_name not in self.commands:
            module, _, attribute = self._elsewhere[cmd_name].partition(":")
            self.add_command(getattr(import_module(f"{__package__}.{module}"), attribute))
        return super().get_command(ctx, cmd_name)
