"""How a person works a page: by the keys of a keyboard alone, or by a mouse on what is seen."""

import re
from contextlib import suppress
from dataclasses import dataclass, field

from web.walked import SECONDS

TABS = 150
"""How many presses of Tab lead from one thing to the next at most, before a person gives up."""
MAIN = "main"
LOOK = """e => {
  const now = document.activeElement;
  const found = { where: `${now.tagName} ${(now.innerText || now.name || now.id || "").slice(0, 60)}` };
  if (!now || now === document.body) return { ...found, at: "start", seen: false };
  const box = now.getBoundingClientRect(), style = getComputedStyle(now);
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  // Of a day the browser marks the part that has the focus by itself.
  found.seen = now.matches("main, [type=date]") || (now.matches(":focus-visible") && drawn && within && box.width > 0);
  const alike = e.type === "radio" && now.type === "radio" && now.name === e.name && now.form === e.form;
  const before = now.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING;
  return { ...found, at: now === e ? "here" : alike ? "group" : before ? "before" : "after" };
}"""
"""Where the focus is as seen from a thing, and whether a person can see it."""


class LostError(AssertionError):
    """Focus is nowhere, or where it is cannot be seen."""


@dataclass
class Hands:
    """What is common to both: what stands on a page is found by what a person reads of it."""

    page: object
    tabs: dict = field(default_factory=dict)
    tabbed: int = 0

    def thing(self, name, *roles, nth=0, within=MAIN):
        """Return the link, button or other thing of a name, as a page calls it."""
        place = self.page.locator(within)
        found = place.get_by_role(roles[0], name=name, exact=True)
        for role in roles[1:]:
            found = found.or_(place.get_by_role(role, name=name, exact=True))
        return found.nth(nth)

    def labelled(self, label, nth=0):
        """Return the field of a label, of those that can be seen."""
        found = self.page.locator(MAIN).get_by_label(label, exact=True)
        return found.filter(visible=True).nth(nth)

    def go(self, name, *, nth=0, within=MAIN):
        """Follow a link or press a button, and wait for the page that comes."""
        self.to(self.thing(name, "link", "button", nth=nth, within=within))

    def to(self, thing):
        self.reach(thing)
        with self.page.expect_navigation(timeout=SECONDS):
            self.activate(thing)
        self.settle()

    def go_twice(self, name):
        """Press a button twice, as a hurried hand does, and wait for what comes."""
        from playwright.sync_api import Error

        thing = self.thing(name, "button")
        self.reach(thing)
        self.page.evaluate("window.before = true")
        self.twice(thing)
        for _ in range(SECONDS // 100):  # the second press may cut the first one's page off
            self.page.wait_for_timeout(100)
            with suppress(Error):
                if self.page.evaluate("!window.before && document.readyState === 'complete'"):
                    break
        self.page.wait_for_load_state("networkidle")
        self.settle()

    def settle(self):
        """Wait until a long work has ended and its page is there."""
        while "/jobs/" in self.page.url:
            self.page.wait_for_url(lambda url: "/jobs/" not in url, timeout=SECONDS)
        self.page.wait_for_load_state("load")

    def menu(self, name):
        """Follow a link of the navigation."""
        self.go(name, within="header, .of-tender")

    def fetch(self, name, *, nth=0):
        """Download what a link or button gives, and return its bytes."""
        return self.fetched(self.thing(name, "link", "button", nth=nth))

    def fetched(self, thing):
        self.reach(thing)
        with self.page.expect_download(timeout=SECONDS) as coming:
            self.activate(thing)
        return coming.value.path().read_bytes()

    def unfold(self, words):
        """Open a part that is folded, by its heading."""
        summary = self.page.locator("main summary").filter(has_text=words).first
        if summary.evaluate("e => !e.parentElement.open"):
            self.activate(summary)
            assert summary.evaluate("e => e.parentElement.open")

    def hand_in(self, label, *files):
        """Choose files in the window of the system that a field opens."""
        field = self.labelled(label)
        self.reach(field)
        with self.page.expect_file_chooser(timeout=SECONDS) as chooser:
            self.activate(field)
        chooser.value.set_files(files)


class Mouse(Hands):
    """Clicks on what is seen; text is typed."""

    def reach(self, thing):
        """A hand on a mouse is there at once."""

    def activate(self, thing):
        thing.click(timeout=SECONDS)

    def twice(self, thing):
        thing.dblclick(timeout=SECONDS)

    def write(self, label, text, nth=0):
        box = self.labelled(label, nth)
        box.click(click_count=3, timeout=SECONDS)
        if box.evaluate("e => e.tagName === 'TEXTAREA'"):
            self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, label, option, nth=0):
        self.labelled(label, nth).select_option(label=option)

    def tick(self, label, nth=0):
        box = self.labelled(label, nth)
        box.click(timeout=SECONDS)
        assert box.is_checked()

    pick = tick


