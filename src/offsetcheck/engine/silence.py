"""Why a table of events that holds no row of a project does not show that nothing happened."""

from offsetcheck.engine.knowledge import IDENTITY
from offsetcheck.engine.lookup import awaits_screening
from offsetcheck.rulebook.expression.nodes import FieldRef, Lookup
from offsetcheck.vocabulary.evidence import Cause


def is_of_events(lookup: Lookup) -> bool:
    """Whether a table of events is asked by the id of the project."""
    keyed = any(isinstance(key, FieldRef) and key.name == IDENTITY for key in lookup.keys)
    return keyed and awaits_screening(lookup)


def cause_of_silence(lookup: Lookup, cause: Cause, of_id: Cause | None) -> Cause:
    """Return why a lookup has no answer; `of_id` is the cause that the id itself bears.

    An id that no registry can hold is in no table, whatever happened to the project.
    """
    if of_id is None or cause is not Cause.NO_ROW or not is_of_events(lookup):
        return cause
    return of_id
