"""What would decide an open offer, in words: the shortest list of answers, and the one against."""

from offsetcheck.vocabulary.explained import Explained, Who


class AnswerLine(Explained):
    """One answer that would do: of a field, or of a person on a rule (then `signed` is true).

    `words` say what the answer would have to be, on which evidence; `question` is what to ask.
    """

    name: str
    title: str
    words: str
    who: Who
    who_words: str
    signed: bool = False
    question: str | None = None
    documents: tuple[str, ...] = ()


class DecidingLines(Explained):
    """The answers that are enough together, in the order of asking, the easiest first.

    `verdict` is what they come to. Without answers `words` say why not even all of them would do.
    `ending` is the one answer that would have the offer refused, `ending_words` say by which rule.
    """

    verdict: str
    words: str
    answers: tuple[AnswerLine, ...]
    ending: AnswerLine | None = None
    ending_words: str | None = None