class Keyboard(Hands):
    """Tab, Shift and Tab, Enter, Space, arrows and text; focus is looked at after each key."""

    def key(self, key):
        self.page.keyboard.press(key)

    def look(self, thing):
        """Return where the focus is, seen from a thing; raises LostError where nobody can see it."""
        found = thing.evaluate(LOOK)
        if not found["seen"] and found["at"] != "start":
            raise LostError(f"{found} on {self.page.url}")
        return found["at"]

    def reach(self, thing):
        """Press Tab until something has the focus; first past the navigation, as a person does."""
        thing.wait_for(state="attached", timeout=SECONDS)
        count, at = 0, self.look(thing)
        if at == "start" and thing.evaluate("e => !!e.closest('main')"):
            self.key("Tab")
            assert self.page.evaluate("document.activeElement.className") == "skip"
            self.key("Enter")
            count, at = 2, self.look(thing)
        while at not in {"here", "group"}:
            self.key("Shift+Tab" if at == "before" else "Tab")
            count, at = count + 1, self.look(thing)
            if count > TABS or at == "start":
                raise LostError(f"{count} presses of Tab do not lead to {thing} on {self.page.url}")
        self.tabbed += count
        where = re.sub(r".*/t/[^/]*|[?#].*", "", self.page.url)
        self.tabs[where] = max(self.tabs.get(where, 0), count)
        return at

    def activate(self, thing):
        self.reach(thing)
        opens = thing.evaluate("e => e.type === 'file' || e.type === 'checkbox'")
        self.key("Space" if opens else "Enter")

    def twice(self, thing):
        self.key("Enter")
        self.key("Enter")

    def write(self, label, text, nth=0):
        self.reach(self.labelled(label, nth))
        self.key("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, label, option, nth=0):
        """Choose of a list by the first letters of its words, then by its arrows."""
        box = self.labelled(label, nth)
        self.reach(box)
        self.page.keyboard.type(option[:12])
        now, then = box.evaluate(
            """(e, said) => [e.selectedIndex,
            [...e.options].findIndex(o => o.text.trim() === said)]""",
            option,
        )
        assert then >= 0, f"{option} is none of {label}"
        for _ in range(abs(then - now)):
            self.key("ArrowDown" if then > now else "ArrowUp")
        assert self.look(self.labelled(label, nth)) == "here"
        chosen = self.labelled(label, nth).evaluate("e => e.selectedOptions[0].text.trim()")
        assert chosen == option, (label, chosen, option)

    def tick(self, label, nth=0):
        box = self.labelled(label, nth)
        self.reach(box)
        self.key("Space")
        assert box.is_checked()

    def pick(self, label, nth=0):
        """Choose one of several by the arrows."""
        box = self.labelled(label, nth)
        if self.reach(box) == "here" and not box.is_checked():
            self.key("Space")
        for _ in range(20):
            if box.is_checked():
                break
            self.key("ArrowDown")
        assert box.is_checked()
