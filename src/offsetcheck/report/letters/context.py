"""What a template of a letter sees: one letter as plain data, safe to write into XML and mails."""

import re
from typing import Any

from offsetcheck.report.cleaning import cleaned, escape_invisible
from offsetcheck.vocabulary.letter import Letter

# A stranger's line break would let his text look like a paragraph of the city's.
BREAKS = re.compile("[ \t\r\n\x0b\x0c\x85\u2028\u2029]+")
NO_XML = re.compile("[\ufffe\uffff]")


def context_of(letter: Letter) -> dict[str, Any]:
    """Return the context of a letter's template: `letter`, every text on one line."""
    return {"letter": cleaned(letter.model_dump(mode="json"), one_line)}


def one_line(text: str) -> str:
    """Return a text on one line, invisible characters as codes."""
    joined = BREAKS.sub(" ", text).strip()
    return NO_XML.sub("[U+FFFF]", escape_invisible(joined))
