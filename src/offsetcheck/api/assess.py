"""The order of the rooms for `assess`: an input -> each offer judged, explained and written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.judge import JudgedOffer, judge
from offsetcheck.api.output import PROGRAM, result_folder
from offsetcheck.api.progress import Progress, followed, unwatched
from offsetcheck.api.request import Request
from offsetcheck.api.write import edition_named, page_names, substitutions, write_reports
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.explained import Edition
from offsetcheck.vocabulary.problem import RequestError

MAX_EXPLAINED_OFFERS = 1000  # each of them gets a report; a longer list is a batch


@dataclass(frozen=True, slots=True)
class AssessResult:
    """An input that was judged offer by offer, and the paths of the reports of the whole list.

    `remarks` are sentences about what was written.
    """

    case: Case
    judged: tuple[JudgedOffer, ...]
    pages: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


def assess(
    request: Request,
    rulebook: Rulebook,
    folder: Path,
    *,
    formats: Sequence[str] = ("html",),
    edition: str = Edition.FULL,
    templates: Path | None = None,
    replace: bool = False,
    command: str = PROGRAM,
    progress: Progress = unwatched,
) -> AssessResult:
    """Judge every offer of an input and write the reports into a folder, whole or not at all.

    The folder is refused before anything is judged where it may not be written. Raises
    OutputError, InputError, RulebookError, and RequestError for an unknown edition or a list too
    long to explain row by row.
    """
    chosen = edition_named(edition)
    with result_folder(folder, replace=replace, command=command) as making:
        making.refuse(page_names(formats))
        case = open_case(request, rulebook)
        _refuse_long(len(case.table))
        judged = tuple(followed(judge(case), len(case.table), "judged", progress))
        pages = write_reports(
            case, judged, making.draft, formats,
            edition=chosen, templates=templates, progress=progress,
        )  # fmt: skip
    paths = tuple(folder / page for page in pages)
    return AssessResult(case, judged, paths, substitutions(case, formats))


def _refuse_long(offers: int) -> None:
    if offers > MAX_EXPLAINED_OFFERS:
        raise RequestError.whole(
            f"this list has {offers:,} candidates, and `assess` explains at most "
            f"{MAX_EXPLAINED_OFFERS:,}",
            "use `batch`",
        )
