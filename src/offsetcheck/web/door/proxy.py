"""People whom a proxy in front of the server has signed in, and what each of them may do."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from offsetcheck.web.visit import Person, Role, person_named

SECRET_HEADER = "x-offsetcheck-proxy"  # noqa: S105 - the name of a header
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ProxiedPeople:
    """Who asks, as the proxy's header says; believed only from whoever knows the proxy's secret.

    `people` are roles by name. `others` are those of whoever is signed in and not among them; none
    lets only those who are named in.
    """

    header: str
    secret: str = field(repr=False)
    people: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    others: frozenset[Role] = frozenset()

    def person(self, headers: Mapping[str, str]) -> Person | None:
        """Return who asks; None where the proxy's word is missing, or he may not come in.

        His name is the same whatever its capitals and however its letters are coded: one who signs
        in as `Anna` and as `anna` is no second person.
        """
        said = _stated_once(headers, SECRET_HEADER)
        if not hmac.compare_digest(said.encode(), self.secret.encode()):
            return None
        name = person_named(_decoded(_stated_once(headers, self.header)))
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            return None
        roles = self.people.get(name, self.others)
        return Person(name, roles) if roles else None


def _decoded(value: str) -> str:
    """Return a header's value as the letters that its bytes are; empty where they are none.

    Servers hand headers on byte by byte, as Latin-1; proxies write names in UTF-8.
    """
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""


def _stated_once(headers: Mapping[str, str], name: str) -> str:
    """Return the value of a header, empty where it is missing or stands there twice.

    A proxy that adds its header to the one that a browser sent does not say which is its own.
    """
    found = [value for key, value in headers.items() if key.casefold() == name]
    return found[0] if len(found) == 1 else ""
