"""A letter as plain text for a mail."""

import re
from pathlib import Path

from offsetcheck.report.environment import environment, page, template_problems
from offsetcheck.report.letters.context import context_of
from offsetcheck.report.letters.find import FOLDER, template_file
from offsetcheck.vocabulary.letter import Letter

SUFFIX = "txt.jinja"
BLANK_LINES = re.compile(r"\n{3,}")


def plain_text(letter: Letter, templates: Path | None) -> str:
    """Return a letter as text; raise InputError for a template that cannot be used."""
    path = template_file(letter.letter, letter.language, SUFFIX, templates)
    with template_problems(templates):
        made = environment(templates, autoescape=False)
        text = page(made, f"{FOLDER}/{path.name}", context_of(letter))
    return BLANK_LINES.sub("\n\n", text).strip() + "\n"
