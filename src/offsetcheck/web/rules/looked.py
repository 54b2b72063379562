"""What the editor of a rule shows beside its text: problems by line, examples, words, effect."""

from collections.abc import Sequence

from offsetcheck.api.rule_bench import (
    ExampleCame,
    ExampleOffered,
    RuleBench,
    RuleSaid,
    TriedText,
)
from offsetcheck.api.web_page import language_name
from offsetcheck.vocabulary.problem import InputError, Problem, RequestError
from offsetcheck.vocabulary.rules_diff import ListEffect
from offsetcheck.web.folder.kept import day_of
from offsetcheck.web.rules.editing import Place, looked_at, tried_at
from offsetcheck.web.rules.sent import Sent
from offsetcheck.web.visit import Shown, Visit
from offsetcheck.web.work.progress import takes_long

THREE = 3
SECONDS_PER_ROW = 0.00004
LONGEST_LINE = 240


class LineProblem(Shown):
    """A problem of the text: its line as it stands, what is wrong and what to do."""

    line: int
    text: str
    message: str
    hint: str
    severity: str


class SaidIn(Shown):
    """The rule's sentences in one language, by its own name for itself."""

    code: str
    name: str
    said: RuleSaid


class Looked(Shown):
    """What was found of a text; `good` is the last one without an error, whose effect is shown."""

    sound: bool
    problems: tuple[LineProblem, ...]
    elsewhere: tuple[LineProblem, ...]
    examples: tuple[ExampleCame, ...]
    red: int
    offered: tuple[ExampleOffered, ...]
    said: tuple[SaidIn, ...]
    effect: ListEffect | None
    effect_wrong: str
    of_last_good: bool
    good: str
    token: str


def looked(visit: Visit, bench: RuleBench, sent: Sent) -> tuple[TriedText, Looked]:
    """Return a form's text tried, and what is shown of it.

    Where it has an error, what is shown to be said and turned is that of the last good text.
    """
    text, place, city = sent.text, sent.place, sent.city
    tried = bench.tried(sent.rule, text)
    shown = tried
    if not tried.is_sound and sent.good != text:
        before = bench.tried(sent.rule, sent.good)
        shown = before if before.is_sound else tried
    effect, wrong = _effect(visit, shown, place, city)
    token = looked_at(text, place, city, effect) if effect is not None and tried.is_sound else ""
    return tried, Looked(
        sound=tried.is_sound,
        problems=lines(tried.problems, tried.path, text),
        elsewhere=(),
        examples=tried.examples,
        red=tried.red,
        offered=tried.offered(),
        said=_said(visit, bench, shown),
        effect=effect,
        effect_wrong=wrong,
        of_last_good=shown is not tried,
        good=text if tried.is_sound else sent.good if shown is not tried else "",
        token=token,
    )


def _effect(
    visit: Visit, tried: TriedText, place: Place, city: str
) -> tuple[ListEffect | None, str]:
    if tried.rulebook is None:
        return None, ""
    try:
        on = tried_at(visit, place, city)
        takes_long(len(on.case.table) * SECONDS_PER_ROW)
        return on.effect(tried.rulebook, visit.language), ""
    except (InputError, RequestError) as error:
        return None, "; ".join(str(one) for one in error.problems[:THREE])


def _said(visit: Visit, bench: RuleBench, tried: TriedText) -> tuple[SaidIn, ...]:
    chosen = tuple(dict.fromkeys(("en", visit.language, "fi", "sv", *visit.languages)))
    known = [code for code in chosen if code in bench.rulebook.words][:THREE]
    return tuple(
        SaidIn(code=one.language, name=language_name(one.language), said=one)
        for one in bench.said(tried, known, day_of(visit))
    )


def lines(problems: Sequence[Problem], path: str, text: str) -> tuple[LineProblem, ...]:
    """Return the problems of a file with the lines that they speak of."""
    rows = text.split("\n")
    return tuple(_line(one, rows) for one in problems if one.place.file == path)


def elsewhere(problems: Sequence[Problem], path: str) -> tuple[LineProblem, ...]:
    """Return the problems of other files, with where they stand."""
    return tuple(
        LineProblem(
            line=one.place.line or 1, text=str(one.place), message=one.message,
            hint=one.hint or "", severity=one.severity.value,
        )
        for one in problems
        if one.place.file != path
    )  # fmt: skip


def _line(problem: Problem, rows: Sequence[str]) -> LineProblem:
    number = problem.place.line or 1
    row = rows[number - 1] if number <= len(rows) else ""
    return LineProblem(
        line=number,
        text=row[:LONGEST_LINE],
        message=problem.message,
        hint=problem.hint or "",
        severity=problem.severity.value,
    )
