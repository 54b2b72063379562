"""Under which names rules read the fields of the dictionary."""

from offsetcheck.vocabulary.dictionary import Dictionary, Field, Subject

PURCHASE = "purchase."


def stored_name(subject: Subject, field: str) -> str:
    """Return the name under which rules read a field: purchase fields carry their scope."""
    return f"{PURCHASE}{field}" if subject is Subject.PURCHASE else field


def lookup_keys(field: Field) -> tuple[str, ...]:
    """Return the fields that a lookup reads, as rules would name them."""
    if field.lookup is None:
        return ()
    keys = (field.lookup.keys.get(column, column) for column in field.lookup.on)
    return tuple(key if "." in key else stored_name(field.subject, key) for key in keys)


def field_named(dictionary: Dictionary, name: str) -> Field | None:
    """Return the field that rules read under a name."""
    if name.startswith(PURCHASE):
        return dictionary.purchase.get(name.removeprefix(PURCHASE))
    return dictionary.candidate.get(name) or dictionary.portfolio.get(name)
