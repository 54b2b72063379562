"""Letters to bidders: which are due and for whom, read in the page, kept as files; answers back."""

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

from offsetcheck.api.clarification import ClarificationOptions, make_clarification, merge_answers
from offsetcheck.api.letters import Letters, WrittenLetter
from offsetcheck.api.letters import letters as make_letters
from offsetcheck.api.request import Request
from offsetcheck.api.web_page import language_name
from offsetcheck.vocabulary.letter import LetterKind
from offsetcheck.vocabulary.problem import OffsetcheckError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.edits import changing
from offsetcheck.web.folder.kept import Opened, opened
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    POST,
    Download,
    Page,
    Redirect,
    RefusedError,
    Role,
    Shown,
    Upload,
    Visit,
    Wrong,
)
from offsetcheck.web.work.progress import takes_long

SECONDS_EACH = 0.08  # judging one offer in each of some three languages
FORMATS = ("docx", "txt", "json")
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the same letters are the same bytes, whenever they are fetched


class LetterLine(Shown):
    """One letter that is written: to whom, in which language, and whether it is a draft yet."""

    name: str
    to: str
    bidder: str
    language: str
    draft: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    form: str


class WithheldLine(Shown):
    """Why letters are not written, and to whom."""

    reason: str
    bidders: str


class KindLines(Shown):
    """The letters of one kind."""

    title: str
    letters: tuple[LetterLine, ...]
    withheld: tuple[WithheldLine, ...]


class RoundLine(Shown):
    """Answers that were taken in."""

    round: int
    offer: str
    received: str
    fields: int


class LettersPage(Shown):
    """The letters of a tender by kind, what the officer is to know, and the answers taken in."""

    kinds: tuple[KindLines, ...]
    remarks: tuple[str, ...]
    problems: tuple[tuple[str, str, str], ...]
    zips: tuple[tuple[str, str], ...]
    deadline: str
    rounds: tuple[RoundLine, ...]
    today: str
    here: str
    may_take: bool


class LetterPage(Shown):
    """The text of one letter as its file holds it."""

    text: str
    language: str
    draft: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    back: str


@dataclass(frozen=True)
class _Made:
    """The letters of a tender in some formats."""

    tender: Opened
    letters: Letters

    @property
    def here(self) -> str:
        """The address of the list."""
        return f"/t/{quote(self.tender.folder.name)}/letters"

    def file_to(self, name: str) -> str:
        """Return the address of a file."""
        return f"{self.here}/file/{quote(name, safe='')}"

    def files(self, stem: str) -> tuple[tuple[str, str], ...]:
        """Return the files of a letter by format."""
        return tuple((form, self.file_to(f"{stem}.{form}")) for form in FORMATS)


def _request(tender: Opened, command: str) -> Request:
    """Return the request of a command; a letter does not hang on the reader's language."""
    takes_long(len(tender.ids) * SECONDS_EACH)
    return replace(tender.request, command=command, language="en")


def _made(visit: Visit, *formats: str) -> _Made:
    tender = opened(visit)

    def make() -> Letters:
        request = _request(tender, "letters make")
        return make_letters(request, tender.rulebook, formats=formats, officers=visit.language)

    return _Made(tender, tender.once(("letters", formats), make))


def _show(visit: Visit) -> Page:
    return _list(visit)


def _list(visit: Visit, wrong: tuple[Wrong, ...] = ()) -> Page:
    words, tender = words_of(visit), opened(visit)
    problems: tuple[tuple[str, str, str], ...] = ()
    made = None
    try:
        made = _made(visit, "txt")
    except OffsetcheckError as error:
        problems = tuple((str(one.place), one.message, one.hint or "") for one in error.problems)
    here = f"/t/{quote(tender.folder.name)}/letters"
    deadline = tender.case.purchase.deadline
    shown = LettersPage(
        kinds=tuple(_kinds(made, words)) if made else (),
        remarks=(*made.letters.remarks, *made.letters.languages) if made else (),
        problems=problems,
        zips=tuple((form, f"{here}/all?format={form}") for form in FORMATS)
        if made and made.letters.written
        else (),
        deadline=deadline.isoformat() if deadline else "",
        rounds=tuple(
            RoundLine(
                round=one.round,
                offer=one.offer,
                received=one.received.isoformat(),
                fields=len(one.fields),
            )
            for one in tender.case.tender.rounds
        ),
        today=visit.today.isoformat(),
        here=here,
        may_take=visit.may(Role.OFFICER),
    )
    title = words["web_letters.title"]
    status = 422 if wrong else 200
    return Page("letters", title, shown, tender.folder.name, status=status, wrong=wrong)


def _kinds(made: _Made, words: Mapping[str, str]) -> Iterator[KindLines]:
    for kind in LetterKind:
        written = [one for one in made.letters.written if one.letter.letter is kind]
        reasons: dict[str, list[str]] = {}
        for one in made.letters.withheld:
            if one.letter is kind:
                reasons.setdefault(one.reason, []).append(one.seller or "")
        yield KindLines(
            title=words[f"letters.title.{kind.value}"],
            letters=tuple(_line(made, one, words) for one in written),
            withheld=tuple(
                WithheldLine(reason=reason, bidders="; ".join(filter(None, names)))
                for reason, names in reasons.items()
            ),
        )


