"""Reports of judged offers as files: one of the whole list, one of each offer."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from offsetcheck.api.account import beside_account
from offsetcheck.api.case import AnyPath, Case
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.output import PROGRAM, result_folder
from offsetcheck.api.progress import Progress, followed, unwatched
from offsetcheck.engine.assess import assess_purchase
from offsetcheck.explain.city_decides import city_points
from offsetcheck.explain.portfolio import explain_portfolio
from offsetcheck.explain.tender import explain_tender
from offsetcheck.ground.publish.naming import write_text
from offsetcheck.report.format import Format, format_named, format_names
from offsetcheck.report.render import render
from offsetcheck.vocabulary.explained import Edition
from offsetcheck.vocabulary.problem import RequestError
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

    The folder appears whole or not at all. With `replace`, what an earlier run wrote there goes.
    `edition` is `full`, or `summary`: one sheet to sign for each offer, without findings. Raises
    OutputError for a folder that may not be written, InputError for a template in `templates` that
    cannot be used, RequestError for an unknown format or edition.
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
    """Write every report into a folder and return the paths of the list's, relative to it."""
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


def _known(formats: Iterable[str]) -> list[Format]:
    """Return the formats of these names that can show a candidate and a whole list."""
    offered = format_names("candidate", "tender")
    names = list(formats)
    for name in names:
        if name not in offered:
            said = f"`{name}` is not one of {', '.join(offered)}"
            raise RequestError.about("formats", said)
    return [format_named(name) for name in names]


def _page_name(format_: Format) -> str:
    return f"{format_.list_stem}.{format_.suffix}"


def _write_offers(
    judged: Iterable[JudgedOffer],
    folder: Path,
    names: Mapping[str, str],
    format_: Format,
    words: Mapping[str, str],
    *,
    edition: Edition,
    templates: Path | None,
    back: str,
) -> None:
    """Write one report per offer into a folder, which is made where it is not there."""
    folder.mkdir(exist_ok=True)
    for offer in judged:
        explained = offer.explained.model_copy(update={"edition": edition})
        text = render(explained, format_.name, words, templates=templates, back=back)
        path = folder / f"{names[offer.candidate.id]}.{format_.suffix}"
        write_text(path, text)


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
    names = file_names([offer.candidate.id for offer in judged])
    page = Path(_page_name(format_))
    links = {name: f"{OFFERS}/{file}.{format_.suffix}" for name, file in names.items()}
    words = case.setting.wording.words
    counted = followed(judged, len(judged), f"{format_.name} reports", progress)
    _write_offers(
        counted, folder / OFFERS, names, format_, words,
        edition=edition, templates=templates, back=f"../{page}",
    )  # fmt: skip
    whole = whole_list(case, judged, links).model_copy(update={"edition": edition})
    text = render(whole, format_.name, words, templates=templates)
    write_text(folder / page, text)
    return page


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
