"""The city that a tender names, known before the tender is read by that city's rules."""

from pathlib import Path

from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.forms import read_form
from offsetcheck.vocabulary.problem import InputError


def city_named(purchase: Path) -> str | None:
    """Return the city of a `purchase.yaml`, None where it is not stated or cannot be read.

    Whoever reads the tender tells what is wrong with the file; this only looks.
    """
    try:
        data = read_form(read_bytes(purchase), purchase.name).document.data
    except InputError:
        return None
    stated = data.get("city") if isinstance(data, dict) else None
    found = stated.get("value") if isinstance(stated, dict) else stated
    return (found.strip() or None) if isinstance(found, str) else None
