"""Editing a rule: its text beside what is wrong with it, what it says and what it turns."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from offsetcheck.api.rule_bench import RuleBench, TriedText, WrittenValue, values_in
from offsetcheck.api.rule_saving import LONGEST_NOTE, Past, Prepared, prepared
from offsetcheck.api.rulebook_pages import PageKind
from offsetcheck.api.web_page import say
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.web.answered import words_of
from offsetcheck.web.routes import Route
from offsetcheck.web.rules.addresses import address
from offsetcheck.web.rules.closed import closed
from offsetcheck.web.rules.editing import (
    LIST,
    as_on_disk,
    bench_of,
    places,
    seen,
    writable,
    write,
    writing,
)
from offsetcheck.web.rules.known import known_pages, looked_up
from offsetcheck.web.rules.looked import Looked, elsewhere, lines, looked
from offsetcheck.web.rules.sent import NEW, Sent, field_of, sent_form, with_numbers
from offsetcheck.web.visit import GET, POST, Page, Redirect, Role, Shown, Visit, Wrong

AUTHORS = frozenset({Role.AUTHOR})
MOST_ROWS = 60
Options = tuple[tuple[str, str], ...]
Words = Mapping[str, str]


class NumberField(Shown):
    """A value of the rule as a field of the small form."""

    name: str
    label: str
    value: str


class EditPage(Shown):
    """The text of a rule in a form, and what was found of it."""

    to: str
    path: str
    text: str
    rows: int
    seen: str
    numbers: tuple[NumberField, ...]
    parameters: Options
    standings: Options
    guides: Options
    new: Mapping[str, str]
    numbers_open: bool
    on: str
    on_options: Options
    city: str
    cities: Options
    note: str
    note_hint: str
    examples_words: str
    looked: Looked
    past: tuple[str, ...]


def _edit(visit: Visit) -> Page:
    if writable(visit.workplace) is None:
        page = looked_up(known_pages(visit).rule, visit.part("rule"), "web_rules.no_rule")
        return closed(visit, address(PageKind.RULE, page.rule.rule))
    bench = bench_of(visit)
    sent = sent_form(visit, bench)
    return _page(visit, bench, sent, looked(visit, bench, sent)[1])


def _look(visit: Visit) -> Page:
    """Answer the text as it was sent with what is found of it; nothing is written."""
    bench = bench_of(visit)
    sent = sent_form(visit, bench)
    shown = looked(visit, bench, sent)[1]
    if not (shown.sound and visit.filled("whole")):
        return _page(visit, bench, sent, shown)
    made = _prepared(visit, bench, replace(sent, note=""))
    return _page(visit, bench, sent, shown, found=made)


def _numbers(visit: Visit) -> Page:
    """Answer the text with the numbers of the small form in their places; nothing is written."""
    bench = bench_of(visit)
    sent, wrong = with_numbers(visit, sent_form(visit, bench))
    return _page(visit, bench, sent, looked(visit, bench, sent)[1], wrong=wrong)


def _examples(visit: Visit) -> Page:
    """Answer the text with the examples that were chosen added; nothing is written."""
    bench = bench_of(visit)
    sent = sent_form(visit, bench)
    text = bench.tried(sent.rule, sent.text).with_offered(visit.filled_all("example"))
    sent = replace(sent, text=text)
    return _page(visit, bench, sent, looked(visit, bench, sent)[1])


def _save(visit: Visit) -> Page | Redirect:
    """Write the text where it is sound, its examples hold, its effect was seen, and says why."""
    bench, words = bench_of(visit), words_of(visit)
    sent = sent_form(visit, bench)
    tried, shown = looked(visit, bench, sent)
    if wrong := tuple(_faults(sent, tried, shown, words)):
        return _page(visit, bench, sent, shown, wrong=wrong)
    made = _prepared(visit, bench, sent)
    if made.errors:
        wrong = (Wrong("text", say(words, "web_rule_edit.errors", count=len(made.errors))),)
        return _page(visit, bench, sent, shown, wrong=wrong, found=made)
    file = bench.folder / sent.path
    with writing(visit.workplace, file, sent.seen):
        for path, text in made.texts.items():
            write(bench.folder / path, as_on_disk(bench.folder / path, text))
    return Redirect(
        address(PageKind.RULE, sent.rule),
        said="web_rule_edit.saved",
        values={"rule": sent.rule},
        details=_details(sent, shown, made, seen(file)),
    )


def _prepared(visit: Visit, bench: RuleBench, sent: Sent) -> Prepared:
    return prepared(
        bench.rulebook, bench.folder, sent.path, sent.text, note=sent.note, today=visit.today
    )


def _details(sent: Sent, shown: Looked, made: Prepared, after: str) -> Mapping[str, str]:
    return {
        "rule": sent.rule,
        "files": ", ".join(made.texts),
        "note": sent.note,
        "before": sent.seen,
        "after": after,
        "tried_on": sent.place.name,
        "turned": "" if shown.effect is None else str(shown.effect.verdicts),
    }


def _faults(sent: Sent, tried: TriedText, shown: Looked, words: Words) -> Iterable[Wrong]:
    if not tried.is_sound:
        said = say(words, "web_rule_edit.errors", count=len(tried.problems))
        yield Wrong("text", said)
    elif shown.red:
        yield Wrong("text", say(words, "web_rule_edit.red", count=shown.red))
    elif not shown.token:
        yield Wrong("on", words["web_rule_edit.no_effect"])
    elif sent.token != shown.token:
        yield Wrong("on", words["web_rule_edit.look_first"])
    if not sent.note:
        yield Wrong("note", words["web_rule_edit.no_note"])
    elif len(sent.note) > LONGEST_NOTE:
        yield Wrong("note", say(words, "web_rule_edit.long_note", most=LONGEST_NOTE))


def _page(
    visit: Visit,
    bench: RuleBench,
    sent: Sent,
    shown: Looked,
    *,
    wrong: tuple[Wrong, ...] = (),
    found: Prepared | None = None,
) -> Page:
    """Return the editor; `found` is what a check of the whole folder found."""
    words = words_of(visit)
    if found is not None:
        own = lines(found.problems, sent.path, sent.text)
        others = elsewhere(found.problems, sent.path)
        shown = shown.model_copy(update={"problems": own, "elsewhere": others})
    values = values_in(sent.text, sent.path)
    known = places(visit)
    typed = {name: visit.filled(name) for name in NEW} if wrong else dict.fromkeys(NEW, "")
    key = "red" if shown.red else "good"
    page = EditPage(
        to=address(PageKind.RULE, sent.rule),
        path=sent.path,
        text=sent.text,
        rows=min(MOST_ROWS, sent.text.count("\n") + 2),
        seen=sent.seen,
        numbers=tuple(_number(one, visit, wrong, words) for one in values),
        parameters=tuple(dict.fromkeys((one.parameter, one.parameter) for one in values)),
        standings=tuple((one.value, words[f"standing.{one.value}"]) for one in Standing),
        guides=tuple((name, one.title) for name, one in bench.rulebook.guides.items()),
        new=typed,
        numbers_open=any(one.field not in {"text", "on", "note"} for one in wrong),
        on=sent.place.code,
        on_options=tuple(
            (one.code, say(words, f"web_rule_edit.place.{one.kind}", name=one.name))
            for one in known
        ),
        city=sent.city,
        cities=_cities(visit, bench) if any(one.kind == LIST for one in known) else (),
        note=sent.note,
        note_hint=say(words, "web_rule_edit.note_hint", most=LONGEST_NOTE),
        examples_words=say(
            words, f"web_rule_edit.came.{key}", red=shown.red, count=len(shown.examples)
        ),
        looked=shown,
        past=tuple(_past(one, words) for one in found.past) if found is not None else (),
    )
    title = say(words, "web_rule_edit.title", rule=sent.rule)
    return Page("rule_edit", title, page, status=422 if wrong else 200, wrong=wrong)


def _number(one: WrittenValue, visit: Visit, wrong: tuple[Wrong, ...], words: Words) -> NumberField:
    """Return a value as a field, with what was typed where that is wrong."""
    name = field_of(one)
    is_wrong = any(fault.field == name for fault in wrong)
    label = say(words, "web_rule_edit.number", name=one.parameter, day=one.since)
    return NumberField(name=name, label=label, value=visit.filled(name) if is_wrong else one.text)


def _cities(visit: Visit, bench: RuleBench) -> Options:
    return tuple(
        (name, one.name.get(visit.language) or one.name["en"])
        for name, one in sorted(bench.rulebook.cities.items())
    )


def _past(one: Past, words: Words) -> str:
    since, count = one.since.isoformat(), one.profiles
    return say(words, "web_rule_edit.past_of", of=one.of, since=since, count=count)


ROUTES = (
    Route(GET, "/rules/{rule}/edit", _edit, roles=AUTHORS),
    Route(POST, "/rules/{rule}/edit", _save, roles=AUTHORS, act="rule.changed"),
    Route(POST, "/rules/{rule}/edit/look", _look, roles=AUTHORS),
    Route(POST, "/rules/{rule}/edit/numbers", _numbers, roles=AUTHORS),
    Route(POST, "/rules/{rule}/edit/examples", _examples, roles=AUTHORS),
)
