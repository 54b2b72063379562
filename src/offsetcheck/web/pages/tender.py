"""The start of one tender: what is done and what is next, its problems, and its files."""

from collections.abc import Iterable, Mapping, Sequence

from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.purchase import offers_counted, purchase_fields, read_text, try_purchase
from offsetcheck.api.web_page import VERDICT_LOOKS, said_day, said_number
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.problem import InputError, OffsetcheckError, Problem
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.cities import shipped_cities
from offsetcheck.web.folder.kept import Opened, day_of, opened, rulebook_of
from offsetcheck.web.folder.tenders import PURCHASE, TenderFolder, tender_named
from offsetcheck.web.purchase.preview import ProblemLine, address_of, problem_lines
from offsetcheck.web.purchase.values import values_of
from offsetcheck.web.routes import Route
from offsetcheck.web.tender.files import file_marked, files_of
from offsetcheck.web.tender.tasks import BEST_FIRST, DECISION, Standing, Task, next_of, tasks_of
from offsetcheck.web.visit import GET, Download, Page, Shown, Visit
from offsetcheck.web.work.progress import TakesLongError

MOST_PROBLEMS = 100
KNOWN_FILES = frozenset((
    "purchase.yaml", "evidence.yaml", "screening.yaml", "reviews.yaml", "clarifications.yaml",
    "columns.yaml", "sinks.yaml", "decision.yaml", "README.md", "bid_form.xlsx",
))  # fmt: skip
KILO = 1000
Words = Mapping[str, str]


class FileLine(Shown):
    """One file of the folder, what it is for, and where it can be had."""

    name: str
    what: str
    size: str
    changed: str
    to: str


class FileProblems(Shown):
    """What is told of one file, and the page on which it can be mended."""

    file: str
    to: str
    lines: tuple[ProblemLine, ...]
    more: int


class SupplyLine(Shown):
    """How many offers have a verdict, and how many tonnes they hold."""

    words: str
    look: str
    sign: str
    offers: int
    tonnes: str


class TenderPage(Shown):
    """A tender as a whole."""

    city: str
    stage: str
    deadline: str
    tasks: tuple[Task, ...]
    next: Task | None
    need: str
    supply: tuple[SupplyLine, ...]
    problems: tuple[FileProblems, ...]
    files: tuple[FileLine, ...]
    purchase: str


def _show(visit: Visit) -> Page:
    tender, words = tender_named(visit.workplace, visit.part("tender")), words_of(visit)
    standing = _standing(visit, tender)
    tasks = tasks_of(standing, words)
    made = standing.opened
    purchase = standing.purchase.purchase
    stage = words[f"stage.{purchase.stage.value}"]
    shown = TenderPage(
        city=made.case.setting.wording.city() if made else _city(visit, purchase),
        stage=stage[:1].upper() + stage[1:],
        deadline=said_day(purchase.deadline.isoformat(), words) if purchase.deadline else "",
        tasks=tasks,
        next=next_of(tasks),
        need=_need(made, standing.judged) if made and standing.judged else "",
        supply=tuple(_supply(made, standing.judged, words)) if made and standing.judged else (),
        problems=_problems(tender, standing.problems, words),
        files=tuple(_files(tender, words)),
        purchase=address_of(tender.name, "purchase"),
    )
    return Page("tender", purchase.title or tender.name, shown, tender.name)


def _city(visit: Visit, purchase: Purchase) -> str:
    """Return the city of a purchase by its name; as it is written where nobody knows it."""
    said = str(purchase.value("city") or "")
    return dict(shipped_cities(rulebook_of(visit.workplace.rules), visit.language)).get(said, said)


