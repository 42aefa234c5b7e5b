"""Our lanes beside vis-timeline: time to paint, to zoom and to pan, in headless Chromium.

    .venv/bin/python bench/lanes.py [EVENTS ...]

The same invented events in nine lanes, a quarter of them uncertain by weeks. vis-timeline comes by
npm into a folder that is thrown away. Milliseconds in the page's own clock, median of five pages;
"painted" ends with the second animation frame after the picture was asked for, "zoom" and "pan" are
of one step, painted. `--disable-gpu`, as in the tests; other work on the machine makes all slower.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, Route, sync_playwright

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "src/candour/ui/static"
LANES, DAYS, PAGES = 9, 3_650, 5
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
ADDRESS = "http://bench.test/"


def invented(count: int) -> dict[str, object]:
    dice = Random(count)
    events = []
    for number in range(1, count + 1):
        day = dice.randrange(DAYS)
        wide = dice.randrange(10, 60) if dice.randrange(4) == 0 else 0
        events.append([dice.randrange(LANES), day, day + wide, number, number, number])
    lanes = [{"name": f"Agency {at}", "colour": at + 1} for at in range(LANES)]
    return {"day0": "2008-01-01", "lanes": lanes, "events": events}


def rival(folder: Path) -> Path:
    npm = shutil.which("npm") or "npm"
    subprocess.run([npm, "install", "--silent", "--prefix", folder, "vis-timeline"], check=True)
    return folder / "node_modules/vis-timeline/standalone/umd/vis-timeline-graph2d.min.js"


def times_of(browser: Browser, script: Path, call: str, data: dict[str, object]) -> list[float]:
    """One new page: milliseconds to paint, to zoom and to pan."""
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.set_default_timeout(180_000)
    needed = "" if call.startswith("ours") else "<script src=/vis.js></script>"
    blank = f"<canvas></canvas><div id=theirs></div>{needed}"
    files = {"lanes.js": STATIC / "lanes.js", "bench.js": ROOT / "bench/lanes.js", "vis.js": script}
    for name, path in files.items():
        page.route(f"**/{name}", partial(_serve, path))
    page.route(ADDRESS, lambda route: route.fulfill(body=blank, content_type="text/html"))
    page.goto(ADDRESS)
    found = page.evaluate(f"async (data) => (await import('/bench.js')).{call}", data)
    page.close()
    return found


def _serve(path: Path, route: Route) -> None:
    route.fulfill(path=str(path))


def main(counts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = rival(Path(folder))
        version = json.loads((script.parents[2] / "package.json").read_text())["version"]
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        print(f"{'':44}{'painted':>9}{'zoom':>9}{'pan':>9}  milliseconds")
        for count in counts:
            for name, call in {
                "Candour's lanes": "ours(data)",
                f"vis-timeline {version}, stacked": "theirs(data, true)",
                f"vis-timeline {version}, not stacked": "theirs(data, false)",
            }.items():
                runs = [times_of(browser, script, call, invented(count)) for _ in range(PAGES)]
                medians = map(statistics.median, zip(*runs, strict=True))
                shown = "".join(f"{median:9.0f}" for median in medians)
                print(f"{f'{count} events: {name}':44}{shown}", flush=True)
        browser.close()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [2_000, 8_000])
