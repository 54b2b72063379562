"""What is asked: an input, for which city and day, with which registries and knowledge."""

import shlex
from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from enum import StrEnum
from os import PathLike
from pathlib import Path
from typing import TypeVar

from offsetcheck.intake.asked import Asked, ColumnsFile, dates_asked, numbers_asked
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.vocabulary.problem import RequestError, UnreadableError


class Knowledge(StrEnum):
    """Which facts count: those known on the as-of day, or all that are known today."""

    AS_OF = "as-of"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Request:
    """An input, and for which city and day it is judged; without a city, the tender names it.

    `city` is an id of the rulebook, or the path of a folder or file of a city's own.

    `path` is a tender folder, a bid sheet or a registry list; `registries` are lists whose facts
    are joined to its offers. A list may stand as `FILE@DATE`, with its day. `command` is the
    command of the command line that reports name as the way to the same bytes. `numbers` and
    `dates` say by a sample (`1.234,5`, `d/m/y`) how all these lists write them; without, each list
    is read by its own evidence. `columns` says what the columns of the offers are; a tender folder
    has its own.
    """

    path: Path
    city: str | None
    as_of: date
    _: KW_ONLY
    registries: tuple[Path, ...] = ()
    knowledge: Knowledge = Knowledge.AS_OF
    language: str = "en"
    command: str = "assess"
    numbers: str | None = None
    dates: str | None = None
    columns: ColumnsFile | None = None

    def __post_init__(self) -> None:
        """Raise RequestError where the day is none, or a sample tells nothing."""
        check_day(self.as_of)
        self.asked()

    def asked(self, day: date | None = None) -> Asked:
        """Return how a list is to be read, one of which a person states the day."""
        return Asked(
            day,
            _sample("numbers", self.numbers, numbers_asked),
            _sample("dates", self.dates, dates_asked),
        )

    def asked_of_offers(self) -> Asked:
        """Return how the offers are to be read."""
        return replace(self.asked(), columns=self.columns)

    def options(self) -> list[str]:
        """Return the options that name registry lists and say how lists are read."""
        columns = [] if self.columns is None else [f"--columns {self.columns.name}"]
        return [*registry_words(self.registries), *columns, *self.asked().options()]

    def again(self, city: str | None) -> str:
        """Return the command that makes the same result again, without folders.

        `city` is the city as it was named, None where the tender names one of its own.
        """
        # Names without folders: the same files elsewhere must give the same bytes.
        words = [f"offsetcheck {self.command}", self.path.resolve().name, *city_words(city)]
        words += [f"--as-of {self.as_of.isoformat()}", *self.options()]
        words += ["--knowledge today"] if self.knowledge is Knowledge.TODAY else []
        return " ".join(words)


Style = TypeVar("Style")


def _sample(name: str, said: str | None, read: Callable[[str], Style]) -> Style | None:
    """Return the style that a sample tells; raises RequestError where it tells none."""
    try:
        return None if said is None else read(said)
    except UnreadableError as why:
        raise RequestError.about(name, why.reason, why.hint) from None


def columns_file(path: PathLike[str] | str | None) -> ColumnsFile | None:
    """Return a `columns.yaml` that somebody names; raises InputError where it cannot be read."""
    return None if path is None else ColumnsFile(Path(path).name, read_bytes(Path(path)))


def city_words(city: str | None) -> list[str]:
    """Return the option that names a city as it was named, none where the tender does."""
    return [] if city is None else [f"--city {shlex.quote(city)}"]


def registry_words(registries: Iterable[Path]) -> list[str]:
    """Return the options that name registry lists."""
    return [f"--registry {path.name}" for path in registries]


def check_day(as_of: object) -> None:
    """Raise RequestError for what is no day; a time of day is none, though Python derives it."""
    if type(as_of) is not date:
        raise RequestError.about("as_of", f"a datetime.date is needed, not {as_of!r}")


def known_by(word: str) -> Knowledge:
    """Return which facts count by a word; raises RequestError for any other word."""
    try:
        return Knowledge(word)
    except ValueError:
        said = f"`{word}` is not one of {', '.join(Knowledge)}"
        raise RequestError.about("knowledge", said) from None
