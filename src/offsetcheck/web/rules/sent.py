"""What a form of the rule editor holds; before it was sent, what the rule's file has."""

from dataclasses import dataclass, replace
from datetime import date

from offsetcheck.api.rule_bench import (
    NewValue,
    RuleBench,
    WrittenValue,
    text_with_new_value,
    text_with_value,
    values_in,
)
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.problem import OffsetcheckError, RequestError
from offsetcheck.web.answered import words_of
from offsetcheck.web.rules.editing import Place, chosen_place, seen
from offsetcheck.web.visit import RefusedError, Visit, Wrong

VALUE = "value:"
FIRST_CITY = "turku"
LONGEST_TEXT = 200_000
NEW = ("new_parameter", "new_since", "new_value", "new_standing", "new_guide", "new_clause",
       "new_note")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """The rule, its file and its text, on what it is tried, and why it is changed.

    `seen` is the file as the form showed it, `good` the last text without an error, `token` the
    effect that was shown.
    """

    rule: str
    path: str
    text: str
    seen: str
    good: str
    place: Place
    city: str
    note: str
    token: str


def sent_form(visit: Visit, bench: RuleBench) -> Sent:
    """Return what a visit's form holds; raises RefusedError (404, 413)."""
    rule = visit.part("rule")
    if rule not in bench.rulebook.rules:
        raise RefusedError(404, "web_rules.no_rule", name=rule)
    path = bench.path_of(rule)
    file = bench.folder / path
    on_disk = file.read_bytes().decode("utf-8", "replace")
    text = _plain(_raw(visit, "text", on_disk))
    if len(text) > LONGEST_TEXT:
        raise RefusedError(413, "web_rule_edit.too_long")
    cities = bench.rulebook.cities
    city = visit.filled("city", FIRST_CITY)
    return Sent(
        rule=rule,
        path=path,
        text=text,
        seen=visit.filled("seen") or seen(file),
        good=_plain(_raw(visit, "good", on_disk)[:LONGEST_TEXT]),
        place=chosen_place(visit, visit.filled("on")),
        city=city if city in cities else next(iter(sorted(cities)), ""),
        note=" ".join(visit.filled("note").split()),
        token=visit.filled("looked"),
    )


def _raw(visit: Visit, name: str, otherwise: str) -> str:
    """Return a field of a form with every blank that it has."""
    return next((value for key, value in visit.form if key == name), otherwise)


def _plain(text: str) -> str:
    """Return a text with plain ends of lines, ending in one; a form sends others."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return text if text.endswith("\n") else f"{text}\n"


def with_numbers(visit: Visit, sent: Sent) -> tuple[Sent, tuple[Wrong, ...]]:
    """Return a form with the numbers of the small form put into its text, and what is wrong."""
    wrong: list[Wrong] = []
    for one in values_in(sent.text, sent.path):
        typed = visit.filled(field_of(one), one.text)
        if typed != one.text:
            sent = _put(sent, one, typed, wrong)
    if visit.filled("new_value"):
        sent = _begun(visit, sent, wrong)
    return sent, tuple(wrong)


def field_of(one: WrittenValue) -> str:
    """Return the name of the form's field in which a value stands."""
    return f"{VALUE}{one.parameter}:{one.since}"


def _put(sent: Sent, one: WrittenValue, typed: str, wrong: list[Wrong]) -> Sent:
    try:
        text = text_with_value(sent.text, sent.path, one.parameter, one.since, typed)
    except RequestError as error:
        wrong.append(Wrong(field_of(one), sentence(error)))
        return sent
    return replace(sent, text=text)


def _begun(visit: Visit, sent: Sent, wrong: list[Wrong]) -> Sent:
    """Return a form with a value that begins on a day in its text."""
    words = words_of(visit)
    faults = list(_faults(visit))
    if faults:
        wrong += [Wrong(field, words[f"web_rule_edit.{key}"]) for field, key in faults]
        return sent
    new = NewValue(
        visit.filled("new_parameter"), date.fromisoformat(visit.filled("new_since")),
        visit.filled("new_value"), visit.filled("new_standing"), visit.filled("new_guide"),
        visit.filled("new_clause"), visit.filled("new_note"),
    )  # fmt: skip
    try:
        return replace(sent, text=text_with_new_value(sent.text, sent.path, new))
    except RequestError as error:
        wrong.append(Wrong("new_value", sentence(error)))
        return sent


def _faults(visit: Visit) -> list[tuple[str, str]]:
    found = []
    try:
        date.fromisoformat(visit.filled("new_since"))
    except ValueError:
        found.append(("new_since", "wrong_day"))
    standing, guide = visit.filled("new_standing"), visit.filled("new_guide")
    if standing not in set(Standing):
        found.append(("new_standing", "wrong_standing"))
    elif (standing == Standing.DESIGN) == bool(guide):
        found.append(("new_guide", "guide_of_design" if guide else "guide_missing"))
    return found


def sentence(error: OffsetcheckError) -> str:
    """Return what was asked wrongly as a sentence of a form."""
    one = error.problems[0]
    said = f"{one.message}; {one.hint}" if one.hint else one.message
    return f"{said[:1].upper()}{said[1:]}."
