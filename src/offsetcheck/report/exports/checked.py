"""What a check of a rule folder found: as text, JSON, SARIF 2.1.0, and commands of a workflow."""

import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from offsetcheck.ground.canonical import content_hash
from offsetcheck.ground.version import __version__
from offsetcheck.report.exports.sarif_form import SCHEMA, uri_of
from offsetcheck.vocabulary.problem import Place, Problem, Severity

REMARK = "remark"
LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
COMMANDS: Mapping[Severity, str] = {**LEVELS, Severity.NOTE: "notice"}
TEXT_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY_ESCAPES = {**TEXT_ESCAPES, ":": "%3A", ",": "%2C"}


class CheckFormat(StrEnum):
    """How what a check found is told."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class FoundProblem(NamedTuple):
    """A problem, the path of keys at its place, and the title of its check, where it has them."""

    problem: Problem
    at: str | None
    title: str | None


def severity_word(severity: Severity) -> str:
    """Return how much a problem matters, as a page says it: error, warning, remark."""
    return REMARK if severity is Severity.NOTE else severity.value


def told(found: Sequence[FoundProblem], form: CheckFormat, folder: str) -> str:
    """Return problems in a format, without a line break at the end; empty text where there is none.

    `folder` is where the rules lie, as the user named it: a workflow finds its files by it.
    """
    return WRITERS[form](found, folder.rstrip("/"))


def _text(found: Sequence[FoundProblem], folder: str) -> str:
    del folder  # places are told within it
    return "\n".join(text_of(one.problem) for one in found)


def text_of(problem: Problem) -> str:
    """Return one problem with its severity, and the id of its check in brackets."""
    first, *rest = str(problem).split("\n")
    mark = f" [{problem.check}]" if problem.check else ""
    return "\n".join((f"{severity_word(problem.severity)}: {first}{mark}", *rest))


def _json(found: Sequence[FoundProblem], folder: str) -> str:
    problems = [_as_data(one) for one in found]
    return json.dumps({"folder": folder, "problems": problems}, indent=2, ensure_ascii=False)


def _as_data(one: FoundProblem) -> dict[str, Any]:
    problem = one.problem
    return {
        "check": problem.check,
        "severity": severity_word(problem.severity),
        **_place(problem.place),
        "at": one.at,
        "message": problem.message,
        "hint": problem.hint,
        "followers": [
            {**_place(follower.place), "message": follower.message}
            for follower in problem.followers
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "table_column": place.field,
    }


def _sarif(found: Sequence[FoundProblem], folder: str) -> str:
    titles = {one.problem.check or "": one.title for one in found}
    rules = [
        {"id": check, "shortDescription": {"text": title or check}}
        for check, title in sorted(titles.items())
        if check
    ]
    driver = {"name": "offsetcheck", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "results": [_result(one.problem, folder) for one in found],
        "columnKind": "unicodeCodePoints",
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _result(problem: Problem, folder: str) -> dict[str, Any]:
    place = problem.place
    region = {"startLine": place.line, "startColumn": place.column} if place.line else None
    known = {name: value for name, value in (region or {}).items() if value is not None}
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri_of(_within(folder, place.file))}}
    checked = {"ruleId": problem.check} if problem.check else {}
    return {
        **checked,
        "level": LEVELS[problem.severity],
        "message": {"text": _whole(problem)},
        "locations": [{"physicalLocation": physical | ({"region": known} if known else {})}],
        "partialFingerprints": {
            "problem/v1": content_hash([problem.check, place.file, problem.message])
        },
    }


def _github(found: Sequence[FoundProblem], folder: str) -> str:
    return "\n".join(_command(one, folder) for one in found)


def _command(one: FoundProblem, folder: str) -> str:
    problem = one.problem
    place = problem.place
    title = f"{one.title} [{problem.check}]" if one.title else problem.check
    named = (
        ("file", _within(folder, place.file)),
        ("line", place.line),
        ("col", place.column),
        ("title", title),
    )
    properties = ",".join(
        f"{name}={_escaped(str(value), PROPERTY_ESCAPES)}" for name, value in named if value
    )
    command = COMMANDS[problem.severity]
    return f"::{command} {properties}::{_escaped(_whole(problem), TEXT_ESCAPES)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(sign, sign) for sign in text)


def _whole(problem: Problem) -> str:
    """Return what is wrong, what to do, and how many problems follow from it."""
    lines = str(problem).split("\n")[1:]
    where = f" (column “{problem.place.field}”)" if problem.place.field else ""
    return "\n".join((f"{problem.message}{where}", *(line.strip() for line in lines)))


def _within(folder: str, file: str) -> str:
    return f"{folder}/{file}" if folder and folder not in {".", file} else file


Writer = Callable[[Sequence[FoundProblem], str], str]
WRITERS: Mapping[CheckFormat, Writer] = {
    CheckFormat.TEXT: _text,
    CheckFormat.JSON: _json,
    CheckFormat.SARIF: _sarif,
    CheckFormat.GITHUB: _github,
}
