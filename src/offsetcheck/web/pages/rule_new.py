"""A new rule: a draft by the scaffold, or as a copy of another, to be edited then."""

from offsetcheck.api.rulebook_pages import PageKind
from offsetcheck.api.samples import copy_rules
from offsetcheck.api.scaffold import new_rule
from offsetcheck.vocabulary.problem import OutputError, RequestError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.edits import ABSENT, COMMAND
from offsetcheck.web.routes import Route
from offsetcheck.web.rules.addresses import address
from offsetcheck.web.rules.closed import closed
from offsetcheck.web.rules.editing import bench_of, may_copy, writable, writing
from offsetcheck.web.rules.known import known_pages
from offsetcheck.web.rules.sent import sentence
from offsetcheck.web.visit import GET, POST, Page, Redirect, RefusedError, Role, Shown, Visit, Wrong

AUTHORS = frozenset({Role.AUTHOR})
FIELDS = {"rule": "name", "from": "copy"}


class NewRulePage(Shown):
    """The form of a new rule as it was filled in."""

    dimension: str
    dimensions: tuple[tuple[str, str], ...]
    name: str
    copy_of: str
    rules: tuple[tuple[str, str], ...]


def _form(visit: Visit) -> Page:
    return _page(visit)


def _begin(visit: Visit) -> Page | Redirect:
    bench, words = bench_of(visit), words_of(visit)
    dimension, name = visit.filled("dimension"), visit.filled("name")
    if dimension not in bench.rulebook.guide.dimensions:
        return _page(visit, (Wrong("dimension", words["web_rule_edit.no_dimension"]),))
    rule = f"{dimension}.{name}"
    copy = visit.filled("copy") or None
    try:
        with writing(visit.workplace, bench.folder / dimension / f"{_plain(name)}.yaml", ABSENT):
            begun = new_rule(bench.folder, rule, visit.today, copy, COMMAND)
    except RefusedError:
        return _page(visit, (Wrong("name", words["web_rule_edit.taken"]),))
    except (RequestError, OutputError) as error:
        field = FIELDS.get(error.problems[0].place.file, "name")
        return _page(visit, (Wrong(field, sentence(error)),))
    return Redirect(
        f"{address(PageKind.RULE, rule)}/edit",
        said="web_rule_edit.begun",
        values={"code": begun.code or ""},
        details={"rule": rule, "copy_of": copy or "", "code": begun.code or ""},
    )


def _copy(visit: Visit) -> Redirect:
    """Copy the installed rules beside the tenders; from then on they decide here."""
    if not may_copy(visit.workplace):
        raise RefusedError(403, "web_rule_edit.closed")
    copy_rules(visit.workplace.own_rules)
    return Redirect("/rules", said="web_rule_edit.closed_begun", details={"rules": "rules"})


def _plain(name: str) -> str:
    """Return a name as part of a path that leads nowhere else; a wrong one is refused later."""
    return "".join(c if c.isalnum() or c == "_" else "-" for c in name)[:100]


def _page(visit: Visit, wrong: tuple[Wrong, ...] = ()) -> Page:
    if writable(visit.workplace) is None:
        return closed(visit, "/rules")
    pages, words = known_pages(visit), words_of(visit)
    shown = NewRulePage(
        dimension=visit.filled("dimension"),
        dimensions=tuple((one.id, one.title) for one in pages.site.dimensions),
        name=visit.filled("name"),
        copy_of=visit.filled("copy"),
        rules=tuple((name, f"{title} ({name})") for name, title in pages.titles.items()),
    )
    status = 422 if wrong else 200
    return Page("rule_new", words["web_rule_edit.new"], shown, status=status, wrong=wrong)


ROUTES = (
    Route(GET, "/rules/new", _form, roles=AUTHORS),
    Route(POST, "/rules/new", _begin, roles=AUTHORS, act="rule.begun"),
    Route(POST, "/rules/own", _copy, roles=AUTHORS, act="rules.copied"),
)
