"""What stands on the one sheet that is signed, cut so that it fits: the rest stands below it.

Lengths are characters. With them the fullest sheet still holds the decision box on A4.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from offsetcheck.report.saying import say
from offsetcheck.vocabulary.explanation import CandidateExplanation

Plain = dict[str, Any]

NAME, FACT, FACTS = 90, 56, 7
REASON, ACTION, CONDITION, CLAIM, DECIDING, STAMP = 180, 190, 120, 200, 260, 150
REASON_DECIDED = 280  # where no list of answers stands above
CONDITIONS = 3


def first_sheet(explanation: CandidateExplanation, words: Mapping[str, str]) -> Plain:
    """Return the texts of the first sheet, each cut at its length."""
    deciding = explanation.deciding
    most = REASON if deciding else REASON_DECIDED
    return {
        "name": cut(explanation.offer.name, NAME, words),
        "facts": [
            (cut(title, FACT, words), cut(value, FACT, words))
            for title, value in explanation.offer.facts[:FACTS]
        ],
        "stamp": cut(explanation.verdict.stamp or "", STAMP, words),
        "reasons": [cut(reason.text, most, words) for reason in explanation.reasons[:3]],
        "actions": [
            (action.who_words, cut(action.text, ACTION, words))
            for action in explanation.actions[:3]
        ],
        "claim": cut(explanation.claim.words, CLAIM, words),
        "deciding": cut(deciding.words, DECIDING, words) if deciding else "",
        "ending": cut(deciding.ending_words or "", DECIDING, words) if deciding else "",
        "conditions": _conditions(explanation.conditions, words),
    }


def cut(text: str, most: int, words: Mapping[str, str]) -> str:
    """Return a text as it is, or cut between two words, with the word where the rest stands."""
    if len(text) <= most:
        return text
    whole, _, _ = text[:most].rpartition(" ")
    return say(words, "pages.cut", text=whole if len(whole) > most // 2 else text[:most])


def _conditions(conditions: Sequence[str], words: Mapping[str, str]) -> list[str]:
    shown = [cut(text, CONDITION, words) for text in conditions[:CONDITIONS]]
    rest = len(conditions) - len(shown)
    return [*shown, say(words, "pages.conditions_more", count=rest)] if rest > 0 else shown
