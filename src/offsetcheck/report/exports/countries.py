"""Countries by their ISO code of two letters, as the dictionary holds them."""

from functools import cache
from typing import Any


@cache
def alpha_3(code: str | None) -> str | None:
    """Return the ISO code of three letters, None for what is no country."""
    found = _country(code)
    return None if found is None else str(found.alpha_3)


@cache
def name_of(code: str | None) -> str | None:
    """Return a country's English name, the one that is used where ISO has a longer one."""
    found = _country(code)
    return None if found is None else str(getattr(found, "common_name", found.name))


def _country(code: str | None) -> Any:
    import pycountry

    return pycountry.countries.get(alpha_2=code) if code else None


@cache
def subdivision(country: str | None, name: str | None) -> tuple[str, str] | None:
    """Return code and name of a part of a country (ISO 3166-2), None for what is none."""
    import pycountry

    found: Any = pycountry.subdivisions
    parts = found.get(country_code=country) if country and name else None
    for part in parts or ():
        if name is not None and part.name.casefold() == name.casefold():
            return str(part.code), str(part.name)
    return None
