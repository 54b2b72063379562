"""What a profile may say: a standard of its own subjects, a city no more than was read of it."""

from collections.abc import Iterator

from offsetcheck.rulebook.files.sources import check_citation
from offsetcheck.rulebook.policies.known import Known, find_parameter
from offsetcheck.rulebook.policies.model import SUBJECTS, CityFile
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.problems import FileProblems

READ = frozenset((Standing.READ, Standing.READ_SECOND_HAND))
AS_EXAMPLE = "cite a text that was read, or write `example: …`: every page then says so"


def check_scope(city: CityFile, file: FileProblems, known: Known) -> None:
    """Report a standard that does not say what claims it speaks of."""
    if city.speaks_of is not None:
        steps: Steps = ("speaks_of", "source")
        check_citation(city.speaks_of.source, known.guides, file.document, steps, file.problems)
    elif city.kind == "standard":
        message = "a standard says what claims it speaks of"
        file.at_key(("kind",), message, f"write `speaks_of`, of {', '.join(SUBJECTS)}")


def check_refusals(city: CityFile, file: FileProblems, known: Known) -> None:
    """Report what is refused in a city's name without a text that was read."""
    source = city.offsetting_source
    check_citation(source, known.guides, file.document, ("offsetting_source",), file.problems)
    if city.example is not None:
        return
    if city.offsetting == "not_permitted" and not _was_read(source):
        message = "that a city lets no offsets be bought needs a text that was read"
        file.at_value(("offsetting",), message, f"`offsetting_source`: {AS_EXAMPLE}")
    for steps, full in _own_gates(city, known):
        message = f"`{full}` refuses offers in the city's name without a text that was read"
        file.at_key(steps, message, AS_EXAMPLE)


def _own_gates(city: CityFile, known: Known) -> Iterator[tuple[Steps, str]]:
    """Yield each value of the city's own, unread, that decides a gate, and where it stands."""
    for full, parameter in city.parameters.items():
        found = find_parameter(full, known)
        rules = found.rules if found is not None else ()
        if all(_effect(city, rule.file.id, rule.file.effect) != "gate" for rule in rules):
            continue
        for day, value in parameter.dated.items():
            source, origin = value.source or parameter.source, value.origin or parameter.origin
            if origin == "city" and not _was_read(source):
                inner: Steps = ("values", day.isoformat()) if parameter.values else ()
                yield ("parameters", full, *inner), full


def _effect(city: CityFile, rule: str, written: str) -> str:
    """Return the effect that a rule has under the city's own changes."""
    changed = [c.effect for c in city.change if c.rule == rule and c.effect is not None]
    return changed[-1] if changed else written


def _was_read(source: SourceEntry | None) -> bool:
    return source is not None and source.standing in READ
