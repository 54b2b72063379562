"""What stands on the one sheet that is signed, cut so that it fits: the rest stands below it.

Lengths are characters. With them the fullest sheet still holds the decision box on A4.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
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
SIZES = (2.5, 1.8, 1.4, 1.0)
"""How much longer than that texts may be, where the others leave room."""
ROOM = 31
"""Lines of all these texts that the sheet holds beside what never changes."""
WIDE, HALF, THIRD = 112, 54, 34  # characters of a line of the sheet, of a half and a third of it


@dataclass
class Cutter:
    """Cuts texts between two words; `whole` are those that were cut, as they were."""

    words: Mapping[str, str]
    key: str
    size: float
    whole: list[str] = field(default_factory=list)

    def cut(self, text: str | None, most: int, size: float | None = None) -> str:
        """Return a text as it is, or its beginning and where the rest stands.

        It has `most` characters, or as many times more as `size` says, that of all texts unless
        given.
        """
        most = int(most * (self.size if size is None else size))
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
    """Return the texts of the first sheet, each cut at its length, and `whole`: those cut.

    Texts are as long as the sheet has room for.
    """
    sheet: Plain = {}
    for size in SIZES:
        sheet = _sheet(explanation, words, size)
        if _lines(sheet) <= ROOM:
            break
    return sheet


def _lines(sheet: Plain) -> int:
    """Return about how many lines the texts of a sheet take."""
    why = sum(map(_halves, sheet["reasons"]))
    todo = sum(_halves(f"{who}: {text}") for who, text in sheet["actions"])
    facts = sum(_halves(f"{title} {value}") for title, value in sheet["facts"])
    conditions = sum(map(_halves, sheet["conditions"]))
    wide = sum(ceil(len(sheet[name]) / WIDE) for name in ("stamp", "deciding", "ending"))
    return wide + max(why, todo) + max(facts, conditions) + ceil(len(sheet["claim"]) / THIRD)


def _halves(text: str) -> int:
    return ceil(len(text) / HALF)


def _sheet(explanation: CandidateExplanation, words: Mapping[str, str], size: float) -> Plain:
    short = explanation.edition is Edition.SUMMARY
    cutter = Cutter(words, "pages.cut_summary" if short else "pages.cut", size)
    deciding = explanation.deciding
    sheet = {
        "name": cutter.cut(explanation.offer.name, NAME, 1),
        "facts": _facts(explanation, cutter),
        "stamp": cutter.cut(explanation.verdict.stamp, STAMP, 1),
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
        "conditions": _conditions(explanation.conditions, words, size),
    }
    cutter.whole += [reason.text for reason in explanation.reasons[MOST:]]
    return sheet | {"whole": cutter.whole}


def _facts(explanation: CandidateExplanation, cutter: Cutter) -> list[tuple[str, str]]:
    """Return the first facts of an offer, cut; all others are among those that were cut."""
    facts = explanation.offer.facts
    cutter.whole += [f"{title}: {value}" for title, value in facts[FACTS:]]
    shown = facts[:FACTS]
    return [(cutter.cut(title, FACT, 1), cutter.cut(value, FACT, 1)) for title, value in shown]


def _conditions(conditions: Sequence[str], words: Mapping[str, str], size: float) -> list[str]:
    """Return the first conditions; all of them stand in full below."""
    shown = Cutter(words, "pages.cut", size).cut_all(conditions[:CONDITIONS], CONDITION)
    rest = len(conditions) - len(shown)
    if not rest:
        return shown
    key = "pages.conditions_more_one" if rest == 1 else "pages.conditions_more"
    return [*shown, say(words, key, count=rest)]
