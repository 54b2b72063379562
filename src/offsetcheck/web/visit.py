"""One request of a browser as a page sees it, and what a page answers.

All are plain values that can be sent to another process.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ConfigDict

from offsetcheck.vocabulary.problem import Problem

GET, POST = "GET", "POST"
GUIDE = "guide.yaml"  # the file that each rule folder has
Pairs = tuple[tuple[str, str], ...]


class Role(StrEnum):
    """What a person may do besides reading."""

    OFFICER = "officer"
    EVALUATOR = "evaluator"
    APPROVER = "approver"
    AUTHOR = "author"
    READER = "reader"


EVERY_ROLE = frozenset(Role)


def person_named(said: str) -> str:
    """Return the name by which a person is known, whatever its capitals and its letters' coding."""
    return normalize("NFKC", normalize("NFKC", said).casefold()).strip()


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: the name under which what he does is written down, and what he may do."""

    name: str
    roles: frozenset[Role] = EVERY_ROLE


@dataclass(frozen=True, slots=True)
class Workplace:
    """What is served: the folder that holds tenders, the rules, and for whom.

    `given` are the rules that the server was told to use. `many` says that several people use it,
    each under his own name, so that what asks for two persons gets two. `register` is the address
    of the register's database, None for the file in the folder.
    """

    folder: Path
    given: Path | None = None
    many: bool = False
    register: str | None = None

    @property
    def rules(self) -> Path | None:
        """The rules that decide: those given, one person's own beside the tenders, or None.

        None means those installed. On a server only who sets it up says which rules decide.
        """
        if self.given is not None or self.many:
            return self.given
        return self.own_rules if (self.own_rules / GUIDE).is_file() else None

    @property
    def own_rules(self) -> Path:
        """Where one's own rules lie beside the tenders, if there are any."""
        return self.folder / "rules"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that came with a form: the form's field, its name there, and where it lies now.

    It is gone when the visit ends.
    """

    field: str
    name: str
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: what is asked of which page, by whom, in which language, on which day."""

    method: str
    path: str
    workplace: Workplace
    person: Person
    today: date
    language: str
    languages: tuple[str, ...] = ("en",)
    csrf: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Pairs = ()
    form: Pairs = ()
    uploads: tuple[Upload, ...] = ()
    said: str | None = None
    patient: bool = False
    """Whether it may take long: nobody waits for the answer, a page of progress is shown."""

    def part(self, name: str) -> str:
        """Return a part of the address, such as the tender of `/t/{tender}/verdicts`."""
        return self.parts[name]

    def address(self, query: Pairs) -> str:
        """Return the address that was asked for, with a query, as a link on this server.

        A path that begins with two slashes would name another server.
        """
        path = quote(f"/{self.path.lstrip('/')}")
        return f"{path}?{urlencode(query)}" if query else path

    def asked(self, name: str, default: str = "") -> str:
        """Return the first value of a name in the address's query."""
        return next((value for key, value in self.query if key == name), default)

    def asked_all(self, name: str) -> tuple[str, ...]:
        """Return every value of a name in the query, empty ones left out."""
        return tuple(value for key, value in self.query if key == name and value)

    def filled(self, name: str, default: str = "") -> str:
        """Return the first value of a form's field, without blanks around it."""
        return next((value.strip() for key, value in self.form if key == name), default)

    def filled_all(self, name: str) -> tuple[str, ...]:
        """Return every value of a form's field, empty ones left out."""
        return tuple(value.strip() for key, value in self.form if key == name and value.strip())

    def may(self, *roles: Role) -> bool:
        """Return whether the person has one of some roles."""
        return bool(self.person.roles & set(roles))


class Shown(BaseModel):
    """What one page shows, typed; a template reads its plain data as `page`."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a filled form: the field's id, and a sentence for a person."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the app, by its template `web/NAME.html.jinja`.

    `title` is the page's heading, in words. `tender` is the folder's name where the page is one of
    a tender, which shows the tender's own navigation. `wrong` is what a form's reader must mend.
    """

    template: str
    title: str
    shown: Shown
    tender: str | None = None
    status: int = 200
    wrong: tuple[Wrong, ...] = ()


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go to another page; after every change, so that no reload does it twice.

    `said` is the key of a sentence that the next page says first, with its values. `details` are
    what the register writes down of the change: names, hashes and short texts, no whole files.
    """

    to: str
    said: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the browser to keep, or to show where `inline`."""

    name: str
    media: str
    data: bytes
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report as it stands in a file, with its own style; no script of it runs."""

    html: str


Answer = Page | Redirect | Download | Report


class RefusedError(Exception):
    """A visit that is refused, in words: status, heading and text by their keys, and problems."""

    def __init__(
        self,
        status: int,
        key: str,
        problems: Iterable[Problem] = (),
        **values: Any,
    ) -> None:
        super().__init__(key)
        self.status, self.key, self.problems = status, key, tuple(problems)
        self.values = {name: str(value) for name, value in values.items()}

    def __reduce__(self) -> tuple[Any, ...]:
        return (_refused, (self.status, self.key, self.problems, self.values))


def _refused(
    status: int, key: str, problems: tuple[Problem, ...], values: Mapping[str, str]
) -> RefusedError:
    return RefusedError(status, key, problems, **values)
