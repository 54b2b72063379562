"""Letters to bidders and the report on a procedure, as data: what templates fill in.

Every text is a whole sentence or a value in the language of the letter. A template holds the
structure, and no sentence of its own.
"""

from enum import StrEnum

from pydantic import model_validator

from offsetcheck.vocabulary.explained import Explained, Explanation


class LetterKind(StrEnum):
    """Which letter; the report is of the whole procedure, all others go to one bidder."""

    CLARIFICATION = "clarification"
    CURE = "cure"
    AWARD = "award"
    REFUSAL = "refusal"
    DEBRIEF = "debrief"
    STANDSTILL = "standstill"
    REPORT = "report"


TO_BIDDERS = tuple(kind for kind in LetterKind if kind is not LetterKind.REPORT)
REFUSING = frozenset({LetterKind.AWARD, LetterKind.REFUSAL, LetterKind.STANDSTILL})
"""Letters that may tell a bidder that an offer of his is not bought."""


class Heading(StrEnum):
    """The headings and labels of letters; each has words in every language."""

    ADVANTAGES = "advantages"
    ANNEX = "annex"
    ASSESSED = "assessed"
    AWARDED = "awarded"
    BASIS = "basis"
    CONDITIONS = "conditions"
    CONTACT = "contact"
    DATE = "date"
    DECISION = "decision"
    DOCUMENTS = "documents"
    DRAFT = "draft"
    HAVE = "have"
    LOW_PRICES = "low_prices"
    MET = "met"
    NEED = "need"
    NOT_SELECTED = "not_selected"
    NUMBER = "number"
    OFFER = "offer"
    OFFERS = "offers"
    OUTCOME = "outcome"
    POINTS = "points"
    PRICE = "price"
    PROCEDURE = "procedure"
    PROJECT = "project"
    REASONS = "reasons"
    REFERENCE = "reference"
    REFUSED = "refused"
    RELIED_ON = "relied_on"
    REMEDY = "remedy"
    REQUIRED = "required"
    REQUIREMENT = "requirement"
    RULES = "rules"
    SELECTED = "selected"
    SELLER = "seller"
    SIGNATURE = "signature"
    STANDSTILL = "standstill"
    STATED = "stated"
    TONNES = "tonnes"
    TO_OFFICER = "to_officer"
    UNDECIDED = "undecided"
    WHY = "why"
    WOULD_CHANGE = "would_change"
    YOUR_REFERENCE = "your_reference"


class Bidder(Explained):
    """Whom a letter goes to."""

    name: str
    address: tuple[str, ...] = ()
    email: str | None = None
    reference: str | None = None


class LetterPoint(Explained):
    """One thing that is asked of a bidder: what the city has, what it needs, on which papers."""

    number: int
    requirement: str
    clause: str
    have: str
    need: str
    documents: tuple[str, ...] = ()


class LetterReason(Explained):
    """One reason why an offer is not bought.

    `basis` says on which clause the requirement rests and how that clause was seen; no reason
    stands without it.
    """

    requirement: str
    stated: str
    required: str
    relied_on: tuple[str, ...]
    basis: str

    @model_validator(mode="after")
    def _says_its_basis(self) -> "LetterReason":
        if not self.basis.strip():
            raise ValueError("a reason says on what it rests")
        return self


class LetterLot(Explained):
    """One offer of the bidder; what does not belong into the kind of letter is empty."""

    id: str
    name: str
    tonnes: str
    price: str
    outcome: str | None = None
    awarded: bool = False
    points: tuple[LetterPoint, ...] = ()
    reasons: tuple[LetterReason, ...] = ()
    own_reason: str | None = None
    met: str | None = None
    would_change: str | None = None
    conditions: tuple[str, ...] = ()
    advantages: tuple[str, ...] = ()


class ReportLot(Explained):
    """One offer in the report on the procedure, with its seller."""

    id: str
    name: str
    seller: str
    tonnes: str
    price: str
    outcome: str
    why: tuple[str, ...]


class ReportLines(Explained):
    """What the report on the procedure holds of all bidders."""

    facts: tuple[tuple[str, str], ...]
    awarded: tuple[ReportLot, ...]
    selected: tuple[ReportLot, ...]
    undecided: tuple[ReportLot, ...]
    refused: tuple[ReportLot, ...]
    low_prices: tuple[str, ...]
    officer: tuple[tuple[str, str], ...]


class Letter(Explanation):
    """One letter to a bidder with all his offers, or the report on the procedure.

    `draft` says to the officer why it may not go out as it is; it stands first, and is empty in a
    letter that may. `selected` are names of other bidders that the law has the city publish.
    """

    kind: str = "letter"
    letter: LetterKind
    city: str
    title: str
    tender: str
    reference: str | None = None
    date: str | None = None
    bidder: Bidder | None = None
    headings: dict[str, str]
    draft: tuple[str, ...] = ()
    greeting: str | None = None
    opening: tuple[str, ...] = ()
    lots: tuple[LetterLot, ...] = ()
    rules: tuple[str, ...] = ()
    selected: tuple[str, ...] = ()
    selected_words: str | None = None
    standstill: str | None = None
    assessed: tuple[str, ...] = ()
    remedy: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    closing: str | None = None
    signed: tuple[str, ...] = ()
    annex: tuple[tuple[str, str], ...] = ()
    report: ReportLines | None = None


class Withheld(Explained):
    """A letter that is not written, and why: what is to be supplied, and where."""

    letter: LetterKind
    seller: str | None
    reason: str
