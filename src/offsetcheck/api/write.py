"""Reports of judged candidates as files: one of the whole list, one of each offer."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from offsetcheck.api.case import Case, Judged
from offsetcheck.cli.progress import followed
from offsetcheck.explain.portfolio import explain_portfolio
from offsetcheck.explain.tender import explain_tender
from offsetcheck.report.render import Format, render
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
    return [_write_as(Format(form), case, judged, folder, templates) for form in formats]


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
        text = render(one.explained, form, words, templates=templates, back=back)
        path = folder / f"{names[one.candidate.id]}.{form.value}"
        path.write_text(text, encoding="utf-8", newline="\n")


def _write_as(
    form: Format,
    case: Case,
    judged: Sequence[Judged],
    folder: Path,
    templates: Path | None,
) -> Path:
    names = file_names([one.candidate.id for one in judged])
    page = Path(f"index.{form.value}" if form is Format.HTML else f"tender.{form.value}")
    links = {name: f"{OFFERS}/{file}.{form.value}" for name, file in names.items()}
    words = case.setting.wording.words
    followed_offers = followed(judged, len(judged), f"{form.value} reports")
    _write_offers(
        followed_offers, folder / OFFERS, names, form, words,
        templates=templates, back=f"../{page}",
    )  # fmt: skip
    text = render(whole_list(case, judged, links), form, words, templates=templates)
    (folder / page).write_text(text, encoding="utf-8", newline="\n")
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
