"""What stands on the one sheet that is signed, cut so that it fits: the rest stands below it.

Lengths are characters. With them the fullest sheet still holds the decision box on A4.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from offsetcheck.report.saying import say
from offsetcheck.vocabulary.explained import Edition
from offsetcheck.vocabulary.explanation import CandidateExplanation

Plain = dict[str, Any]

NAME, FACT, FACTS = 90, 56, 7
REASON, ACTION, CONDITION, CLAIM, DECIDING, STAMP = 180, 190, 120, 200, 260, 150
REASON_DECIDED = 280  # where no list of answers stands above
CONDITIONS = 3
MOST = 3  # reasons, and things to do


@dataclass
class Cutter:
    """Cuts texts between two words; `whole` are those that were cut, as they were."""

    words: Mapping[str, str]
    key: str
    whole: list[str] = field(default_factory=list)

    def cut(self, text: str | None, most: int) -> str:
        """Return a text as it is, or its beginning and where the rest stands."""
        if text is None or len(text) <= most:
            return text or ""
        self.whole.append(text)
        room = most - len(say(self.words, self.key, text=""))
        kept, _, _ = text[:room].rpartition(" ")
        return say(self.words, self.key, text=kept if len(kept) > room // 2 else text[:room])

    def cut_all(self, texts: Iterable[str], most: int) -> list[str]:
        """Return each text cut."""
        return [self.cut(text, most) for text in texts]


def first_sheet(explanation: CandidateExplanation, words: Mapping[str, str]) -> Plain:
    """Return the texts of the first sheet, each cut at its length, and `whole`: those cut."""
    short = explanation.edition is Edition.SUMMARY
    cutter = Cutter(words, "pages.cut_summary" if short else "pages.cut")
    deciding = explanation.deciding
    sheet = {
        "name": cutter.cut(explanation.offer.name, NAME),
        "facts": _facts(explanation, cutter),
        "stamp": cutter.cut(explanation.verdict.stamp, STAMP),
        "reasons": cutter.cut_all(
            (reason.text for reason in explanation.reasons[:MOST]),
            REASON if deciding else REASON_DECIDED,
        ),
        "actions": [
            (action.who_words, cutter.cut(action.text, ACTION))
            for action in explanation.actions[:MOST]
        ],
        "claim": cutter.cut(explanation.claim.words, CLAIM),
        "deciding": cutter.cut(deciding.words if deciding else None, DECIDING),
        "ending": cutter.cut(deciding.ending_words if deciding else None, DECIDING),
        "conditions": _conditions(explanation.conditions, words),
    }
    cutter.whole += [reason.text for reason in explanation.reasons[MOST:]]
    return sheet | {"whole": cutter.whole}


def _facts(explanation: CandidateExplanation, cutter: Cutter) -> list[tuple[str, str]]:
    """Return the first facts of an offer, cut; all others are among those that were cut."""
    facts = explanation.offer.facts
    cutter.whole += [f"{title}: {value}" for title, value in facts[FACTS:]]
    return [(cutter.cut(title, FACT), cutter.cut(value, FACT)) for title, value in facts[:FACTS]]


def _conditions(conditions: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """Return the first conditions; all of them stand in full below."""
    shown = Cutter(words, "pages.cut").cut_all(conditions[:CONDITIONS], CONDITION)
    rest = len(conditions) - len(shown)
    if not rest:
        return shown
    key = "pages.conditions_more_one" if rest == 1 else "pages.conditions_more"
    return [*shown, say(words, key, count=rest)]