def _line(made: _Made, one: WrittenLetter, words: Mapping[str, str]) -> LetterLine:
    stem = one.name.removesuffix(".txt")
    bidder = one.letter.bidder.name if one.letter.bidder else ""
    asks = one.letter.letter is LetterKind.CLARIFICATION and bidder
    return LetterLine(
        name=stem,
        to=f"{made.here}/read/{quote(stem, safe='')}",
        bidder=bidder or words["web_letters.whole"],
        language=language_name(one.letter.language),
        draft=one.letter.draft,
        files=made.files(stem),
        form=f"{made.here}/form?seller={quote(bidder, safe='')}" if asks else "",
    )


def _read(visit: Visit) -> Page:
    made, words = _made(visit, "txt"), words_of(visit)
    one = _named(made, f"{visit.part('letter')}.txt")
    stem = one.name.removesuffix(".txt")
    bidder = f": {one.letter.bidder.name}" if one.letter.bidder else ""
    shown = LetterPage(
        text=one.file.text,
        language=one.letter.language,
        draft=one.letter.draft,
        files=made.files(stem),
        back=made.here,
    )
    title = f"{words[f'letters.title.{one.letter.letter.value}']}{bidder}"
    return Page("letter", title, shown, made.tender.folder.name)


def _named(made: _Made, name: str) -> WrittenLetter:
    """Return the letter of a file's name; raises RefusedError (404) where there is none."""
    for one in made.letters.written:
        if one.name == name:
            return one
    raise RefusedError(404, "web_letters.no_letter")


def _file(visit: Visit) -> Download:
    """Return a letter as a file, the same bytes as the command writes."""
    name = visit.part("file")
    form = name.rpartition(".")[2]
    if form not in FORMATS:
        raise RefusedError(404, "web_letters.no_letter")
    one = _named(_made(visit, form), name)
    return Download(one.name, MEDIA[form], one.file.data)


def _all(visit: Visit) -> Download:
    """Return all letters in one format as a ZIP file."""
    form = visit.asked("format", "docx")
    if form not in FORMATS:
        raise RefusedError(404, "web_letters.no_letter")
    made = _made(visit, form)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as folder:
        for one in made.letters.written:
            folder.writestr(zipfile.ZipInfo(one.name, ZIP_DAY), one.file.data)
    return Download(f"{made.tender.folder.name}-letters.zip", "application/zip", data.getvalue())


def _form(visit: Visit) -> Download:
    """Return the workbook in which a bidder answers, as the command makes it."""
    tender = opened(visit)
    options = ClarificationOptions(seller=visit.asked("seller"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "questions.xlsx")
        made = make_clarification(
            _request(tender, "questionnaire make"), tender.rulebook, path, options=options
        )
        data = made.path.read_bytes()
    return Download(f"{tender.folder.name}-questions.xlsx", WORKBOOK, data)


def _take(visit: Visit) -> Page | Redirect:
    """Take a bidder's answers in: added to clarifications.yaml, where nothing is replaced."""
    words, tender = words_of(visit), opened(visit)
    sent = {one.field: one for one in visit.uploads}
    if "answers" not in sent:
        return _list(visit, (Wrong("answers", words["web_letters.no_file"]),))
    try:
        received = date.fromisoformat(visit.filled("received"))
    except ValueError:
        return _list(visit, (Wrong("received", words["web_letters.wrong_day"]),))
    request = _request(tender, "questionnaire merge")
    try:
        with tempfile.TemporaryDirectory() as place, changing(visit.workplace, tender.folder):
            made = merge_answers(
                request,
                tender.rulebook,
                _under_its_name(sent["answers"], Path(place, "answers")),
                sent=_under_its_name(sent["sent"], Path(place, "sent")) if "sent" in sent else None,
                received=received,
                command="offsetcheck serve",
            )
    except OffsetcheckError as error:
        wrong = tuple(
            Wrong("answers", f"{one.place}: {one.message}{f' ({one.hint})' if one.hint else ''}")
            for one in error.problems
        )
        return _list(visit, wrong)
    count = sum(len(one.answers) for one in made.rounds)
    gaps = "; ".join(f"{one.seller}, {one.offer}: {one.title}" for one in made.gaps)
    said = "web_letters.taken_gaps" if gaps else "web_letters.taken"
    values = {"count": str(count), "gaps": gaps}
    details = {"file": sent["answers"].name, "sha256": made.rounds[0].sha256}
    return Redirect(f"/t/{quote(tender.folder.name)}/letters", said, values, details)


def _under_its_name(upload: Upload, folder: Path) -> Path:
    """Return an uploaded file under the name that it came with, which the record keeps."""
    folder.mkdir()
    path = folder / (upload.name if upload.name.strip(". ") else "answers.xlsx")
    path.write_bytes(upload.path.read_bytes())
    return path


ROUTES = (
    Route(GET, "/t/{tender}/letters", _show, nav=90, label="web_letters.nav"),
    Route(GET, "/t/{tender}/letters/all", _all),
    Route(GET, "/t/{tender}/letters/form", _form),
    Route(GET, "/t/{tender}/letters/read/{letter}", _read),
    Route(GET, "/t/{tender}/letters/file/{file}", _file),
    Route(
        POST, "/t/{tender}/letters/answers", _take,
        roles=frozenset({Role.OFFICER}), uploads=True, act="answers_taken",
    ),
)  # fmt: skip
