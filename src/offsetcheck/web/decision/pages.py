"""What the pages of a decision show: the decision as it stands, and the form of it."""

from collections.abc import Mapping

from offsetcheck.web.decision.shown import DepartureLine, OfferLine, SumLine
from offsetcheck.web.visit import Shown


class Proposed(Shown):
    """A set from which a decision may begin."""

    title: str
    words: str
    to: str


class Signed(Shown):
    """Somebody who has signed and waits for another person."""

    person: str
    at: str
    same: bool
    own: bool


class DecisionPage(Shown):
    """The decision as it stands.

    `signed` says by whom and when, empty for a draft; `changed_outside` that the file is not the
    one that was signed here.
    """

    context: str
    there: bool
    pairs: tuple[tuple[str, str], ...]
    signed: str
    changed_outside: bool
    offers: tuple[OfferLine, ...]
    sums: SumLine
    built_on: str
    reason: str
    departures: tuple[DepartureLine, ...]
    lacks: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str, str], ...]
    proposals: tuple[Proposed, ...]
    waits: tuple[Signed, ...]
    two: bool
    no_contact: bool
    seen: str
    state: str
    today: str
    here: str
    may_edit: bool
    may_sign: bool
    stamp: str


class EditPage(Shown):
    """The form of a decision; `values` are its fields as they stand or were typed."""

    offers: tuple[OfferLine, ...]
    barred: tuple[OfferLine, ...]
    sellers: tuple[str, ...]
    values: Mapping[str, str]
    takes: tuple[tuple[str, str], ...]
    sets: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    report: tuple[tuple[str, str], ...]
    signed: bool
    seen: str
    state: str
    here: str
