"""Time the web app over loopback: the first page, many officers at once, 500 offers, a changed answer.

    python benchmarks/web.py

One server with two processes serves copies of the sample tenders and one of 500 offers (those of a
sample, repeated under other ids). Twenty officers, each in a thread, ask for ten pages one after the
other, without a pause and with three seconds to read each. Printed are the middle, the 95th hundredth and the longest of what they waited, in seconds.
"""

import csv
import shutil
import statistics
import sys
import tempfile
import threading
from datetime import date
from pathlib import Path
from time import perf_counter, sleep

import httpx2

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 9, 30)
OFFICERS, OFFERS = 20, 500
PAUSES = (0, 3)  # seconds for which an officer looks at a page
PAGES = (
    "/", "/t/turku", "/t/turku/verdicts", "/t/turku/offer/VCS902", "/t/bogota/verdicts", "/rules",
    "/t/turku/purchase", "/t/turku/award", "/t/melbourne/verdicts", "/t/turku/letters",
)  # fmt: skip


def many_offers(folder: Path) -> None:
    """Write a tender of 500 offers: a sample's, repeated under other ids."""
    shutil.copytree(ROOT / "samples" / "turku", folder)
    with (folder / "offers.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    head = next(at for at, row in enumerate(rows) if "programme" in row)
    place, bids = rows[head].index("id"), rows[head + 1 :]
    with (folder / "offers.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerows(rows[: head + 1])
        for number in range(OFFERS):
            row = list(bids[number % len(bids)])
            row[place] = f"{row[place]}-{number}"
            out.writerow(row)


def waited(client: httpx2.Client, path: str) -> float:
    """Return how long a page took, in seconds; a page that is no page ends the run."""
    begun = perf_counter()
    answer = client.get(path)
    took = perf_counter() - begun
    if answer.status_code != 200:
        sys.exit(f"{path}: {answer.status_code}")
    return took


def at_once(home: str, address: str, pause: float) -> list[float]:
    """Return what many officers waited who look at each page for a while."""
    times: list[float] = []

    def officer(first: int) -> None:
        own = httpx2.Client(base_url=home, follow_redirects=True, timeout=120)
        own.get(address)
        for at in range(len(PAGES)):
            times.append(waited(own, PAGES[(first + at) % len(PAGES)]))
            sleep(pause)

    officers = [threading.Thread(target=officer, args=(one,)) for one in range(OFFICERS)]
    for one in officers:
        one.start()
    for one in officers:
        one.join()
    return times


def told(what: str, seconds: list[float]) -> None:
    """Print the middle, the 95th hundredth and the longest of some times."""
    high = statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    middle = statistics.median(seconds)
    print(f"{what:44} {len(seconds):4} {middle:8.3f} {high:8.3f} {max(seconds):8.3f}")


def main() -> None:
    from offsetcheck.web.serve import on_this_machine, ready, server_of

    folder = Path(tempfile.mkdtemp())
    for name in ("turku", "bogota", "melbourne"):
        shutil.copytree(ROOT / "samples" / name, folder / name)
    many_offers(folder / "many")
    made = ready(on_this_machine(folder, None, 0, 2))
    made.door.today = lambda: DAY
    server = server_of(made)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [made.socket]})
    begun = perf_counter()
    thread.start()
    made.door.pool.warm()
    home = made.address.split("/start")[0]
    client = httpx2.Client(base_url=home, follow_redirects=True, timeout=120)
    print(f"{'seconds':44} {'n':>4} {'middle':>8} {'95 %':>8} {'longest':>8}")
    client.get(made.address)
    told("from the start of the server to the first page", [perf_counter() - begun])
    told("first page again", [waited(client, "/") for _ in range(10)])
    for page in PAGES:
        client.get(page)

    for pause in PAUSES:
        times = at_once(home, made.address, pause)
        told(f"{OFFICERS} officers at once, {pause} s on each page", times)

    begun = perf_counter()
    client.get("/t/many/verdicts")
    while "progress" in client.get("/t/many/verdicts").text:
        sleep(0.5)
    told(f"{OFFERS} offers judged the first time", [perf_counter() - begun])
    told(f"{OFFERS} offers listed", [waited(client, "/t/many/verdicts") for _ in range(10)])
    found = "/t/many/verdicts?verdict=not_eligible&sort=price"
    told(f"{OFFERS} offers filtered", [waited(client, found) for _ in range(10)])
    what_if = "/t/turku/what-if?offer=VCS902&field=price&value="
    told("what if", [waited(client, f"{what_if}{price}") for price in range(5, 15)])
    server.should_exit = True
    thread.join()
    made.door.pool.end()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
