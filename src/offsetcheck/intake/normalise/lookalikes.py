"""Signs that look like a Latin letter, a digit or a dash, written as what they look like."""

import unicodedata

_CYRILLIC = dict(zip("АВЕЗКМНОРСТУХЅІЈԌԚԜ", "ABE3KMHOPCTYXSIJGQW", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC", strict=True))
_SMALL = {
    **dict(zip("аеорсухѕіјԛԝ", "aeopcyxsijqw", strict=True)),
    **dict(zip("οϲν", "ocv", strict=True)),
}
_ALIKE = {**_CYRILLIC, **_GREEK, **_SMALL, "−": "-", "№": "No "}
_UNSEEN = frozenset({"Cf", "Mn", "Me"})  # joiners, direction marks, combining accents


def plain(text: str) -> str:
    """Return a text with compatible, look-alike and unseen signs written plainly.

    Every dash becomes `-`, every decimal digit one of 0 to 9, every space ` `.
    """
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", "".join(map(_plain, text))).strip()


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign in _ALIKE:
        return _ALIKE[sign]
    kind = unicodedata.category(sign)
    if kind in _UNSEEN:
        return ""
    if kind == "Pd":
        return "-"
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    return " " if kind in {"Zs", "Zl", "Zp"} else sign
