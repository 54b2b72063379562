"""Letters to bidders: which are due and for whom, read in the page, kept as files; answers back."""

import io
import tempfile
import zipfile
from pathlib import Path

from offsetcheck.api.clarification import ClarificationOptions, make_clarification
from offsetcheck.api.letter_forms import PDF, letter_formats, why_instead
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import opened
from offsetcheck.web.letters.answers_back import take_answers
from offsetcheck.web.letters.listed import letter_list
from offsetcheck.web.letters.made import made_in, named, request_of, seconds_for
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, POST, Download, Page, RefusedError, Role, Shown, Visit

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the same letters are the same bytes, whenever they are fetched


class LetterPage(Shown):
    """The text of one letter as its file holds it."""

    text: str
    language: str
    draft: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    no_pdf: str
    back: str


def _show(visit: Visit) -> Page:
    return letter_list(visit)


def _read(visit: Visit) -> Page:
    stem, words = visit.part("letter"), words_of(visit)
    made = made_in(visit, "txt", stem)
    one = named(made, f"{stem}.txt")
    bidder = f": {one.letter.bidder.name}" if one.letter.bidder else ""
    shown = LetterPage(
        text=one.file.text,
        language=one.letter.language,
        draft=one.letter.draft,
        files=made.files(stem),
        no_pdf=" ".join(why_instead((PDF,), words)),
        back=made.here,
    )
    title = f"{words[f'letters.title.{one.letter.letter.value}']}{bidder}"
    return Page("letter", title, shown, made.tender.folder.name)


def _file(visit: Visit) -> Download:
    """Return a letter as a file, the same bytes as the command writes."""
    name = visit.part("file")
    stem, _, form = name.rpartition(".")
    if form not in letter_formats():
        raise RefusedError(404, "web_letters.no_letter")
    one = named(made_in(visit, form, stem), name)
    return Download(one.name, MEDIA[form], one.file.data)


def _all(visit: Visit) -> Download:
    """Return all letters in one format as a ZIP file."""
    form = visit.asked("format", "docx")
    if form not in letter_formats():
        raise RefusedError(404, "web_letters.no_letter")
    made = made_in(visit, form)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as folder:
        for one in made.letters.written:
            folder.writestr(zipfile.ZipInfo(one.name, ZIP_DAY), one.file.data)
    return Download(f"{made.tender.folder.name}-letters.zip", "application/zip", data.getvalue())


def _form(visit: Visit) -> Download:
    """Return the workbook in which a bidder answers, as the command makes it."""
    tender, seller = opened(visit), visit.asked("seller")

    def make() -> bytes:
        request = request_of(tender, "questionnaire make")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "questions.xlsx")
            options = ClarificationOptions(seller=seller)
            return make_clarification(
                request, tender.rulebook, path, options=options
            ).path.read_bytes()

    data = tender.once(("form", seller), make, seconds_for(tender))
    return Download(f"{tender.folder.name}-questions.xlsx", WORKBOOK, data)


ROUTES = (
    Route(GET, "/t/{tender}/letters", _show, nav=90, label="web_letters.nav"),
    Route(GET, "/t/{tender}/letters/all", _all),
    Route(GET, "/t/{tender}/letters/form", _form),
    Route(GET, "/t/{tender}/letters/read/{letter}", _read),
    Route(GET, "/t/{tender}/letters/file/{file}", _file),
    Route(
        POST, "/t/{tender}/letters/answers", take_answers,
        roles=frozenset({Role.OFFICER}), uploads=True, act="answers_taken",
    ),
)  # fmt: skip