def _standing(visit: Visit, tender: TenderFolder) -> Standing:
    """Return what the files come to, as far as they can be read."""
    rulebook, day = rulebook_of(visit.workplace.rules), day_of(visit)
    tried = try_purchase(
        tender.path, read_text(tender.path), rulebook, as_of=day, language=visit.language
    )
    start = purchase_fields(
        tender.path, tried.purchase, rulebook, as_of=day, language=visit.language
    )
    values = values_of(tried.data, rulebook.dictionary)
    needed = sum(one.needed and one.name not in values for one in (*start.itself, *start.asked))
    has_decision = (tender.path / DECISION).is_file()
    try:
        made = opened(visit)
    except OffsetcheckError as error:
        has_offers = _has_offers(visit, tender)
        # That no offers lie in a folder yet is a task, and no mistake in a file.
        told = (one for one in error.problems if has_offers or one.place.file != tender.name)
        return Standing(
            tender.name, tried, needed, has_offers,
            _without_twice((*tried.problems, *told)), has_decision=has_decision,
        )  # fmt: skip
    return Standing(
        tender.name, tried, needed, len(made.case.table) > 0, made.case.problems,
        made, _judged(made), has_decision,
    )  # fmt: skip


def _has_offers(visit: Visit, tender: TenderFolder) -> bool:
    try:
        return offers_counted(tender.path, rulebook_of(visit.workplace.rules)) is not None
    except InputError:
        return True


def _judged(made: Opened) -> tuple[JudgedOffer, ...] | None:
    """Return the judged offers, None where judging them would keep a reader waiting."""
    try:
        return made.judged()
    except TakesLongError:
        return None


def _without_twice(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple({(one.place, one.message): one for one in problems}.values())


def _tonnes(judged: Iterable[JudgedOffer], *verdicts: Verdict) -> float:
    return sum(
        one.explained.offer.tonnes or 0 for one in judged if one.assessment.verdict in verdicts
    )


def _need(made: Opened, judged: Iterable[JudgedOffer]) -> str:
    """Return how much is wanted and how much may be bought, in a line."""
    wording = made.case.setting.wording
    eligible = wording.tonnes(_tonnes(judged, Verdict.ELIGIBLE))
    need = made.case.purchase.value("tonnes")
    if not isinstance(need, int | float):
        return wording.word("tender.need_unstated", eligible=eligible)
    return wording.word("tender.need", need=wording.tonnes(need), eligible=eligible)


def _supply(made: Opened, judged: Sequence[JudgedOffer], words: Words) -> Iterable[SupplyLine]:
    for verdict in BEST_FIRST:
        count = sum(one.assessment.verdict is verdict for one in judged)
        look = VERDICT_LOOKS[verdict.value]
        yield SupplyLine(
            words=words[f"verdict.{verdict.value}"],
            look=look["look"],
            sign=look["sign"],
            offers=count,
            tonnes=made.case.setting.wording.tonnes(_tonnes(judged, verdict)),
        )


def _problems(
    tender: TenderFolder, problems: Iterable[Problem], words: Words
) -> tuple[FileProblems, ...]:
    by_file: dict[str, list[Problem]] = {}
    for one in problems:
        by_file.setdefault(one.place.file, []).append(one)
    return tuple(
        FileProblems(
            file=file,
            to=address_of(tender.name, "purchase") if file == PURCHASE else "",
            lines=problem_lines(found[:MOST_PROBLEMS], words),
            more=max(0, len(found) - MOST_PROBLEMS),
        )
        for file, found in by_file.items()
    )


def _files(tender: TenderFolder, words: Words) -> Iterable[FileLine]:
    for file in files_of(tender.path):
        yield FileLine(
            name=file.name,
            what=words.get(f"web_tender.file.{_kind(file.name)}", ""),
            size=_size(file.size, words),
            changed=said_day(file.changed.isoformat(), words),
            to=address_of(tender.name, "files", file.mark),
        )


def _kind(name: str) -> str:
    if name in KNOWN_FILES:
        return name.partition(".")[0].lower()
    folder = name.partition("/")[0] if "/" in name else name.partition(".")[0]
    return folder if folder in {"offers", "city"} else "other"


def _size(size: int, words: Words) -> str:
    return f"{size} B" if size < KILO else f"{said_number(size / KILO, words)} kB"


def _file(visit: Visit) -> Download:
    """Give a file of the folder as it is."""
    tender = tender_named(visit.workplace, visit.part("tender"))
    file, data = file_marked(tender.path, visit.part("file"))
    return Download(file.name.rpartition("/")[2], "application/octet-stream", data)


OWN = "/t/{tender}"
ROUTES = (
    Route(GET, OWN, _show),
    Route(GET, f"{OWN}/files/{{file}}", _file),
)
