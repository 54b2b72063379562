"""A served folder as a test sees it: a browser without a screen, forms filled in as they stand."""

import re
import shutil
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from starlette.testclient import TestClient

from offsetcheck.ground.bundled import bundled
from offsetcheck.web.app import Door, app_of
from offsetcheck.web.door.token import StartToken
from offsetcheck.web.visit import Workplace

TODAY = date(2026, 9, 30)
LANGUAGES = ("en", "es", "fi", "nl", "sv")
HOST = "http://127.0.0.1"
LEAVE = "/leave"


class _Forms(HTMLParser):
    """Reads the forms of a page as a browser would send them."""

    def __init__(self):
        super().__init__()
        self.forms, self._select, self._area = [], None, None

    def handle_starttag(self, tag, attrs):
        have = dict(attrs)
        if tag == "form":
            self.forms.append(Form(have.get("action") or "", (have.get("method") or "get").lower()))
        elif not self.forms:
            return
        elif tag == "input":
            kind, name = have.get("type", "text"), have.get("name")
            if name and kind not in {"file", "submit"}:
                on = kind not in {"checkbox", "radio"} or "checked" in have
                if on:
                    self.forms[-1].fields.append((name, have.get("value", "on")))
                self.forms[-1].names.add(name)
            elif name:
                self.forms[-1].names.add(name)
        elif tag == "select":
            self._select = [have.get("name"), None]
        elif tag == "option" and self._select is not None:
            value = have.get("value", "")
            if self._select[1] is None or "selected" in have:
                self._select[1] = value
        elif tag == "textarea":
            self._area = [have.get("name"), ""]
        elif tag == "button" and have.get("name"):
            self.forms[-1].buttons.append((have["name"], have.get("value", "")))

    def handle_data(self, data):
        if self._area is not None:
            self._area[1] += data

    def handle_endtag(self, tag):
        if tag == "select" and self._select is not None:
            name, value = self._select
            self.forms[-1].names.add(name)
            if value is not None:
                self.forms[-1].fields.append((name, value))
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self.forms[-1].names.add(self._area[0])
            self.forms[-1].fields.append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None


@dataclass
class Form:
    action: str
    method: str
    fields: list = field(default_factory=list)
    names: set = field(default_factory=set)
    buttons: list = field(default_factory=list)


@dataclass
class Site:
    """A server of one folder, and a browser that has been let in."""

    folder: Path
    door: Door
    browser: TestClient

    def get(self, path, **more):
        return self.browser.get(path, **more)

    def text(self, path, status=200):
        """Return the page of an address, which must have a status."""
        answer = self.get(path)
        assert answer.status_code == status, (answer.status_code, _text(answer.text)[-800:])
        return answer.text

    def forms(self, path):
        return forms_in(self.text(path))

    def send(self, path, filled=(), *, form=None, files=None, at=None):
        """Fill in a form of a page as it stands, with some fields otherwise, and send it.

        `form` is a field's name that tells which form, where there are several; `at` its action.
        """
        every = _read(self.text(path)) if at == LEAVE else self.forms(path)
        known = [one for one in every if one.method == "post"]
        known = [one for one in known if form is None or form in one.names]
        known = [one for one in known if at is None or one.action == at]
        assert known, f"no such form on {path}"
        chosen = known[0]
        changed = dict(filled)
        data = {}
        for name, value in chosen.fields:
            if name not in changed:
                data.setdefault(name, []).append(value)
        data |= {name: value for name, value in changed.items() if value is not None}
        return self.browser.post(chosen.action or path, data=data, files=files)


def forms_in(page):
    """Return the forms of a page, but for the one by which one leaves."""
    return [one for one in _read(page) if one.action != LEAVE]


def _read(page):
    reader = _Forms()
    reader.feed(page)
    return reader.forms


def _text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def text_of(page):
    """Return the words of a page, without marks."""
    return _text(page)


def site_of(folder, pool, *samples, **door):
    """Return a served folder that holds copies of some sample tenders."""
    for name in samples:
        shutil.copytree(bundled("samples") / name, folder / name)
    made = Door(
        Workplace(folder), pool, LANGUAGES,
        token=StartToken(), today=lambda: TODAY, **door,
    )  # fmt: skip
    browser = TestClient(app_of(made), base_url=HOST)
    entered = browser.get(f"/start?token={made.token.value}", follow_redirects=False)
    assert entered.status_code == 303
    return Site(folder, made, browser)
