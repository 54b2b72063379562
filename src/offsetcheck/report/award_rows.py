"""An award view as rows of one table: offers with what each set takes, reserves, limits that hold.

`record` says what a row is: an offer, one on the reserve list of a set, or a limit that holds one.
"""

from collections.abc import Iterator

from offsetcheck.vocabulary.award import AwardExplanation, AwardOffer, AwardSetLine

OFFER, RESERVE, HOLDS = "offer", "reserve", "holds"
IF_MET = "_if_met"  # of a set among the offers under conditions too
SEPARATOR = "; "
START = ("record", "set", "number", "id", "name", "verdict", "grade", "tonnes", "price", "cost")
END = ("conditions", "words")


def headings(explained: AwardExplanation) -> tuple[str, ...]:
    """Return the headings: a column for the tonnes that each set takes stands among them."""
    return (*START, *(f"taken_{name}" for name, _ in named_sets(explained)), *END)


def named_sets(explained: AwardExplanation) -> list[tuple[str, AwardSetLine]]:
    """Return each set under a name of its own: those where every condition is met end in one."""
    met = [(f"{made.set}{IF_MET}", made) for made in explained.with_conditions]
    return [*((made.set, made) for made in explained.sets), *met]


def offers_of(explained: AwardExplanation) -> tuple[AwardOffer, ...]:
    """Return the offers that can be counted: those that may be bought, then the undecided."""
    return (*explained.offers, *explained.undecided)


def taken_of(made: AwardSetLine, offer: str) -> int:
    """Return the tonnes that a set takes of an offer."""
    return next((one.tonnes for one in made.lots if one.id == offer), 0)


def rows_of(explained: AwardExplanation) -> Iterator[list[str]]:
    """Yield one row an offer, a place on a reserve list or a limit, in the order of `headings`."""
    names = headings(explained)
    for row in _rows(explained):
        yield [row.get(name, "") for name in names]


def _rows(explained: AwardExplanation) -> Iterator[dict[str, str]]:
    sets = named_sets(explained)
    for line in offers_of(explained):
        taken = {f"taken_{name}": str(taken_of(made, line.id)) for name, made in sets}
        yield _offer(line) | taken
    for name, made in sets:
        for number, next_one in enumerate(made.reserve, 1):
            yield {
                "record": RESERVE,
                "set": name,
                "number": str(number),
                "id": next_one.id,
                "name": next_one.name,
                "words": next_one.words,
            }
        for number, words in enumerate(made.holds, 1):
            yield {"record": HOLDS, "set": name, "number": str(number), "words": words}


def _offer(line: AwardOffer) -> dict[str, str]:
    return {
        "record": OFFER,
        "id": line.id,
        "name": line.name,
        "verdict": line.verdict.verdict,
        "grade": line.grade,
        "tonnes": str(line.tonnes),
        "price": line.price,
        "cost": line.cost,
        "conditions": SEPARATOR.join(line.conditions),
        "words": line.words or line.open_words or "",
    }
