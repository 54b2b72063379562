"""One entry of the register, and the hash that binds it to the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from offsetcheck.ground.canonical import content_hash
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.web.visit import person_named

FIRST = "0" * 64
"""What the first entry names as the hash before it."""
LONGEST = 2000
"""Characters of one detail that are kept."""


def same_person(one: str, other: str) -> bool:
    """Return whether two names are those of one person, as older entries may spell them."""
    return person_named(one) == person_named(other)


class RegisterError(RequestError):
    """A register that cannot be opened, reached or written to: nothing may be decided then."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody did: `act` is the word of the page that did it.

    `tender` is the name of its folder, empty for what is not done to one.
    """

    person: str
    act: str
    tender: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """An act as it stands in the register: numbered from 1, with its time (ISO, UTC) and hashes."""

    number: int
    at: str
    act: Act
    before: str
    hash: str


def entry(number: int, at: str, act: Act, before: str) -> Entry:
    """Return an act as the entry that follows one of a hash."""
    return Entry(number, at, act, before, hash_of(number, at, act, before))


def hash_of(number: int, at: str, act: Act, before: str) -> str:
    """Return the SHA-256 of all that an entry says, the hash of the one before it too."""
    details = {name: act.details[name] for name in sorted(act.details)}
    return content_hash([number, at, act.person, act.act, act.tender, details, before])


def first_wrong(entries: Iterable[Entry]) -> int | None:
    """Return the number of the first entry that is not what it was, or is missing; None: all are.

    What was cut off at the end cannot be told from the entries alone: an export that somebody
    else holds, or the last hash written down elsewhere, does.
    """
    before, expected = FIRST, 1
    for one in entries:
        made = hash_of(one.number, one.at, one.act, one.before)
        if one.number != expected or one.before != before or one.hash != made:
            return expected
        before, expected = one.hash, expected + 1
    return None
