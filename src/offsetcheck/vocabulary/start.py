"""What a beginning is made of: a tender's folder to fill in, and the folder of a city's own."""

from offsetcheck.vocabulary.explained import Explained, Explanation


class StartWord(Explained):
    """A word of a closed list, or the id of something, and what it means."""

    id: str
    title: str


class StartField(Explained):
    """A value of the purchase: what it is, what may be written, and why.

    `value` is what stands there already; `needed` says whether it is to be filled in.
    """

    name: str
    title: str
    question: str | None
    form: str
    words: tuple[StartWord, ...]
    note: str | None
    rules: str | None
    value: str | None
    needed: bool


class TenderStart(Explanation):
    """A tender's folder to begin with; `named` is the city as purchase.yaml names it."""

    kind: str = "tender_start"
    city: str
    named: str
    itself: tuple[StartField, ...]
    asked: tuple[StartField, ...]
    spare: tuple[StartField, ...]
    papers: tuple[str, ...]
    searches: tuple[StartWord, ...]
    reviews: tuple[StartWord, ...]


class StartParameter(Explained):
    """A value that a city may set: its rule, what stands there now, and which side is stricter.

    `now` is the value as a file writes it, None where there is none.
    """

    name: str
    rule: str
    standing: str
    tighter: str
    now: str | None


class CityStart(Explanation):
    """The folder of a city's own to begin with, on the day from which its decisions would hold.

    `extends` is the shipped city that it builds on, `new_jurisdiction` its country's code where no
    jurisdiction is known for it.
    """

    kind: str = "city_start"
    as_of: str
    id: str
    name: str
    extends: str | None
    jurisdictions: tuple[str, ...]
    country: str | None
    country_name: str | None
    new_jurisdiction: str | None
    undecided: tuple[StartWord, ...]
    parameters: tuple[StartParameter, ...]
    optional: tuple[StartWord, ...]
    floor: str
    floor_source: str
