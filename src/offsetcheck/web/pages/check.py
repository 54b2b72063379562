"""A bidder's own check of a filled form or a bid sheet: nothing of it is kept."""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from offsetcheck import Rulebook
from offsetcheck.api.case import Case, open_case
from offsetcheck.api.judge import JudgedOffer, judge_one
from offsetcheck.api.questionnaire import check_form, city_of_form, lines_of_check
from offsetcheck.api.request import Request
from offsetcheck.api.web_page import VERDICT_LOOKS, say
from offsetcheck.vocabulary.problem import OffsetcheckError, RequestError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.cities import own_cities, shipped_cities
from offsetcheck.web.folder.kept import rulebook_of
from offsetcheck.web.purchase.preview import ProblemLine, problem_lines
from offsetcheck.web.purchase.shown import Words
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, POST, Page, Shown, Upload, Visit, Wrong

MOST_OFFERS = 50
MOST_PROBLEMS = 200
LONGEST_STEM = 60
ITSELF = "../"
WRONG = 422


class OfferLine(Shown):
    """One offer as it would be judged: the verdict, why, and what to do about it."""

    id: str
    name: str
    verdict: str
    look: str
    sign: str
    grade: str
    reasons: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]


class CheckPage(Shown):
    """The form to send, and what a sent file comes to.

    `lines` is what is told of a filled form; `judged_for` says by whose rules the offers are
    judged, empty where nothing was sent.
    """

    city: str
    cities: tuple[tuple[str, str], ...]
    file: str = ""
    judged_for: str = ""
    lines: tuple[str, ...] = ()
    offers: tuple[OfferLine, ...] = ()
    left_out: int = 0
    problems: tuple[ProblemLine, ...] = ()


def _show(visit: Visit) -> Page:
    return _page(visit, CheckPage(city="", cities=_cities(visit)))


def _page(visit: Visit, shown: CheckPage, wrong: tuple[Wrong, ...] = ()) -> Page:
    title = words_of(visit)["web_check.title"]
    return Page("check", title, shown, status=WRONG if wrong else 200, wrong=wrong)


def _cities(visit: Visit) -> tuple[tuple[str, str], ...]:
    rulebook = rulebook_of(visit.workplace.rules)
    own = own_cities(visit.workplace.folder, ITSELF)
    return (*own, *shipped_cities(rulebook, visit.language))


def _check(visit: Visit) -> Page:
    words, cities = words_of(visit), _cities(visit)
    city = visit.filled("city")
    blank = CheckPage(city=city, cities=cities)
    if not visit.uploads:
        return _page(visit, blank, (Wrong("file", words["web_check.which_file"]),))
    if city and city not in {code for code, _ in cities}:
        return _page(visit, blank, (Wrong("city", words["web_check.which_city"]),))
    with tempfile.TemporaryDirectory(prefix="offsetcheck-check-") as folder:
        try:
            shown = _told(_Sent.of(visit, Path(folder), city), blank, words)
        except OffsetcheckError as error:
            field = "city" if isinstance(error, RequestError) else "file"
            wrong = tuple(
                Wrong(field, f"{one.message} ({one.hint})" if one.hint else one.message)
                for one in error.problems[:MOST_PROBLEMS]
            )
            return _page(visit, blank, wrong)
    return _page(visit, shown)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A file that was sent, under a name of its own in a folder that is gone afterwards.

    `city` is the one that was chosen, None for that of the form itself.
    """

    visit: Visit
    upload: Upload
    path: Path
    rulebook: Rulebook
    city: str | None

    @classmethod
    def of(cls, visit: Visit, folder: Path, city: str) -> "_Sent":
        """Return the first file of a visit, laid into a folder."""
        upload = visit.uploads[0]
        path = folder / _safe(upload.name)
        shutil.copyfile(upload.path, path)
        own = city.removeprefix(ITSELF) if city.startswith(ITSELF) else None
        named = str(visit.workplace.folder / own) if own else city or None
        return cls(visit, upload, path, rulebook_of(visit.workplace.rules), named)


def _safe(name: str) -> str:
    """Return a file's name of plain letters, with its ending, which tells how it is read."""
    stem, dot, ending = name.rpartition(".")
    kept = "".join(c if c.isalnum() or c in "-_ " else "_" for c in (stem or ending))
    plain = "".join(c for c in ending if c.isascii() and c.isalnum())[:8]
    return f"{kept[:LONGEST_STEM].strip() or 'file'}{'.' if dot else ''}{plain if dot else ''}"


def _told(sent: _Sent, blank: CheckPage, words: Words) -> CheckPage:
    """Return what a file comes to, as a form and as offers."""
    made_for = city_of_form(sent.path)
    lines: tuple[str, ...] = ()
    if made_for is not None:
        own = sent.city if sent.city and sent.city not in sent.rulebook.cities else None
        checked = check_form(sent.path, sent.rulebook, own)
        lines = lines_of_check(checked, sent.rulebook, sent.visit.language)
    city = sent.city or made_for or None
    if city is None:
        raise RequestError.about("city", words["web_check.which_city_of_sheet"])
    language, day = sent.visit.language, sent.visit.today
    case = open_case(Request(sent.path, city, day, language=language), sent.rulebook)
    return blank.model_copy(
        update={
            "file": sent.upload.name,
            "judged_for": say(
                words, "web_check.judged_for",
                city=case.setting.wording.city(), count=len(case.table),
            ),
            "lines": lines,
            "offers": tuple(_offer(one) for one in _judged(case)),
            "left_out": max(0, len(case.table) - MOST_OFFERS),
            "problems": problem_lines(case.problems[:MOST_PROBLEMS], words),
        }
    )  # fmt: skip


def _judged(case: Case) -> Iterable[JudgedOffer]:
    """Yield the first offers judged; a bidder has few, and nobody waits for a registry's list."""
    for row in range(min(MOST_OFFERS, len(case.table))):
        yield judge_one(case.setting, case.purchase_explained, case.table.candidate(row))


def _offer(one: JudgedOffer) -> OfferLine:
    explained = one.explained
    look = VERDICT_LOOKS[explained.verdict.verdict]
    return OfferLine(
        id=explained.offer.id,
        name=explained.offer.name,
        verdict=explained.verdict.words,
        look=look["look"],
        sign=look["sign"],
        grade=explained.grade.words,
        reasons=tuple(reason.text for reason in explained.reasons),
        actions=tuple((action.who_words, action.text) for action in explained.actions),
    )


ROUTES = (
    Route(GET, "/check", _show, nav=30, label="web_check.nav", open=True),
    Route(POST, "/check", _check, uploads=True, open=True),
)
