"""The award view: what the budget buys, with the purchase's limits or with others to look at."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from offsetcheck.api.award import AwardView, award, award_formats, award_in, award_text
from offsetcheck.api.award_limits import (
    CHOICES,
    LIMITS,
    StatedLimits,
    limit_at,
    stated_limits,
    suppose_award,
    with_limits,
)
from offsetcheck.api.decision import sets_of
from offsetcheck.vocabulary.award import AwardExplanation
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.edits import seen, write_as_seen
from offsetcheck.web.folder.kept import Opened, opened
from offsetcheck.web.folder.tenders import PURCHASE
from offsetcheck.web.offers_shown.report_pages import ReportPart, report_part
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    POST,
    Download,
    Page,
    Redirect,
    RefusedError,
    Role,
    Shown,
    Visit,
    Wrong,
)
from offsetcheck.web.work.progress import takes_long

SECONDS_EACH = 0.05  # choosing among one more offer, by what long lists took
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
GRADES = ("A", "B", "C", "D", "E")
SHARES = ("min_share_", "max_share_")


class LimitBox(Shown):
    """One limit as a form shows it; `options` are (value, words) where it is a choice."""

    name: str
    label: str
    value: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()


class SetLink(Shown):
    """A set that a decision may build on."""

    name: str
    title: str
    words: str
    to: str


class AwardPage(Shown):
    """The award view of a tender; `otherwise` says that the limits are not those of the file."""

    tender_title: str
    first: tuple[LimitBox, ...]
    others: tuple[LimitBox, ...]
    others_used: bool
    otherwise: bool
    changed: tuple[tuple[str, str], ...]
    body: ReportPart
    sets: tuple[SetLink, ...]
    files: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str, str], ...]
    seen: str
    save_to: str
    here: str
    may_save: bool


def _show(visit: Visit) -> Page:
    tender = opened(visit)
    stated = stated_limits(tender.folder.path)
    asked = {name for name, _ in visit.query} & set(LIMITS)
    wanted = {name: visit.asked(name).strip() for name in LIMITS} if asked else stated.limits
    return _page(visit, tender, stated, wanted)


def _page(
    visit: Visit, tender: Opened, stated: StatedLimits, wanted: Mapping[str, str], status: int = 200
) -> Page:
    words = words_of(visit)
    text = with_limits(stated, wanted)
    view, problems = _view(tender, stated, text)
    wrong = tuple(_wrong(text, one) for one in problems if one.severity is Severity.ERROR)
    boxes = tuple(_boxes(words, view, wanted))
    here = f"/t/{quote(tender.folder.name)}/award"
    changed = {n for n in LIMITS if wanted.get(n, "") != stated.limits.get(n, "")}
    shown = AwardPage(
        tender_title=tender.case.purchase_explained.title,
        first=boxes[:3],
        others=boxes[3:],
        others_used=any(box.value for box in boxes[3:]) or any(one.field for one in wrong),
        otherwise=text != stated.text,
        changed=tuple((box.name, box.value) for box in boxes if box.name in changed),
        body=report_part(tender, view.explained),
        sets=() if text != stated.text else tuple(_sets(view.explained, here)),
        files=tuple((one, f"{here}/file?format={one}") for one in award_formats() if one in MEDIA),
        problems=_lines(view.problems),
        seen=seen(tender.folder.path / PURCHASE),
        save_to=f"{here}/save",
        here=here,
        may_save=visit.may(Role.OFFICER),
    )
    status = 422 if wrong and status == 200 else status  # noqa: PLR2004
    title = words["award.heading"]
    return Page("award", title, shown, tender.folder.name, status=status, wrong=wrong)


def _view(tender: Opened, stated: StatedLimits, text: str) -> tuple[AwardView, tuple[Problem, ...]]:
    """Return the award view, and what is wrong with limits that are looked at."""
    if text == stated.text:
        return tender.once("award", lambda: _award(tender)), ()
    takes_long(len(tender.ids) * SECONDS_EACH)
    made = suppose_award(tender.case, text)
    return made.view, made.problems


def _award(tender: Opened) -> AwardView:
    takes_long(len(tender.ids) * SECONDS_EACH)
    return award_in(tender.case)


def _wrong(text: str, problem: Problem) -> Wrong:
    hint = f" ({problem.hint})" if problem.hint else ""
    return Wrong(limit_at(text, problem) or "", f"{problem.message}{hint}")


def _boxes(
    words: Mapping[str, str], view: AwardView, wanted: Mapping[str, str]
) -> Iterator[LimitBox]:
    currency = view.explained.currency or ""
    for name in LIMITS:
        hint = ""
        if name in {"budget", "max_price"}:
            hint = currency
        elif name.startswith(SHARES):
            hint = words["web_award.share_hint"]
        yield LimitBox(
            name=name,
            label=_label(words, name),
            value=wanted.get(name, ""),
            hint=hint,
            options=tuple(_options(words, name)),
        )


def _label(words: Mapping[str, str], name: str) -> str:
    kind, _, one = name.partition("_")
    if kind == "weight":
        return f"{words['award.limit.weights']}: {words[f'award.weight.{one}']}"
    return words.get(f"web_award.limit_{name}") or words[f"award.limit.{name}"]


def _options(words: Mapping[str, str], name: str) -> Iterator[tuple[str, str]]:
    if name == "min_grade":
        yield from ((grade, grade) for grade in GRADES)
    for one in CHOICES.get(name, ()):
        yield one, words.get(f"award.{name}.{one}") or words[f"web_award.{name}_{one}"]


def _sets(explained: AwardExplanation, here: str) -> Iterator[SetLink]:
    decide = f"{here.removesuffix('/award')}/decision/edit?set="
    for name, one in sets_of(explained):
        yield SetLink(name=name, title=one.title, words=one.words, to=f"{decide}{name}")


def _lines(problems: tuple[Problem, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((str(one.place), one.message, one.hint or "") for one in problems)


def _save(visit: Visit) -> Page | Redirect:
    """Write the limits that were looked at into purchase.yaml; a second time changes nothing."""
    tender = opened(visit)
    path = tender.folder.path / PURCHASE
    stated = stated_limits(tender.folder.path)
    wanted = dict(stated.limits)
    sent = {name: value.strip() for name, value in visit.form if name in LIMITS}
    wanted |= sent
    text = with_limits(stated, wanted)
    to = f"/t/{quote(tender.folder.name)}/award"
    if text == stated.text:
        return Redirect(to, "web_award.saved")
    if any(one.severity is Severity.ERROR for one in suppose_award(tender.case, text).problems):
        return _page(visit, tender, stated, wanted, status=422)
    write_as_seen(visit.workplace, tender.folder, path, text, visit.filled("seen"))
    return Redirect(to, "web_award.saved", details={**sent, "before": visit.filled("seen")})


def _file(visit: Visit) -> Download:
    """Return the award view in a format, the same bytes as the command writes."""
    tender = opened(visit)
    form = visit.asked("format", "xlsx")
    if form not in MEDIA or form not in award_formats():
        raise RefusedError(404, "web.no_page")
    takes_long(len(tender.ids) * SECONDS_EACH)
    view = award(replace(tender.request, command="award"), tender.rulebook)
    made = award_text(view, form)
    data = made.encode() if isinstance(made, str) else made
    return Download(f"{tender.folder.name}-award.{form}", MEDIA[form], data)


ROUTES = (
    Route(GET, "/t/{tender}/award", _show, nav=80, label="web_award.nav"),
    Route(GET, "/t/{tender}/award/file", _file),
    Route(
        POST, "/t/{tender}/award/save", _save,
        roles=frozenset({Role.OFFICER}), act="award_limits",
    ),
)  # fmt: skip
