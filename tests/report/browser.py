"""Pages opened in a headless browser without a driver: many in one start, each in a frame.

A page that runs nothing by itself is looked at by a runner beside it, which writes what it found
into its own document as JSON; the browser prints that document.
"""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

from pypdf import PdfReader

BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pdf-header-footer",
]
START = '<pre id="found">'
# Frames of one folder may look into each other only where the browser is told so.
RUNNER = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>runner</title></head>
<body><script>{script}</script><script>
const pages = {pages};
const frame = document.createElement("iframe");
frame.width = {width}; frame.height = {height};
document.body.append(frame);
const found = {{}};
const look = {look};
const load = name => new Promise(done => {{ frame.onload = done; frame.srcdoc = pages[name]; }});
(async () => {{
  for (const name of Object.keys(pages)) {{
    await load(name);
    try {{ found[name] = await look(frame.contentWindow, frame.contentDocument); }}
    catch (error) {{ found[name] = {{ error: String(error) }}; }}
  }}
  const out = document.createElement("pre");
  out.id = "found"; out.textContent = JSON.stringify(found); document.body.replaceChildren(out);
}})();
</script></body></html>"""


def without_policy(page: str) -> str:
    """Return a page that lets a test run scripts of its own in it."""
    return re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)


def dumped(address: str, folder: Path) -> str:
    """Return the document of an address as it stands once its scripts have run."""
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder}/browser"]
    command += ["--virtual-time-budget=60000", "--dump-dom", address]
    done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    return done.stdout.decode("utf-8")


def looked_at(
    pages: dict[str, str],
    look: str,
    folder: Path,
    *,
    script: str = "",
    width: int,
    height: int = 900,
) -> dict:
    """Return what a function of window and document says of each page, by name."""
    told = json.dumps(pages).replace("</", "<\\/")
    source = folder / "runner.html"
    text = RUNNER.format(script=script, pages=told, look=look, width=width, height=height)
    source.write_text(text, encoding="utf-8")
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder}/browser"]
    command += ["--virtual-time-budget=600000", "--dump-dom", source.as_uri()]
    done = subprocess.run(command, check=True, capture_output=True, timeout=240)
    dumped = done.stdout.decode("utf-8")
    assert START in dumped, "the runner came to no end"
    return json.loads(html.unescape(dumped.partition(START)[2].partition("</pre>")[0]))


def printed_together(pages: list[str], folder: Path) -> list[str]:
    """Return the text of each sheet that pages of one style are printed on, in one start.

    Each page begins on a sheet of its own; the running foot is that of the first.
    """
    style = re.search(r"<style>.*?</style>", pages[0], re.DOTALL)[0]
    bodies = (re.search(r"<body>(.*)</body>", page, re.DOTALL)[1] for page in pages)
    head = f"<!doctype html><html lang=en><head><meta charset=utf-8>{style}</head><body>"
    parts = (f'<div style="break-before: page">{body}</div>' for body in bodies)
    source, target = folder / "together.html", folder / "together.pdf"
    source.write_text(head + "".join(parts), encoding="utf-8")
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder}/browser"]
    command += [f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [sheet.extract_text() for sheet in PdfReader(target).pages]
