"""What the city buys: every key of `purchase.yaml` as a form, and the file itself as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from offsetcheck import Rulebook
from offsetcheck.api.purchase import (
    TriedPurchase,
    amended_purchase,
    purchase_fields,
    read_text,
    try_purchase,
)
from offsetcheck.api.web_page import say
from offsetcheck.vocabulary.problem import InputError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.cities import cities_of_tender
from offsetcheck.web.folder.edits import changing, seen, write
from offsetcheck.web.folder.kept import day_of, rulebook_of
from offsetcheck.web.folder.tenders import PURCHASE, TenderFolder, tender_named
from offsetcheck.web.purchase.filled import WAS, FilledPurchase, as_hidden, filled_purchase
from offsetcheck.web.purchase.preview import (
    Preview,
    address_of,
    new_errors,
    preview_of,
    wrong_of,
)
from offsetcheck.web.purchase.shown import Making, Part, Words, parts_of
from offsetcheck.web.purchase.values import Values, content, odd_rows, values_of
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, POST, Answer, Page, Redirect, Role, Shown, Visit, Wrong

TEXT, SEEN = "text", "seen"
CONFLICT, UNREADABLE = 409, 422


class PurchasePage(Shown):
    """The purchase as a form or as text, with what it comes to.

    `was` is what the form shows, carried along; `present` the text of the file where it has changed
    meanwhile. `to` are the addresses of the two ways, of saving and of checking alone.
    """

    is_text: bool
    to: Mapping[str, str]
    preview: Preview
    needed: int = 0
    parts: tuple[Part, ...] = ()
    was: str = ""
    text: str = ""
    seen: str = ""
    present: str | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The purchase of a visit: its folder, its rules and words, and what the file says now."""

    visit: Visit
    tender: TenderFolder
    rulebook: Rulebook
    words: Words
    now: TriedPurchase

    def tried(self, text: str) -> TriedPurchase:
        """Return what another text would say."""
        return _tried(self.visit, self.tender, self.rulebook, text.encode())

    def values(self) -> Values:
        """Return what the file states now."""
        return values_of(self.now.data, self.rulebook.dictionary)

    def parts(self, tried: TriedPurchase, values: Values) -> tuple[Part, ...]:
        """Return the parts of the form for some values."""
        folder, language = self.tender.path, self.visit.language
        start = purchase_fields(
            folder, tried.purchase, self.rulebook, as_of=day_of(self.visit), language=language
        )
        cities = cities_of_tender(folder, self.rulebook, language)
        return parts_of(Making(start, self.rulebook, self.words, values, cities))


def _tried(visit: Visit, tender: TenderFolder, rulebook: Rulebook, data: bytes) -> TriedPurchase:
    day, language = day_of(visit), visit.language
    return try_purchase(tender.path, data, rulebook, as_of=day, language=language)


def _asked(visit: Visit) -> _Asked:
    tender, rulebook = (
        tender_named(visit.workplace, visit.part("tender")),
        rulebook_of(visit.workplace.rules),
    )
    now = _tried(visit, tender, rulebook, read_text(tender.path))
    return _Asked(visit, tender, rulebook, words_of(visit), now)


# The form


def _show(visit: Visit) -> Page:
    asked = _asked(visit)
    if visit.asked("as") == TEXT or not asked.now.is_yaml:
        return _text_page(asked, asked.now.text)
    return _form_page(asked, asked.now, asked.values(), asked.values())


def _form_page(
    asked: _Asked,
    tried: TriedPurchase,
    values: Values,
    was: Values,
    *,
    status: int = 200,
    wrong: tuple[Wrong, ...] = (),
) -> Page:
    parts = asked.parts(tried, values)
    shown = PurchasePage(
        is_text=False,
        to=_addresses(asked.tender),
        preview=preview_of(tried, asked.words),
        needed=sum(one.needed for part in parts for one in part.inputs),
        parts=parts,
        was=as_hidden(was),
    )
    return _page(asked, shown, status, wrong)


def _page(asked: _Asked, shown: PurchasePage, status: int, wrong: tuple[Wrong, ...]) -> Page:
    title = asked.words["web_purchase.title"]
    return Page("purchase", title, shown, asked.tender.name, status, wrong)


def _addresses(tender: TenderFolder) -> Mapping[str, str]:
    own = address_of(tender.name, "purchase")
    return {
        "form": own,
        "check": f"{own}/check",
        "text": f"{own}?as={TEXT}",
        "save_text": f"{own}/text",
        "check_text": f"{own}/text/check",
    }


def _check(visit: Visit) -> Page:
    """Show what a filled form comes to; nothing is written."""
    asked = _asked(visit)
    filled = filled_purchase(visit, asked.rulebook.dictionary)
    values = filled.over(asked.values())
    tried, wrong = _would_be(asked, filled, values)
    return _form_page(asked, tried, values, filled.was, wrong=wrong)


