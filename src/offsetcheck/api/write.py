"""Reports of judged offers as files: one of the whole list, one of each offer."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from offsetcheck.api.account import beside_account
from offsetcheck.api.beside import pages_beside
from offsetcheck.api.case import AnyPath, Case
from offsetcheck.api.decision import decision_of
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.output import PROGRAM, result_folder
from offsetcheck.api.progress import Progress, followed, unwatched
from offsetcheck.api.report_pool import ReportJob, write_many
from offsetcheck.engine.assess import assess_purchase
from offsetcheck.explain.city_decides import city_points
from offsetcheck.explain.portfolio import explain_portfolio
from offsetcheck.explain.result import explain_result
from offsetcheck.explain.tender import explain_tender
from offsetcheck.ground.publish.naming import write_page
from offsetcheck.report.format import PAGES, Format, offered_formats, written_as
from offsetcheck.report.render import render, substitution
from offsetcheck.vocabulary.explained import Edition
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.vocabulary.result_explanation import ResultExplanation
from offsetcheck.vocabulary.tender_explanation import TenderExplanation

OFFERS = "offers"
NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
MAX_NAME_CHARACTERS = 60


def write(
    case: Case,
    judged: Sequence[JudgedOffer],
    folder: AnyPath,
    *,
    formats: Sequence[str] = ("html",),
    edition: str = Edition.FULL,
    templates: Path | None = None,
    replace: bool = False,
    progress: Progress = unwatched,
) -> tuple[Path, ...]:
    """Write a report of the list and one of each judged offer; return the paths of the list's.

    A format that shows the whole result at once, such as `xlsx`, is one file. The folder appears
    whole or not at all. With `replace`, what an earlier run wrote there goes. `edition` is `full`,
    or `summary`: one sheet to sign for each offer, without findings. Raises OutputError for a
    folder that may not be written, InputError for a template in `templates` that cannot be used,
    RequestError for an unknown format or edition.
    """
    chosen = edition_named(edition)
    goal = Path(folder)
    with result_folder(goal, replace=replace, command=PROGRAM) as making:
        making.refuse(page_names(formats))
        pages = write_reports(
            case, judged, making.draft, formats,
            edition=chosen, templates=templates, progress=progress,
        )  # fmt: skip
    return tuple(goal / page for page in pages)


def write_reports(
    case: Case,
    judged: Sequence[JudgedOffer],
    folder: Path,
    formats: Iterable[str],
    *,
    edition: Edition = Edition.FULL,
    templates: Path | None,
    progress: Progress,
) -> list[Path]:
    """Write every report into a folder and return the paths of the list's, relative to it.

    Without `templates`, a city's own are used.
    """
    templates = templates or case.templates
    return [
        _write_as(
            format_, case, judged, folder,
            edition=edition, templates=templates, progress=progress,
        )
        for format_ in _known(formats)
    ]  # fmt: skip


def edition_named(name: str) -> Edition:
    """Return the edition of a name; raises RequestError for any other word."""
    try:
        return Edition(name)
    except ValueError:
        said = f"`{name}` is not one of {', '.join(Edition)}"
        raise RequestError.about("edition", said) from None


def page_names(formats: Iterable[str]) -> list[str]:
    """Return the names of the whole list's reports; raises RequestError for an unknown format."""
    return [_page_name(format_) for format_ in _known(formats)]


