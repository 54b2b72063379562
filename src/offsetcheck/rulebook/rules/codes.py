"""The criteria that the code of a rule names."""

import re
from collections.abc import Mapping

from offsetcheck.vocabulary.forms.document import Document

CATALOGUE = "catalogue.yaml"
CODES = re.compile(r"([A-Z]{3})-(\d\d)((?:/\d\d)*)")


def codes_of(code: str | None) -> tuple[str, ...]:
    """Return the criteria that a rule's code names: `QNT-02/03` names two, `PER-02s` one.

    None are named by a code of another form, such as that of a country's law.
    """
    match = CODES.match(code or "")
    if match is None:
        return ()
    numbers = (match[2], *match[3].split("/"))
    return tuple(f"{match[1]}-{number}" for number in numbers if number)


def criteria_of(documents: Mapping[str, Document]) -> frozenset[str]:
    """Return the codes of the criteria that a folder's catalogue names, if it has one."""
    document = documents.get(CATALOGUE)
    data = document.data if document is not None and isinstance(document.data, dict) else {}
    families = data.get("families")
    listed = families.values() if isinstance(families, dict) else ()
    criteria = (family.get("criteria") for family in listed if isinstance(family, dict))
    return frozenset(str(code) for codes in criteria if isinstance(codes, dict) for code in codes)