def _would_be(
    asked: _Asked, filled: FilledPurchase, values: Values
) -> tuple[TriedPurchase, tuple[Wrong, ...]]:
    """Return the purchase as a form would make it, and what is wrong with the form."""
    odd = tuple(_odd_row(asked.words, *one) for one in odd_rows(values))
    if odd or not filled.changed:
        return asked.now, odd
    try:
        wanted = content(asked.now.data, filled.changed, asked.rulebook.dictionary)
        tried = asked.tried(amended_purchase(asked.now, wanted))
    except InputError as error:
        return asked.now, tuple(Wrong("", f"{e.message} ({e.hint})") for e in error.problems)
    fresh = new_errors(tried, asked.now)
    return tried, wrong_of(fresh, tried, asked.parts(tried, values)) if fresh else ()


def _odd_row(words: Words, name: str, number: int, twice: bool) -> Wrong:
    key = "row_twice" if twice else "row_unnamed"
    return Wrong(f"{name}.{number}", say(words, f"web_purchase.{key}", row=number + 1))


def _save(visit: Visit) -> Answer:
    tender = tender_named(visit.workplace, visit.part("tender"))
    with changing(visit.workplace, tender):
        asked = _asked(visit)
        filled = filled_purchase(visit, asked.rulebook.dictionary)
        now = asked.values()
        values = filled.over(now)
        overtaken = filled.overtaken(now)
        if overtaken or not asked.now.is_yaml:
            return _overtaken(asked, filled, values, overtaken)
        tried, wrong = _would_be(asked, filled, values)
        if wrong:
            return _form_page(asked, tried, values, filled.was, status=UNREADABLE, wrong=wrong)
        path = tender.path / PURCHASE
        write(path, tried.text if filled.changed else path.read_bytes())
    key = "saved" if filled.was == now else "saved_beside"
    return Redirect(
        address_of(tender.name, "purchase"),
        f"web_purchase.{key}",
        details={"file": PURCHASE, "changed": ", ".join(filled.changed)[:500]},
    )


def _overtaken(
    asked: _Asked, filled: FilledPurchase, values: Values, names: tuple[str, ...]
) -> Page:
    """Show what was typed beside what the file says now; saving again then is on purpose."""
    if not asked.now.is_yaml:
        return _text_page(asked, asked.now.text, status=CONFLICT)
    now = asked.values()
    labels = {one.name: one.label for part in asked.parts(asked.now, now) for one in part.inputs}
    wrong = tuple(
        Wrong(name, say(asked.words, "web_purchase.overtaken", what=labels.get(name, name),
                        now=now.get(name, "") or asked.words["web_purchase.nothing"],
                        typed=filled.changed[name] or asked.words["web_purchase.nothing"]))
        for name in names
    )  # fmt: skip
    return _form_page(asked, asked.now, values, now, status=CONFLICT, wrong=wrong)


# The file as text


def _text_page(
    asked: _Asked,
    text: str,
    *,
    tried: TriedPurchase | None = None,
    status: int = 200,
    wrong: tuple[Wrong, ...] = (),
    present: str | None = None,
    as_seen: str | None = None,
) -> Page:
    shown = PurchasePage(
        is_text=True,
        to=_addresses(asked.tender),
        preview=preview_of(tried or asked.now, asked.words),
        text=text,
        seen=as_seen or seen(asked.tender.path / PURCHASE),
        present=present,
    )
    return _page(asked, shown, status, wrong)


def _typed_text(visit: Visit) -> str:
    said = next((value for name, value in visit.form if name == TEXT), "")
    return said.replace("\r\n", "\n")


def _check_text(visit: Visit) -> Page:
    """Show what a text comes to; nothing is written."""
    asked, text = _asked(visit), _typed_text(visit)
    return _text_page(asked, text, tried=asked.tried(text), as_seen=visit.filled(SEEN))


def _save_text(visit: Visit) -> Answer:
    tender = tender_named(visit.workplace, visit.part("tender"))
    text = _typed_text(visit)
    with changing(visit.workplace, tender):
        asked = _asked(visit)
        tried = asked.tried(text)
        if seen(tender.path / PURCHASE) != visit.filled(SEEN):
            said = (Wrong(TEXT, asked.words["web_purchase.text_overtaken"]),)
            return _text_page(
                asked, text, tried=tried, status=CONFLICT, wrong=said, present=asked.now.text
            )
        fresh = new_errors(tried, asked.now)
        if fresh:
            wrong = tuple(Wrong(TEXT, f"{one.place}: {one.message}") for one in fresh)
            return _text_page(
                asked, text, tried=tried, status=UNREADABLE, wrong=wrong, as_seen=visit.filled(SEEN)
            )
        write(tender.path / PURCHASE, text)
    return Redirect(
        address_of(tender.name, "purchase"), "web_purchase.saved", details={"file": PURCHASE}
    )


OFFICER = frozenset({Role.OFFICER})
OWN = "/t/{tender}/purchase"
ROUTES = (
    Route(GET, OWN, _show, nav=10, label="web_purchase.nav"),
    Route(POST, OWN, _save, roles=OFFICER, act="purchase_changed"),
    Route(POST, f"{OWN}/check", _check, roles=OFFICER),
    Route(POST, f"{OWN}/text", _save_text, roles=OFFICER, act="purchase_changed"),
    Route(POST, f"{OWN}/text/check", _check_text, roles=OFFICER),
)

__all__ = ["ROUTES", "WAS"]
