"""Editing a rule: its text beside what is wrong with it, what it says and what it turns."""

from collections.abc import Mapping
from datetime import date

from offsetcheck.api.rule_bench import (
    NewValue,
    RuleBench,
    TriedText,
    WrittenValue,
    text_with_new_value,
    text_with_value,
    values_in,
)
from offsetcheck.api.rule_saving import LONGEST_NOTE, Past, Prepared, prepared
from offsetcheck.api.rulebook_pages import PageKind
from offsetcheck.api.web_page import say
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.web.answered import words_of
from offsetcheck.web.routes import Route
from offsetcheck.web.rules.addresses import address
from offsetcheck.web.rules.editing import (
    LIST,
    as_on_disk,
    bench_of,
    chosen_place,
    places,
    seen,
    writable,
    write,
    writing,
)
from offsetcheck.web.rules.looked import Looked, elsewhere, lines, looked
from offsetcheck.web.visit import (
    GET,
    POST,
    Page,
    Redirect,
    RefusedError,
    Role,
    Shown,
    Visit,
    Wrong,
)

AUTHORS = frozenset({Role.AUTHOR})
VALUE = "value:"
FIRST_CITY = "turku"
LONGEST_TEXT = 200_000


class ClosedPage(Shown):
    """Why a rule cannot be edited here, and how it can."""

    rule: str
    to: str
    is_pack: bool


class EditPage(Shown):
    """The text of a rule in a form, and what was found of it."""

    rule: str
    to: str
    path: str
    text: str
    rows: int
    seen: str
    values: tuple[WrittenValue, ...]
    standings: tuple[tuple[str, str], ...]
    guides: tuple[tuple[str, str], ...]
    new: Mapping[str, str]
    on: str
    on_options: tuple[tuple[str, str], ...]
    city: str
    cities: tuple[tuple[str, str], ...]
    note: str
    note_hint: str
    parameters: tuple[tuple[str, str], ...]
    examples_words: str
    looked: Looked
    past: tuple[str, ...]


class Form:
    """What a form of the editor holds; a first visit has the file's own text."""

    def __init__(self, visit: Visit, bench: RuleBench) -> None:
        self.rule = visit.part("rule")
        if self.rule not in bench.rulebook.rules:
            raise RefusedError(404, "web_rules.no_rule", name=self.rule)
        self.path = bench.path_of(self.rule)
        file = bench.folder / self.path
        sent = next((value for key, value in visit.form if key == "text"), None)
        on_disk = file.read_bytes().decode("utf-8", "replace")
        self.text = _lines(on_disk if sent is None else sent)
        self.seen = visit.filled("seen") or seen(file)
        self.good = _lines(next((v for k, v in visit.form if k == "good"), _lines(on_disk)))
        self.place = chosen_place(visit.workplace, visit.filled("on"))
        self.city = visit.filled("city", FIRST_CITY)
        if self.city not in bench.rulebook.cities:
            self.city = next(iter(sorted(bench.rulebook.cities)), "")
        self.note = " ".join(visit.filled("note").split())
        self.token = visit.filled("looked")


