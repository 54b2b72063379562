"""A letter -> a file in one of its forms, with the text that the last check reads."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from offsetcheck.report.letters.context import one_line
from offsetcheck.report.letters.find import template_file
from offsetcheck.vocabulary.letter import Letter
from offsetcheck.vocabulary.problem import InputError, Place, Problem

LETTER_FORMATS = ("docx", "pdf", "txt", "json")


@dataclass(frozen=True, slots=True)
class LetterFile:
    """The bytes of a letter, the end of its file's name, all its text, and its template's name."""

    data: bytes
    suffix: str
    text: str
    template: str


def letter_file(
    letter: Letter, form: str, locale: str, templates: Path | None, made_on: date
) -> LetterFile:
    """Return a letter in a form of `LETTER_FORMATS`; the same bytes for the same letter.

    Raises InputError for a template that cannot be used, or that leaves out what must be said.
    """
    if form == "json":
        text = json.dumps(letter.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
        return LetterFile(text.encode("utf-8"), "json", text, "json")
    if form == "txt":
        from offsetcheck.report.letters.plain import SUFFIX, plain_text

        text = plain_text(letter, templates)
        made = LetterFile(text.encode("utf-8"), "txt", text, SUFFIX)
    elif form == "pdf":
        from offsetcheck.report.letters.paper import SUFFIX, page_of, pressed, said_on

        text = page_of(letter, templates)
        made = LetterFile(pressed(text, templates, made_on), "pdf", said_on(text), SUFFIX)
    else:
        from offsetcheck.report.letters.texts import text_of
        from offsetcheck.report.letters.word import SUFFIX, word_file

        data = word_file(letter, locale, templates, made_on)
        made = LetterFile(data, "docx", text_of(data), SUFFIX)
    path = template_file(letter.letter, letter.language, made.template, templates)
    _refuse_unsaid(letter, made, path.name)
    return LetterFile(made.data, made.suffix, made.text, path.name)


def _refuse_unsaid(letter: Letter, made: LetterFile, template: str) -> None:
    """Raise InputError where a template leaves out a remedy, a basis, or that this is a draft.

    A reason may not go out without what it rests on, nor a refusal without how to have it reviewed.
    """
    said = _squeezed(made.text)
    needed = {
        "letter.draft[]": letter.draft,
        "letter.remedy[]": letter.remedy,
        "letter.lots[].reasons[].basis": [
            reason.basis for lot in letter.lots for reason in lot.reasons
        ],
    }
    problems = [
        Problem(
            f"this template leaves out `{field}`, which every such letter must say",
            Place(template),
            "compare it with the installed one: `offsetcheck letters lint` tells what is missing",
        )
        for field, texts in needed.items()
        if any(_squeezed(one_line(text)) not in said for text in texts)
    ]
    if problems:
        raise InputError(problems)


def _squeezed(text: str) -> str:
    return "".join(text.split())
