"""What several commands ask alike: options that stand together and reach a command as one value."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offsetcheck.cli import options
from offsetcheck.cli.options import Command

if TYPE_CHECKING:
    from offsetcheck.api.request import Request
    from offsetcheck.rulebook.rulebook import Rulebook

Option = Callable[[Command], Command]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for by the options that commands share, each as `options` has it.

    A command that does not offer one of them has its default here.
    """

    city: str | None = None
    as_of: date | None = None
    registries: tuple[Path, ...] = ()
    columns: Path | None = None
    numbers: str | None = None
    dates: str | None = None
    knowledge: str = "as-of"
    rules: Path | None = None
    templates: Path | None = None
    language: str = "en"

    @property
    def day(self) -> date:
        """The day whose rules apply; today where nothing else is said."""
        return self.as_of or options.today()

    def rulebook(self) -> "Rulebook":
        """Return the rules that are meant; raises RulebookError with every problem of theirs."""
        from offsetcheck.api.case import open_rulebook

        return open_rulebook(self.rules)

    def request(self, path: Path, *, command: str = "assess", day: date | None = None) -> "Request":
        """Return the request for an input; `day` where a command asks for it in its own way.

        Raises InputError where the columns file cannot be read, RequestError for what is no day.
        """
        from offsetcheck.api.request import Request, columns_file, known_by

        return Request(
            path, self.city, day or self.day,
            registries=self.registries, knowledge=known_by(self.knowledge), language=self.language,
            command=command, numbers=self.numbers, dates=self.dates,
            columns=columns_file(self.columns),
        )  # fmt: skip


def asked(*group: Option) -> Callable[[Command], Command]:
    """Return a decorator that adds options in this order; the command gets them as `asked`.

    It may stand more than once on a command, where other options stand between in its help.
    """

    def decorated(command: Command) -> Command:
        @wraps(command)
        def called(*, asked: Asked = Asked(), **given: Any) -> Any:
            own = {name: given.pop(name) for name in names}
            return command(asked=replace(asked, **own), **given)

        before = len(_parameters(called))
        for option in reversed(group):
            option(called)
        names = [parameter.name for parameter in _parameters(called)[before:]]
        return called

    return decorated


def _parameters(command: Command) -> list[click.Parameter]:
    """Return what click has noted on a function so far."""
    return getattr(command, "__click_params__", [])


LISTS = (options.REGISTRY, options.COLUMNS, options.NUMBERS, options.DATES)
OFFERS = asked(options.CITY, options.AS_OF, *LISTS, options.KNOWLEDGE)
OFFERS_OF_ANY_CITY = asked(options.AS_OF, *LISTS, options.KNOWLEDGE)
MADE_WITH = asked(options.RULES, options.TEMPLATES, options.LANGUAGE)
