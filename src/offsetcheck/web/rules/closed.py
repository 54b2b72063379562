"""The page of rules that cannot be edited where they lie: why, and how they can."""

from offsetcheck.web.answered import words_of
from offsetcheck.web.rules.editing import may_copy
from offsetcheck.web.visit import Page, Shown, Visit


class ClosedPage(Shown):
    """Why rules cannot be edited here; `may_copy` where a button makes a copy that can."""

    to: str
    is_pack: bool
    may_copy: bool


def closed(visit: Visit, back: str) -> Page:
    """Return the page that stands in place of an editor; `back` is where it leads to."""
    rules = visit.workplace.rules
    shown = ClosedPage(
        to=back,
        is_pack=rules is not None and not rules.is_dir(),
        may_copy=may_copy(visit.workplace),
    )
    return Page("rule_edit_closed", words_of(visit)["web_rule_edit.closed"], shown)
