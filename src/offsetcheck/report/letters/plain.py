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
    """Return a letter as text; a city's own templates run in a process apart.

    Raises InputError for a template that cannot be used.
    """
    if templates is None:
        return text_bytes(letter, None).decode()
    from offsetcheck.report.apart.run import run_apart

    made = run_apart(f"{__name__}:text_bytes", letter, templates, templates=str(templates))
    return made.decode()


def text_bytes(letter: Letter, templates: Path | None) -> bytes:
    """Return a letter as text in UTF-8, made in this process."""
    path = template_file(letter.letter, letter.language, SUFFIX, templates)
    with template_problems(templates):
        made = environment(templates, autoescape=False)
        text = page(made, f"{FOLDER}/{path.name}", context_of(letter))
    return (BLANK_LINES.sub("\n\n", text).strip() + "\n").encode()
