"""Plain text for a terminal: 100 characters wide, without colours; one file for each kind.

Lines are made in Python and not by templates: they are wrapped and aligned, which templates do
badly, and the template engine alone would take a tenth of the time that one answer may take.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.ground.listing import module_names
from offsetcheck.report.format import Format

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

OTHER_RULES = "notice.other_rules"
ABOUT_TRANSLATION = ("report.unreviewed", "report.partly")


def text(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return an explanation in lines, with invisible characters as codes."""
    from offsetcheck.report.cleaning import escape_invisible

    del templates, back  # a terminal follows no link
    lines_of = import_module(f"{__name__}.{explanation.kind}").lines
    above = [words[OTHER_RULES], ""] if words[OTHER_RULES] else []
    about = (words[key] for key in ABOUT_TRANSLATION if words[key])
    return (
        escape_invisible(
            "\n".join((*above, *lines_of(explanation, words), *(f"\n{said}" for said in about)))
        )
        + "\n"
    )


def kinds() -> tuple[str, ...]:
    """Return the kinds of explanation for which there is a file in this folder."""
    return module_names(__path__)


FORMAT = Format(name="text", suffix="txt", render=text, kinds=kinds)
