"""The part of a form that names a paper: read, and held against what a note needs."""

from collections.abc import Iterable
from typing import Any

from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.incoming.looks import day_said
from offsetcheck.web.notes.writing import papers, signer
from offsetcheck.web.visit import Visit, Wrong

TYPED = ("kind", "paper", "document", "page", "as_of", "by")


def paper_of(visit: Visit, known: Opened) -> dict[str, str]:
    """Return the paper that is named: one of the tender's own with its hash, else by its title."""
    digest = dict(papers(known)).get(visit.filled("paper"), "")
    named = visit.filled("paper") if digest else visit.filled("document")
    return {"document": named, "sha256": digest}


def noted_by(visit: Visit) -> dict[str, Any]:
    """Return from when a note was known, who writes it, and on which day."""
    return {"as_of": day_said(visit.filled("as_of")), "by": signer(visit), "on": visit.today}


def lacks(visit: Visit, known: Opened, needed: Iterable[str]) -> tuple[Wrong, ...]:
    """Return what is wrong with a form that needs some fields; `document` is the paper itself."""
    words = words_of(visit)
    stated = {"document": paper_of(visit, known)["document"], "by": signer(visit)}
    wrong = [
        Wrong(name, words[f"web_answers.need_{name}"])
        for name in needed
        if not stated.get(name, visit.filled(name))
    ]
    as_of = visit.filled("as_of")
    if as_of and (day_said(as_of) is None or as_of > visit.today.isoformat()):
        wrong.append(Wrong("as_of", words["web_answers.no_day"]))
    return tuple(wrong)