def substitutions(case: Case, formats: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence for each format instead of which another is written."""
    words = case.setting.wording.words
    return tuple(said for said in (substitution(name, words) for name in formats) if said)


def _known(formats: Iterable[str]) -> list[Format]:
    """Return the formats that are written where these are asked for, each once."""
    offered = offered_formats()
    names = list(formats)
    for name in names:
        if name not in offered:
            said = f"`{name}` is not one of {', '.join(offered)}"
            raise RequestError.about("formats", said)
    return list(dict.fromkeys(written_as(name)[0] for name in names))


def _page_name(format_: Format) -> str:
    return f"{format_.list_stem}.{format_.suffix}"


def _write_as(
    format_: Format,
    case: Case,
    judged: Sequence[JudgedOffer],
    folder: Path,
    *,
    edition: Edition,
    templates: Path | None,
    progress: Progress,
) -> Path:
    """Write the pages of a format, or the one file that shows the whole result."""
    page = Path(_page_name(format_))
    words = case.setting.wording.words
    if not format_.shows(*PAGES):
        whole = render(whole_result(case, judged), format_.name, words, templates=templates)
        write_page(folder / page, whole)
        return page
    names = file_names([offer.candidate.id for offer in judged])
    links = {name: f"{OFFERS}/{file}.{format_.suffix}" for name, file in names.items()}
    _write_offers(
        case, judged, folder / OFFERS, names, format_,
        edition=edition, templates=templates, back=f"../{page}", progress=progress,
    )  # fmt: skip
    pages = _write_beside(case, judged, folder, format_, templates)
    tender = whole_list(case, judged, links, pages).model_copy(update={"edition": edition})
    write_page(folder / page, render(tender, format_.name, words, templates=templates))
    return page


def _write_beside(
    case: Case,
    judged: Sequence[JudgedOffer],
    folder: Path,
    format_: Format,
    templates: Path | None,
) -> dict[str, str]:
    """Write the pages that stand beside the list; return their addresses by name."""
    pages: dict[str, str] = {}
    words = case.setting.wording.words
    shown = {k: e for k, e in pages_beside(case, judged).items() if format_.shows(k)}
    for name, explained in shown.items():
        pages[name] = f"{name}.{format_.suffix}"
        write_page(
            folder / pages[name], render(explained, format_.name, words, templates=templates)
        )
    return pages


def _write_offers(
    case: Case,
    judged: Sequence[JudgedOffer],
    folder: Path,
    names: Mapping[str, str],
    format_: Format,
    *,
    edition: Edition,
    templates: Path | None,
    back: str,
    progress: Progress,
) -> None:
    """Write one report per offer into a folder, which is made where it is not there."""
    folder.mkdir(exist_ok=True)
    said = f"{format_.name} reports"
    if format_.effort > 1:
        job = ReportJob(
            case.setting, case.purchase_explained, folder, back, templates, format_.name, edition
        )
        tasks = [(offer.candidate, names[offer.candidate.id]) for offer in judged]
        with closing(write_many(job, tasks, lambda _: None)) as written:
            for _ in followed(written, len(judged), said, progress):
                pass
        return
    for offer in followed(judged, len(judged), said, progress):
        words = case.setting.wording.words
        explained = offer.explained.model_copy(update={"edition": edition})
        page = render(explained, format_.name, words, templates=templates, back=back)
        write_page(folder / f"{names[offer.candidate.id]}.{format_.suffix}", page)


def whole_list(
    case: Case,
    judged: Sequence[JudgedOffer],
    links: Mapping[str, str],
    pages: Mapping[str, str] | None = None,
) -> TenderExplanation:
    """Return all offers of a case side by side, with what they come to together.

    `links` are the reports of offers by id, `pages` those of the award and the claim by name.
    """
    pairs = [(offer.candidate, offer.assessment) for offer in judged]
    setting = case.setting
    purchase = assess_purchase(setting.purchase, setting.bound)
    return explain_tender(
        setting,
        case.purchase_explained,
        [offer.explained for offer in judged],
        problems=beside_account(case.problems, case.readings),
        readings=case.readings,
        links=links,
        portfolio=explain_portfolio(setting, pairs),
        city=city_points(setting, purchase, pairs),
        pages=pages,
        offers_in=len(case.table),
    )


def whole_result(case: Case, judged: Sequence[JudgedOffer]) -> ResultExplanation:
    """Return all offers of a case with their findings, what is known of them, and the decision.

    Raises InputError for a decision that cannot be read.
    """
    return explain_result(
        case.setting,
        whole_list(case, judged, {}),
        [(offer.candidate, offer.explained) for offer in judged],
        case.problems,
        decision_of(case),
    )


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id a file name that any system takes, each once whatever its case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for identity in ids:
        safe = "".join(c if c in NAME_CHARACTERS else "_" for c in identity)
        safe = safe.strip(".")[:MAX_NAME_CHARACTERS] or "offer"
        name, number = safe, 2
        while name.casefold() in taken:
            name, number = f"{safe}~{number}", number + 1
        taken.add(name.casefold())
        names[identity] = name
    return names
