"""Names of strangers' files, made into names that any disk can bear."""

import re
import unicodedata

LONGEST = 100
OTHER = re.compile(r"[^\w .()+,-]")
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(1, 10))}
)
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


def safe_name(name: str) -> str:
    """Return a file's name without ways, signs that nobody sees, and what a disk may refuse.

    What is left keeps its ending, is never hidden and never empty.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        sign for sign in unicodedata.normalize("NFC", last)
        if not unicodedata.category(sign).startswith("C")
    )  # fmt: skip
    plain = " ".join(OTHER.sub("_", seen).split()).rstrip(" .")
    match = SUFFIX.search(plain)
    suffix = match[0].casefold() if match else ""
    stem = (plain[: match.start()] if match else plain).strip(" .~$") or "file"
    if stem.casefold() in RESERVED:
        stem = f"_{stem}"
    while len(stem.encode()) > LONGEST:
        stem = stem[:-1]
    return f"{stem}{suffix}"
