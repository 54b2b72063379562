"""What a city's own policy leaves to be filled in: it can be used, and nobody has decided it."""

from collections.abc import Iterator

from offsetcheck.rulebook.overlay.lay import OwnCity
from offsetcheck.rulebook.policies.model import CityFile
from offsetcheck.vocabulary.problem import Problem, Severity

COUNTRY = "country"
Unfilled = tuple[str, str, str]  # key, what is left open, what to write


def unfilled(own: OwnCity) -> Iterator[Problem]:
    """Yield a remark at each key of the policy that only the city can fill in, in their order."""
    document = own.rulebook.documents[f"cities/{own.id}.yaml"]
    for key, message, hint in _left(own.rulebook.cities[own.id]):
        yield Problem(message, document.key_place((key,)), hint, Severity.NOTE)


def _left(city: CityFile) -> Iterator[Unfilled]:
    if city.example is not None:
        hint = "take `example` away when the city has decided"
        yield "example", "every page says that this is not the city's own policy", hint
    if not city.jurisdictions:
        hint = "write the union and the state, the widest first, such as [eu, fi]"
        yield "jurisdictions", "no jurisdiction is named: nobody's law is applied", hint
    if COUNTRY not in city.facts:
        hint = "write its two letters, such as FI, as the value of `country`"
        yield "facts", "the city's country is not stated", hint
    if not city.remedy:
        hint = "write where and until when a bidder may appeal"
        yield "remedy", "no letter of refusal can be written without a text on review", hint
    if city.undecided:
        many = len(city.undecided)
        said = "1 limit is" if many == 1 else f"{many} limits are"
        hint = "set each under `parameters` when it is decided, and take it from here"
        yield "undecided", f"{said} not decided: our own proposal stands in", hint
