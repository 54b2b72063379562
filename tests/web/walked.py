"""A real server on loopback and a real browser, for what only both together show."""

import json
import re
import shutil
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from offsetcheck.ground.bundled import bundled
from offsetcheck.web.serve import for_many, on_this_machine, ready, server_of
from report.browser import BROWSER, FLAGS
from web.site import TODAY

ROOT = Path(__file__).parents[2]
AXE = next(
    (f for f in (Path(sys.prefix) / "axe.min.js", ROOT / ".venv" / "axe.min.js") if f.exists()),
    None,
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REVIEWED = {"color-contrast"}  # text over a fill: the pairs are computed in test_accessible
SECONDS = 30_000


@contextmanager
def served(folder, *samples, rules=None):
    """Serve a folder with copies of sample tenders; give the address that lets a browser in."""
    for name in samples:
        if not (folder / name).exists():
            shutil.copytree(bundled("samples") / name, folder / name)
    with _running(on_this_machine(folder, rules, 0, 1)) as address:
        yield address


@contextmanager
def served_to_many(folder, settings):
    """Serve a folder as a city's server does, by a file of settings."""
    with _running(for_many(folder, None, settings)) as address:
        yield address


@contextmanager
def _running(served):
    made = ready(served)
    made.door.today = lambda: TODAY
    server = server_of(made)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [made.socket]})
    thread.start()
    try:
        yield made.address
    finally:
        server.should_exit = True
        thread.join()
        made.door.pool.end()


@dataclass
class Walk:
    """One page of a browser, and everything that it complained of."""

    page: object
    home: str
    told: list = field(default_factory=list)
    outside: list = field(default_factory=list)

    def go(self, path):
        answer = self.page.goto(f"{self.home}{path}", timeout=SECONDS)
        return answer.status

    def text(self):
        return re.sub(r"\s+", " ", self.page.inner_text("body"))

    def axe(self):
        """Return what axe-core finds wrong, and what it cannot decide and nobody has reviewed."""
        source = AXE.read_text("utf-8")
        self.page.evaluate(source)
        told = self.page.evaluate(
            f"""async () => {{ const t = await axe.run(document, {{ runOnly: {json.dumps(TAGS)},
            resultTypes: ["violations", "incomplete"] }});
            const s = l => l.map(r => [r.id, r.nodes.map(n => n.html.slice(0, 200))]);
            return {{ wrong: s(t.violations), open: s(t.incomplete) }}; }}"""
        )
        return told["wrong"], [one for one in told["open"] if one[0] not in REVIEWED]

    def too_wide(self):
        """Return parts that stand out of the window, but for those that scroll by themselves."""
        return self.page.evaluate(
            """() => { const view = document.documentElement;
            const wide = [...document.body.querySelectorAll("*")].filter(e => {
              if (e.closest(".scroll, pre") && !e.matches(".scroll, pre")) return false;
              if (e.closest("caption") || e.closest(".skip") || e.closest(".sr")) return false;
              return e.getBoundingClientRect().right > view.clientWidth + 1; });
            return wide.slice(0, 3).map(e => e.outerHTML.slice(0, 160)); }"""
        )


@contextmanager
def browsing(address, *, script=True, width=1280, language="en-GB"):
    """Give a browser's page that has been let in, under the app's own policy."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=[*FLAGS[1:], "--headless"])
        context = browser.new_context(
            java_script_enabled=script, viewport={"width": width, "height": 900}, locale=language
        )
        page = context.new_page()
        walk = Walk(page, address.split("/start")[0].rstrip("/"))
        page.on("console", lambda said: walk.told.append(said.text))
        page.on("pageerror", lambda said: walk.told.append(str(said)))

        def requested(request):
            if not request.url.startswith((walk.home, "data:", "blob:")):
                walk.outside.append(request.url)

        page.on("request", requested)
        page.goto(address, timeout=SECONDS)
        try:
            yield walk
        finally:
            browser.close()
