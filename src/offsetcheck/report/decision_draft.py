"""A draft of `decision.yaml` from a set: what an officer signs, and what is still to be filled in.

The draft is written by hand and not by a YAML library, because it leads with comments; every text
stands in double quotes, as JSON writes them, which YAML reads as they are.
"""

import json
from collections.abc import Iterator, Mapping

from offsetcheck.report.cleaning import shorten_and_escape
from offsetcheck.report.saying import say
from offsetcheck.vocabulary.award import AwardExplanation, AwardSetLine

TO_FILL = ("reference", "by", "role", "on", "minute", "standstill_ends", "contact")


def decision_draft(
    explained: AwardExplanation, chosen: AwardSetLine, words: Mapping[str, str]
) -> str:
    """Return a decision file that awards a set; keys that nobody can know yet are empty."""
    return "\n".join(_lines(explained, chosen, words)) + "\n"


def _lines(
    explained: AwardExplanation, chosen: AwardSetLine, words: Mapping[str, str]
) -> Iterator[str]:
    yield _comment(words["award.draft.head"])
    yield _comment(explained.title)
    day = explained.audit.as_of
    yield _comment(say(words, "award.draft.set", set=chosen.title, day=day))
    yield _comment(chosen.words)
    if chosen.shortfall:
        yield _comment(chosen.shortfall)
    for key in TO_FILL:
        yield f"{key}:  # {_one_line(words['award.draft.empty'])}"
    yield "awarded:" if chosen.lots else "awarded: []"
    for lot in chosen.lots:
        values = f"offer: {_quoted(lot.id)}, tonnes: {lot.tonnes}, price: {lot.price}"
        yield f"  - {{{values}}}  # {_one_line(lot.name)}"
    yield f"reserve: [{', '.join(map(_quoted, _reserve(chosen)))}]"
    yield f"bidders: {{}}  # {_one_line(words['award.draft.bidders'])}"


def _reserve(chosen: AwardSetLine) -> Iterator[str]:
    """Yield the offers kept in reserve; one that is bought in part stands under `awarded` alone."""
    bought = {lot.id for lot in chosen.lots}
    return (line.id for line in chosen.reserve if line.id not in bought)


def _comment(text: str) -> str:
    return f"# {_one_line(text)}"


def _one_line(text: str) -> str:
    """Return a stranger's text as one that cannot leave its comment."""
    return " ".join(shorten_and_escape(text).split())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=True)
