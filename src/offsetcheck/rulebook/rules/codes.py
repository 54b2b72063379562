"""The criteria that the code of a rule names."""

import re

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
