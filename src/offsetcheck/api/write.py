"""Reports of judged candidates as files: one of the whole list, one of each offer."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from offsetcheck.api.case import Case, Judged
from offsetcheck.cli.progress import followed
from offsetcheck.explain.portfolio import explain_portfolio
from offsetcheck.explain.tender import explain_tender
from offsetcheck.ground.publish.naming import write_text
from offsetcheck.report.format import Format, format_named
from offsetcheck.report.render import render
from offsetcheck.vocabulary.explanation import TenderExplanation

OFFERS = "offers"
NAME_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
LONGEST_NAME = 60


def write_reports(
    case: Case,
    judged: Sequence[Judged],
    folder: Path,
    formats: Iterable[str],
    templates: Path | None,
) -> list[Path]:
    """Write every report into a folder and return the paths of the list's, relative to it."""
    return [_write_as(format_named(form), case, judged, folder, templates) for form in formats]


def page_names(formats: Iterable[str]) -> list[str]:
    """Return the names of the whole list's reports, one for each format."""
    return [_page_name(format_named(form)) for form in formats]


def _page_name(form: Format) -> str:
    return f"{form.list_stem}.{form.suffix}"


def _write_offers(
    judged: Iterable[Judged],
    folder: Path,
    names: Mapping[str, str],
    form: Format,
    words: Mapping[str, str],
    *,
    templates: Path | None,
    back: str,
) -> None:
    """Write one report per offer into a folder, which is made where it is not there."""
    folder.mkdir(exist_ok=True)
    for one in judged:
        text = render(one.explained, form.name, words, templates=templates, back=back)
        path = folder / f"{names[one.candidate.id]}.{form.suffix}"
        write_text(path, text)


def _write_as(
    form: Format,
    case: Case,
    judged: Sequence[Judged],
    folder: Path,
    templates: Path | None,
) -> Path:
    names = file_names([one.candidate.id for one in judged])
    page = Path(_page_name(form))
    links = {name: f"{OFFERS}/{file}.{form.suffix}" for name, file in names.items()}
    words = case.setting.wording.words
    followed_offers = followed(judged, len(judged), f"{form.name} reports")
    _write_offers(
        followed_offers, folder / OFFERS, names, form, words,
        templates=templates, back=f"../{page}",
    )  # fmt: skip
    text = render(whole_list(case, judged, links), form.name, words, templates=templates)
    write_text(folder / page, text)
    return page


def whole_list(case: Case, judged: Sequence[Judged], links: Mapping[str, str]) -> TenderExplanation:
    """Return all offers of a case side by side, with what they come to together."""
    pairs = ((one.candidate, one.assessment) for one in judged)
    return explain_tender(
        case.setting,
        case.purchase_explained,
        [one.explained for one in judged],
        problems=case.problems,
        links=links,
        portfolio=explain_portfolio(case.setting, pairs),
        offers_in=len(case.table),
    )


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id a file name that any system takes, each once whatever its case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for identity in ids:
        safe = "".join(sign if sign in NAME_SIGNS else "_" for sign in identity)
        safe = safe.strip(".")[:LONGEST_NAME] or "offer"
        name, number = safe, 2
        while name.casefold() in taken:
            name, number = f"{safe}~{number}", number + 1
        taken.add(name.casefold())
        names[identity] = name
    return names