def _lines(text: str) -> str:
    """Return a text with plain ends of lines, ending in one; a form sends others."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return text if text.endswith("\n") else f"{text}\n"


def _edit(visit: Visit) -> Page:
    if writable(visit.workplace) is None:
        return _closed(visit)
    bench = bench_of(visit)
    return _shown(visit, bench, Form(visit, bench))


def _closed(visit: Visit) -> Page:
    words, name = words_of(visit), visit.part("rule") if "rule" in visit.parts else ""
    rules = visit.workplace.rules
    shown = ClosedPage(
        rule=name,
        to=address(PageKind.RULE, name) if name else "/rules",
        is_pack=rules is not None and not rules.is_dir(),
    )
    return Page("rule_edit_closed", words["web_rule_edit.closed"], shown)


def _look(visit: Visit) -> Page:
    """Answer the text as it was sent with what is found of it; nothing is written."""
    bench = bench_of(visit)
    return _shown(visit, bench, Form(visit, bench), whole=True)


def _numbers(visit: Visit) -> Page:
    """Answer the text with the numbers of the small form in their places; nothing is written."""
    bench = bench_of(visit)
    form = Form(visit, bench)
    wrong = []
    for one in values_in(form.text, form.path):
        name = f"{VALUE}{one.parameter}:{one.since}"
        sent = visit.filled(name, one.text)
        if sent != one.text:
            wrong += _put(form, name, one, sent)
    if visit.filled("new_value"):
        wrong += _begin(visit, form)
    return _shown(visit, bench, form, wrong=tuple(wrong))


def _put(form: Form, name: str, one: WrittenValue, sent: str) -> list[Wrong]:
    try:
        form.text = text_with_value(form.text, form.path, one.parameter, one.since, sent)
    except RequestError as error:
        return [Wrong(name, _sentence(error))]
    return []


def _begin(visit: Visit, form: Form) -> list[Wrong]:
    words = words_of(visit)
    try:
        since = date.fromisoformat(visit.filled("new_since"))
    except ValueError:
        return [Wrong("new_since", words["web_rule_edit.wrong_day"])]
    standing, guide = visit.filled("new_standing"), visit.filled("new_guide")
    if standing not in set(Standing):
        return [Wrong("new_standing", words["web_rule_edit.wrong_standing"])]
    if (standing == Standing.DESIGN) == bool(guide):
        key = "guide_of_design" if guide else "guide_missing"
        return [Wrong("new_guide", words[f"web_rule_edit.{key}"])]
    new = NewValue(
        visit.filled("new_parameter"), since, visit.filled("new_value"), standing, guide,
        visit.filled("new_clause"), visit.filled("new_note"),
    )  # fmt: skip
    try:
        form.text = text_with_new_value(form.text, form.path, new)
    except RequestError as error:
        return [Wrong("new_value", _sentence(error))]
    return []


def _sentence(error: RequestError) -> str:
    one = error.problems[0]
    said = f"{one.message}; {one.hint}" if one.hint else one.message
    return f"{said[:1].upper()}{said[1:]}."


def _examples(visit: Visit) -> Page:
    """Answer the text with the examples that were chosen added; nothing is written."""
    bench = bench_of(visit)
    form = Form(visit, bench)
    form.text = bench.tried(form.rule, form.text).with_offered(visit.filled_all("example"))
    return _shown(visit, bench, form)


def _save(visit: Visit) -> Page | Redirect:
    """Write the text where it is sound, its examples hold, its effect was seen, and a note says why."""
    bench = bench_of(visit)
    form, words = Form(visit, bench), words_of(visit)
    tried, shown = _looked(visit, bench, form)
    wrong = list(_faults(form, tried, shown, words))
    made = None
    if not wrong:
        made = prepared(
            bench.rulebook, bench.folder, form.path, form.text, note=form.note, today=visit.today
        )
        if made.errors:
            wrong = [Wrong("text", say(words, "web_rule_edit.errors", count=len(made.errors)))]
    if wrong or made is None:
        return _shown(visit, bench, form, wrong=tuple(wrong), found=made, known=shown)
    before = form.seen
    with writing(visit.workplace, bench.folder / form.path, form.seen):
        for path, text in made.texts.items():
            place = bench.folder / path
            write(place, as_on_disk(place, text))
    return Redirect(
        address(PageKind.RULE, form.rule),
        said="web_rule_edit.saved",
        values={"rule": form.rule},
        details=_details(form, shown, made, before, seen(bench.folder / form.path)),
    )


def _details(
    form: Form, shown: Looked, made: Prepared, before: str, after: str
) -> Mapping[str, str]:
    effect = shown.effect
    return {
        "rule": form.rule,
        "files": ", ".join(made.texts),
        "note": form.note,
        "before": before,
        "after": after,
        "tried_on": form.place.name,
        "turned": "" if effect is None else str(effect.verdicts),
    }


def _faults(form: Form, tried: TriedText, shown: Looked, words: Mapping[str, str]) -> list[Wrong]:
    found = []
    if not tried.is_sound:
        count = len(tried.problems)
        found.append(Wrong("text", say(words, "web_rule_edit.errors", count=count)))
    elif shown.red:
        found.append(Wrong("text", say(words, "web_rule_edit.red", count=shown.red)))
    elif not shown.token:
        found.append(Wrong("on", words["web_rule_edit.no_effect"]))
    elif form.token != shown.token:
        found.append(Wrong("on", words["web_rule_edit.look_first"]))
    if not form.note:
        found.append(Wrong("note", words["web_rule_edit.no_note"]))
    elif len(form.note) > LONGEST_NOTE:
        said = say(words, "web_rule_edit.long_note", most=LONGEST_NOTE)
        found.append(Wrong("note", said))
    return found


def _looked(visit: Visit, bench: RuleBench, form: Form) -> tuple[TriedText, Looked]:
    if len(form.text) > LONGEST_TEXT:
        raise RefusedError(413, "web_rule_edit.too_long")
    return looked(visit, bench, form.rule, form.text, form.good, form.place, form.city)


def _shown(
    visit: Visit,
    bench: RuleBench,
    form: Form,
    *,
    wrong: tuple[Wrong, ...] = (),
    found: Prepared | None = None,
    known: Looked | None = None,
    whole: bool = False,
) -> Page:
    """Return the editor; `whole` checks the whole folder with the text too."""
    words = words_of(visit)
    shown = known or _looked(visit, bench, form)[1]
    if whole and found is None and shown.sound and visit.filled("whole"):
        found = prepared(
            bench.rulebook, bench.folder, form.path, form.text, note="", today=visit.today
        )
    if found is not None:
        shown = shown.model_copy(
            update={
                "problems": lines(found.problems, form.path, form.text),
                "elsewhere": elsewhere(found.problems, form.path),
            }
        )
    page = EditPage(
        rule=form.rule,
        to=address(PageKind.RULE, form.rule),
        path=form.path,
        text=form.text,
        rows=min(60, form.text.count("\n") + 2),
        seen=form.seen,
        values=values_in(form.text, form.path),
        standings=tuple((one.value, words[f"standing.{one.value}"]) for one in Standing),
        guides=tuple((name, guide.title) for name, guide in bench.rulebook.guides.items()),
        new={name: visit.filled(name) for name in NEW} if wrong else dict.fromkeys(NEW, ""),
        on=form.place.code,
        on_options=tuple(
            (one.code, say(words, f"web_rule_edit.on_{one.kind}", name=one.name))
            for one in places(visit.workplace)
        ),
        city=form.city,
        cities=tuple(
            (name, one.name.get(visit.language) or one.name["en"])
            for name, one in sorted(bench.rulebook.cities.items())
        )
        if any(one.kind == LIST for one in places(visit.workplace))
        else (),
        note=form.note,
        note_hint=say(words, "web_rule_edit.note_hint", most=LONGEST_NOTE),
        parameters=tuple(
            (name, name)
            for name in dict.fromkeys(one.parameter for one in values_in(form.text, form.path))
        ),
        examples_words=say(
            words,
            f"web_rule_edit.examples_{'red' if shown.red else 'good'}",
            red=shown.red,
            count=len(shown.examples),
        ),
        looked=shown,
        past=tuple(_past(one, words) for one in found.past) if found is not None else (),
    )
    title = say(words, "web_rule_edit.title", rule=form.rule)
    return Page("rule_edit", title, page, status=422 if wrong else 200, wrong=wrong)


NEW = ("new_parameter", "new_since", "new_value", "new_standing", "new_guide", "new_clause",
       "new_note")  # fmt: skip


def _past(one: Past, words: Mapping[str, str]) -> str:
    return say(
        words, "web_rule_edit.past_of",
        of=one.of, since=one.since.isoformat(), count=one.profiles,
    )  # fmt: skip


ROUTES = (
    Route(GET, "/rules/{rule}/edit", _edit, roles=AUTHORS),
    Route(POST, "/rules/{rule}/edit", _save, roles=AUTHORS, act="rule.changed"),
    Route(POST, "/rules/{rule}/edit/look", _look, roles=AUTHORS),
    Route(POST, "/rules/{rule}/edit/numbers", _numbers, roles=AUTHORS),
    Route(POST, "/rules/{rule}/edit/examples", _examples, roles=AUTHORS),
)
