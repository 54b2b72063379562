"""The result of a tender as one file: what `assess` writes into a folder, a whole folder packed."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from offsetcheck.api.case import Case
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.progress import Progress, unwatched
from offsetcheck.api.write import write_reports
from offsetcheck.report.format import PAGES, format_named, offered_formats
from offsetcheck.report.render import render
from offsetcheck.vocabulary.explained import Edition
from offsetcheck.vocabulary.problem import RequestError

MEDIA = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
ANY = "application/octet-stream"
SOMETIME = (1980, 1, 1, 0, 0, 0)
"""The time of files in a packed folder: the same result is the same bytes on every day."""


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A file to hand over: its name, its kind as the web calls it, and its bytes."""

    name: str
    media: str
    data: bytes


def result_formats() -> tuple[str, ...]:
    """Return the formats in which the result of a tender can be handed over."""
    return offered_formats()


def page_formats() -> tuple[str, ...]:
    """Return the formats in which each offer has a report of its own."""
    return tuple(name for name in offered_formats() if format_named(name).shows(*PAGES))


def result_file(
    case: Case, judged: Sequence[JudgedOffer], form: str, *, progress: Progress = unwatched
) -> ResultFile:
    """Return the result as `assess` writes it in a format: its file, or its folder as a ZIP.

    Raises RequestError for a format that is none, InputError for a template that cannot be used.
    """
    with TemporaryDirectory() as folder:
        top = Path(folder)
        page = write_reports(case, judged, top, [form], templates=None, progress=progress)[0]
        files = sorted(path for path in top.rglob("*") if path.is_file())
        if files == [top / page]:
            return _named(page.name, files[0].read_bytes())
        return _named(f"{form}.zip", _packed(top, files))


def offer_file(case: Case, judged: JudgedOffer, form: str, back: str | None = None) -> ResultFile:
    """Return the report of one offer in a format; `back` is the address of its list, for HTML.

    Raises RequestError for a format in which an offer has none.
    """
    if form not in page_formats():
        said = f"`{form}` is not one of {', '.join(page_formats())}"
        raise RequestError.about("form", said)
    explained = judged.explained.model_copy(update={"edition": Edition.FULL})
    words = case.setting.wording.words
    page = render(explained, form, words, templates=case.templates, back=back)
    data = page.encode() if isinstance(page, str) else page
    return _named(f"{judged.candidate.id}.{format_named(form).suffix}", data)


def _named(name: str, data: bytes) -> ResultFile:
    return ResultFile(name, MEDIA.get(name.rpartition(".")[2], ANY), data)


def _packed(top: Path, files: Sequence[Path]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        for path in files:
            entry = ZipInfo(path.relative_to(top).as_posix(), SOMETIME)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, path.read_bytes(), ZIP_DEFLATED)
    return made.getvalue()
