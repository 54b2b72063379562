"""A bidder's filled form, taken in: added to clarifications.yaml, where nothing is replaced."""

import tempfile
from datetime import date
from pathlib import Path
from urllib.parse import quote

from offsetcheck.api.clarification import merge_answers
from offsetcheck.vocabulary.problem import OffsetcheckError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.edits import changing
from offsetcheck.web.folder.kept import opened
from offsetcheck.web.letters.listed import letter_list
from offsetcheck.web.letters.made import request_of, seconds_for
from offsetcheck.web.visit import Page, Redirect, Upload, Visit, Wrong
from offsetcheck.web.work.progress import takes_long


def take_answers(visit: Visit) -> Page | Redirect:
    """Take a bidder's answers in: added to clarifications.yaml, where nothing is replaced."""
    words, tender = words_of(visit), opened(visit)
    sent = {one.field: one for one in visit.uploads}
    if "answers" not in sent:
        return letter_list(visit, (Wrong("answers", words["web_letters.no_file"]),))
    try:
        received = date.fromisoformat(visit.filled("received"))
    except ValueError:
        return letter_list(visit, (Wrong("received", words["web_letters.wrong_day"]),))
    takes_long(seconds_for(tender))
    request = request_of(tender, "questionnaire merge")
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
        return letter_list(visit, wrong)
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
