"""The questions of one offer, each as a sentence that can be copied into a mail."""

from collections.abc import Mapping, Sequence
from typing import Any

from offsetcheck.report.saying import say
from offsetcheck.vocabulary.deciding_explanation import AnswerLine
from offsetcheck.vocabulary.explanation import CandidateExplanation

Plain = dict[str, Any]


def asked(explanation: CandidateExplanation, words: Mapping[str, str]) -> Plain:
    """Return what to ask: the answers that decide where there are such, else all open questions.

    `count` says how many there are; `further` are open too and not needed for the verdict.
    """
    answers = explanation.deciding.answers if explanation.deciding else ()
    listed = [
        {
            "title": line.title,
            "who": line.who_words,
            "copy": _sentence(line.question, _plain(line, words), line.documents, words),
            "note": say(words, "pages.would_do", answer=line.words),
        }
        for line in answers
    ]
    named = {line.name for line in answers}
    open_ = [
        {
            "title": line.title,
            "who": words[f"who.{line.who.value}"],
            "copy": _sentence(
                line.question, say(words, "pages.question_stated", title=line.title),
                line.documents, words,
            ),
            "note": line.words,
        }
        for line in explanation.questions
        if line.field not in named
    ]  # fmt: skip
    if listed:
        one, many = "pages.questions_one", "pages.questions_count"
    else:
        listed, open_ = open_, []
        one, many = "pages.questions_open_one", "pages.questions_open"
    return {
        "lines": listed,
        "further": open_,
        "count": say(words, one if len(listed) == 1 else many, count=len(listed)),
    }


def _plain(line: AnswerLine, words: Mapping[str, str]) -> str:
    """Return what to ask where no question is written: of a person what he does and signs."""
    return line.words if line.signed else say(words, "pages.question_stated", title=line.title)


def _sentence(
    question: str | None, otherwise: str, documents: Sequence[str], words: Mapping[str, str]
) -> str:
    said = question or otherwise
    if not documents:
        return say(words, "pages.question_plain", question=said)
    return say(words, "pages.question_papers", question=said, documents=", ".join(documents))
