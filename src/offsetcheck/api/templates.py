"""The order of the rooms for a city's own templates: which there are, whether they hold, copies."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.judge import judge
from offsetcheck.api.letter_templates import lint_templates
from offsetcheck.api.output import PROGRAM, refusals_located, refuse_file
from offsetcheck.api.request import Request
from offsetcheck.api.write import whole_list
from offsetcheck.explain.wording import words_in
from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.publish.single import write_file
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.report.render import render
from offsetcheck.report.template_check.check import BASE, LETTERS, check_templates
from offsetcheck.report.template_check.listing import (
    TemplateLine,
    beginning_of,
    blocks_of,
    template_lines,
)
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.explained import Explanation
from offsetcheck.vocabulary.problem import InputError, Problem, RequestError, Severity

SAMPLE = "turku"
SAMPLE_DAY = date(2026, 9, 30)
FORMS = ("html", "md")


@dataclass(frozen=True, slots=True)
class CheckedTemplates:
    """What is wrong with a folder of templates, and how many pages were made to try it."""

    problems: tuple[Problem, ...]
    pages: int

    @property
    def is_sound(self) -> bool:
        """Whether nothing would end a page."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def list_templates(folder: Path | None = None) -> tuple[TemplateLine, ...]:
    """Return the installed templates, and which of them a folder of one's own replaces."""
    return template_lines(folder)


def check_own_templates(
    folder: Path, rulebook: Rulebook, on: Path | None = None, language: str = "en"
) -> CheckedTemplates:
    """Return what is wrong with a folder of templates: read, then tried on a tender.

    `on` is the tender whose pages are made, the sample of Turku where none is named. Raises
    RequestError for a language that there is not, InputError for a folder that is none.
    """
    if not folder.is_dir():
        raise RequestError.about("folder", f"`{folder}` is no folder")
    words = words_in(rulebook.words, language)
    own = sorted((folder / LETTERS).glob("*"))
    letters = [path for path in own if path.is_file() and not path.name.startswith(".")]
    found = [*check_templates(folder, words), *lint_templates(letters)]
    if any(problem.severity is Severity.ERROR for problem in found):
        return CheckedTemplates(tuple(found), 0)
    request = Request(on or bundled("samples") / SAMPLE, None, SAMPLE_DAY, language=language)
    tried = list(_tried(open_case(request, rulebook), folder))
    failed = {problem: None for problems in tried for problem in problems}
    return CheckedTemplates((*found, *failed), len(tried))


def _tried(case: Case, folder: Path) -> Iterator[tuple[Problem, ...]]:
    """Yield for each page that the folder has a part in what was wrong in making it."""
    judged = list(judge(case))
    pages: list[Explanation] = [one.explained for one in judged]
    for explanation in (*pages, whole_list(case, judged, {})):
        for form in FORMS:
            if _has_a_part(folder, explanation.kind, form):
                yield _failure(explanation, form, case, folder)


def _has_a_part(folder: Path, kind: str, form: str) -> bool:
    own = (folder / f"{kind}.{form}.jinja").is_file()
    return own or any((folder / BASE).glob(f"*.{form}.jinja"))


def _failure(explanation: Explanation, form: str, case: Case, folder: Path) -> tuple[Problem, ...]:
    try:
        render(explanation, form, case.setting.wording.words, templates=folder)
    except InputError as error:
        return error.problems
    return ()


def copy_templates(
    names: Sequence[str], folder: Path, *, blocks: Sequence[str] = (), whole: bool = False
) -> list[Path]:
    """Write templates to begin one's own with into a folder, a new one or beside what it holds.

    Returns the files. A page extends the installed one and holds `blocks` of it, or is the `whole`
    page; a letter is copied as it is. Raises RequestError for a name or block that there is not,
    OutputError where one of the files is there already; nothing is written then.
    """
    known = {line.name: line for line in list_templates()}
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
            raise RequestError.about("template", f"there is no template `{name}`", hint)
        _check_blocks(name, blocks)
    for name in names:
        refuse_file(folder / name, replace=False)
    with TemporaryDirectory() as place:
        for name in names:
            _write(name, Path(place), blocks, whole=whole)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with refusals_located():
                content = Path(place, name).read_bytes()
                write_file(folder / name, content, replace=False, command=PROGRAM)
    return [folder / name for name in names]


def _check_blocks(name: str, blocks: Sequence[str]) -> None:
    own = () if name.startswith(f"{LETTERS}/") else blocks_of(name)
    for block in blocks:
        if block not in own:
            hint = did_you_mean(block, own) or f"it has {', '.join(own) or 'none'}"
            raise RequestError.about("block", f"`{name}` has no block `{block}`", hint)


def _write(name: str, folder: Path, blocks: Sequence[str], *, whole: bool) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    source = bundled("templates")
    if name.startswith(f"{LETTERS}/"):
        shutil.copyfile(source / name, target)
    elif whole:
        shutil.copyfile(source / BASE / name, target)
    else:
        target.write_text(beginning_of(name, blocks), encoding="utf-8")
