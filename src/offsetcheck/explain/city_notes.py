"""What is said of a city's policy beside its rules: an example, its own notes, its floor."""

from collections.abc import Iterator

from offsetcheck.explain.wording import Wording


def city_notes(wording: Wording) -> tuple[str, ...]:
    """Return what is said beside the rules.

    That a notice names other rules, why the profile is an example, the notes of the city, and why
    its floor is low.
    """
    return tuple(_notes(wording))


def _notes(wording: Wording) -> Iterator[str]:
    city = wording.bound.city
    if wording.other_rules:
        yield wording.other_rules
    if city.example is not None:
        yield wording.word("city.example_because", reason=wording.note(city.example))
    yield from map(wording.note, city.notes)
    if city.floor_reason is not None:
        reason = wording.note(city.floor_reason)
        yield wording.word("city.floor_because", floor=city.floor, reason=reason)
