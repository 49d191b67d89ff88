"""How fast the reading room answers: `python bench/speed/web.py [STORE] [--writer] [--paint]`.

Makes a store of 20,000 invented articles when none is given, serves it in a process of its own, and lets 20 readers
ask for pages without a pause in between. Times are the client's, from sending a request to having its last byte, so
they include waiting for the other 19. --writer: a run adds parts meanwhile. --paint: first paint in Chromium.
Exit status 1 when a page's median passes 300 ms or its 99th percentile 1 s.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent))
import make_store

MEDIAN_MS, P99_MS, PAINT_MS = 300.0, 1000.0, 1000.0
Found = dict[str, list[float]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def addresses(port: int) -> dict[str, list[str]]:
    """Addresses of every kind of page, taken from the room itself."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    rows = lambda path: json.loads(ask(connection, path)[1])["rows"]  # noqa: E731
    articles = [a["id"] for p in (1, 37, 200) for a in rows(f"/api/v1/articles?size=100&page={p}")]
    reports = rows("/api/v1/reports?size=300&page=5")
    actors = [a["id"] for a in rows("/api/v1/actors?size=300")]
    sources = [s["id"] for s in rows("/api/v1/sources?size=200")]
    publishers = sorted({a["publisher"] for a in rows("/api/v1/articles?size=300")})
    words = sorted({word.strip(".,") for r in reports for word in r["words"].split() if len(word) > 4})
    codes = sorted({r["country"] for r in reports if r["country"]})
    q = lambda value: quote(value, safe="")  # noqa: E731
    return {
        "front": [f"/?page={n}" for n in (1, 2, 3, 150, 400)],
        "article": [f"/article/{a}" for a in articles],
        "report": [f"/report/{r['id']}" for r in reports],
        "reports": [f"/reports?type={t}&page={n}" for t in ("", "AID", "ASSAULT", "CONSULT") for n in (1, 2, 40)],
        "reports, facets": [f"/reports?publisher={q(p)}&status=future&since=2010" for p in publishers],
        "actors": [f"/actors?page={n}" for n in range(1, 9)],
        "actor": [f"/actor/{q(a)}" for a in actors],
        "dyad": [f"/dyad?a={q(a)}&b={q(b)}" for a, b in zip(actors, actors[1:60], strict=False)],
        "sources": [f"/sources?page={n}" for n in range(1, 9)],
        "source": [f"/source?id={q(s)}" for s in sources],
        "timeline": ["/timeline", *(f"/timeline?party={q(a)}" for a in actors[:100])],
        "map": ["/map", *(f"/map?party={q(a)}" for a in actors[:100])],
        "network": ["/network", *(f"/network?country={c}" for c in codes)],
        "search": [f"/search?q={q(w)}" for w in words] + [f"/search?country={c}" for c in codes],
        "search, articles": [f"/search?what=articles&q={q(w)}" for w in words],
        "failures": ["/failures"],
        "api": [f"/api/v1/reports?party={q(a)}" for a in actors] + [f"/api/v1/articles/{a}" for a in articles],
    }


def read(port: int, seconds: float, seed: int, pages: dict[str, list[str]], out: multiprocessing.Queue[Found]) -> None:
    """One process of ten readers; each asks for the next page as soon as it has the last."""
    found: Found = defaultdict(list)
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def reader(number: int) -> None:
        chance = random.Random(seed * 100 + number)
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < end:
            kind = chance.choice(list(pages))
            started = time.perf_counter()
            status, body = ask(connection, chance.choice(pages[kind]))
            took = 1000 * (time.perf_counter() - started)
            with lock:
                found[kind if status == 200 and body else f"{kind}: status {status}"].append(took)

    readers = [threading.Thread(target=reader, args=(n,)) for n in range(10)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    out.put(dict(found))


def measure(port: int, seconds: float, seed: int) -> Found:
    pages = addresses(port)
    out: multiprocessing.Queue[Found] = multiprocessing.Queue()
    crowd = [multiprocessing.Process(target=read, args=(port, seconds, seed + n, pages, out)) for n in range(2)]
    for process in crowd:
        process.start()
    found: Found = defaultdict(list)
    for _ in crowd:
        for kind, times in out.get().items():
            found[kind] += times
    for process in crowd:
        process.join()
    return found


def show(found: Found) -> bool:
    """Print the table; True when every page keeps within bounds."""
    fine = True
    print(f"{'page':<20}{'asked':>8}{'median ms':>11}{'p99 ms':>9}{'max ms':>9}")
    for kind, times in sorted(found.items()):
        ordered = sorted(times)
        median, p99 = statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        good = median < MEDIAN_MS and p99 < P99_MS and "status" not in kind
        fine = fine and good
        print(f"{kind:<20}{len(times):>8}{median:>11.0f}{p99:>9.0f}{ordered[-1]:>9.0f}{'' if good else '  !'}")
    return fine


def write_alongside(folder: Path, stop: threading.Event) -> None:
    """Add a part of 200 articles every few seconds, as a run does."""
    world = make_store.World(99)
    number = 1_000_000
    while not stop.wait(4):
        block = [make_store.coded_article(world, n) for n in range(number, number + 200)]
        make_store.append_line(folder, make_store.write_part(folder, make_store.digest("bench writer", number), block))
        number += 200


def paint(port: int) -> bool:
    """First contentful paint of a few pages in Chromium, a fresh browser each; True when all are in time."""
    from playwright.sync_api import sync_playwright

    fine = True
    pages = addresses(port)
    with sync_playwright() as play:
        for kind in ("front", "article", "map", "search"):
            browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{port}{pages[kind][0]}")
            entry = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
            while (took := page.evaluate(entry)) is None:
                time.sleep(0.05)
            fine = fine and took < PAINT_MS
            print(f"first paint {kind:<12}{took:>7.0f} ms")
            browser.close()
    return fine


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--writer", action="store_true")
    parser.add_argument("--paint", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.store or Path(scratch) / "store"
        if given.store is None:
            make_store.make(folder, given.articles, given.seed)
        port = free_port()
        server = subprocess.Popen([sys.executable, "-c", "from masudi.cli import main; main()", "serve", str(folder), "--port", str(port)])
        try:
            wait_for(port)
            return run(given, folder, port)
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int) -> None:
    while True:
        try:
            ask(http.client.HTTPConnection("127.0.0.1", port), "/")
            return
        except ConnectionRefusedError:
            time.sleep(0.5)


def run(given: argparse.Namespace, folder: Path, port: int) -> int:
    if given.paint:
        return 0 if paint(port) else 1
    stop = threading.Event()
    writer = threading.Thread(target=write_alongside, args=(folder, stop))
    if given.writer:
        writer.start()
    print(f"20 readers for {given.seconds:g} s" + (", a writer alongside" if given.writer else ""))
    fine = show(measure(port, given.seconds, given.seed))
    stop.set()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
