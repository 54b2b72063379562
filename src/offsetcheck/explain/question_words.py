"""One field as a question to a bidder: its words, how it is answered, what would do as evidence."""

from collections import Counter
from collections.abc import Sequence

from offsetcheck.explain.quantity import CALENDAR_YEAR, SHARES, countries
from offsetcheck.explain.wording import COUNTRY, Wording
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.questionnaire import Question

MOST_PURPOSES = 2
MOST_LISTED = 14
"""Words of a list that a help text names; longer lists are chosen from alone."""

YEARS = frozenset({"year", "years"})


def question_on(field: Field, rules: Sequence[BoundRule], wording: Wording) -> Question:
    """Return the question that a field is, of which some rules read the answer."""
    words = choices_of(field, wording)
    return Question(
        field=field.name,
        type=field.type,
        text=wording.question(field) or wording.title(field.name),
        unit=_unit(field, wording),
        help=" ".join(filter(None, (_list(field, words, wording), _help(field, rules, wording)))),
        hint=_hint(field, wording),
        range=field.range,
        share=field.unit in SHARES,
        year=field.unit == CALENDAR_YEAR,
        choices=words,
    )


def choices_of(field: Field, wording: Wording) -> dict[str, str]:
    """Return the words of a field's codes by code; where two are alike the code stands with it."""
    if field.name == COUNTRY:
        named = {code: wording.value(COUNTRY, code) for code in countries(wording.locale)}
        return dict(sorted(named.items(), key=lambda entry: entry[1].casefold()))
    titles = {code: wording.code(field, code) or code for code in field.narrow}
    seen = Counter(title.casefold() for title in titles.values())
    return {
        code: title if seen[title.casefold()] == 1 else f"{title} ({code})"
        for code, title in titles.items()
    }


def _unit(field: Field, wording: Wording) -> str:
    """Return how an answer is given: its unit, or what kind of word it is."""
    if field.name == "price":
        return wording.word("questionnaire.unit.price")
    if field.unit in SHARES or field.unit == "percent":
        return wording.word("questionnaire.unit.percent")
    if field.unit == CALENDAR_YEAR:
        return wording.word("questionnaire.unit.calendar_year")
    if field.unit in YEARS:
        return wording.word("questionnaire.unit.years")
    if field.unit is not None:
        return field.unit.replace("tCO2e", "t CO₂e")
    if field.name == COUNTRY:
        return wording.word(f"questionnaire.unit.{FieldType.CODE.value}")
    return wording.word(f"questionnaire.unit.{field.type.value}")


def _hint(field: Field, wording: Wording) -> str:
    """Return what to write into the cell, as it is shown when the cell is chosen."""
    if field.unit in SHARES:
        return wording.word("questionnaire.hint.share")
    if field.unit == CALENDAR_YEAR:
        return wording.word("questionnaire.hint.calendar_year")
    if field.name == COUNTRY:
        return wording.word(f"questionnaire.hint.{FieldType.CODE.value}")
    return wording.word(f"questionnaire.hint.{field.type.value}")


def _list(field: Field, words: dict[str, str], wording: Wording) -> str:
    """Return which words a list may hold, where they are few."""
    if field.type is not FieldType.CODES:
        return ""
    if len(words) > MOST_LISTED:
        return wording.word("questionnaire.several_long")
    return wording.word("questionnaire.several", list="; ".join(words.values()))


def _help(field: Field, rules: Sequence[BoundRule], wording: Wording) -> str:
    """Return what an answer is for, and which papers would show it."""
    titles = list(dict.fromkeys(wording.rule_title(rule) for rule in rules))
    said = []
    if titles and field.question:
        named = "; ".join(titles[:MOST_PURPOSES])
        more = len(titles) - MOST_PURPOSES
        key = "questionnaire.purpose_more" if more > 0 else "questionnaire.purpose"
        said.append(wording.word(key, list=named, count=more))
    papers = field.documents or (rules[0].documents if rules and field.question else ())
    if papers:
        listed = "; ".join(wording.document(kind) for kind in papers)
        said.append(wording.word("questionnaire.papers", list=listed))
    return " ".join([*said, *_evidence(field, rules, wording)])


def _evidence(field: Field, rules: Sequence[BoundRule], wording: Wording) -> list[str]:
    """Return the weakest evidence that every reader takes, where a seller's word is not enough."""
    asked = [rule.at_least for rule in rules if rule.at_least is not None]
    if not field.question or not asked or min(asked) >= EvidenceGrade.E4:
        return []
    return [wording.word("questionnaire.at_least", grade=wording.word(f"grade.{min(asked).name}"))]
