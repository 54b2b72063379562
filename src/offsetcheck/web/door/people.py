"""Who asks: the one person at this machine, or whom a proxy that signs people in names."""

import getpass
from collections.abc import Mapping
from typing import Protocol

from offsetcheck.web.visit import Person


class People(Protocol):
    """Whoever says who asks, by the headers of a request."""

    def person(self, headers: Mapping[str, str]) -> Person | None:
        """Return who asks; None where nobody is known."""
        ...


class OnePerson:
    """The person at this machine, who may do everything that one person may."""

    def __init__(self) -> None:
        try:
            name = getpass.getuser()
        except (KeyError, OSError):
            name = "officer"
        self._person = Person(name)

    def person(self, headers: Mapping[str, str]) -> Person | None:
        """Return the one person."""
        del headers
        return self._person
