"""Values known in part: what an expression can come to where one input is one of several values.

A set answers with the set of its answers. Over two sets at once an answer is unknown: the sets are
not known to be independent, and their combinations would grow without bound.
"""

from collections.abc import Callable, Iterable, Sequence

from offsetcheck.vocabulary.evidence import MOST_POSSIBLE, Value

Alternatives = tuple[Value, ...]
"""The values of which a node has one: a single one is known."""


def distinct(values: Iterable[Value | None]) -> Alternatives | None:
    """Return values each once; None where they could be anything.

    That is so where one of them is unknown, where there are too many, and of yes and no.
    """
    found: dict[Value, None] = {}
    for value in values:
        if value is None:
            return None
        found[value] = None
    either = len(found) > 1 and isinstance(next(iter(found)), bool)
    return None if either or len(found) > MOST_POSSIBLE else tuple(found)


def over(
    apply: Callable[..., Value | None], arguments: Sequence[Alternatives | None]
) -> Alternatives | None:
    """Return what a function can come to over arguments; None where that is unknown.

    `apply` takes one value for each argument and returns None where it has no answer.
    """
    known = [argument for argument in arguments if argument is not None]
    several = [place for place, argument in enumerate(known) if len(argument) > 1]
    if len(known) < len(arguments) or len(several) > 1:
        return None
    first = [argument[0] for argument in known]
    if not several:
        return distinct((apply(*first),))
    at = several[0]
    return distinct(apply(*first[:at], value, *first[at + 1 :]) for value in known[at])
