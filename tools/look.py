"""Picture every report as its reader sees it: `make look`.

Each HTML page in reports/ is drawn at the width of a screen and of a telephone, and each PDF page by page, into
reports/pictures/. Faults that a picture hides are told in words and make the exit status 1: a page wider than its
window, one that asks for anything outside itself or logs an error, one that axe-core finds fault with or that cannot
be used by keyboard.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import websocket
from page_checks import not_accessible, not_by_keyboard, too_wide

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "reports"
PICTURES = REPORTS / "pictures"
WIDTHS = (1280, 390)
SLICE = 1800  # pixels of page height in one picture; taller ones are shrunk by viewers until nothing can be read
PDF_DPI = 90


class Page:
    """One tab of a headless Chromium, spoken to in its own protocol."""

    def __init__(self, address: str) -> None:
        self.socket = websocket.create_connection(address, suppress_origin=True, timeout=60)
        self.number = 0
        self.requests: list[str] = []
        self.errors: list[str] = []
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: object) -> dict:
        """Return the answer to one command; what the tab reports meanwhile is noted."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while (message := self._next()).get("id") != self.number:
            pass
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']['message']}")
        return message["result"]

    def open(self, path: Path, width: int) -> None:
        """Load a file in a window of `width` pixels and wait until it is there."""
        self.requests.clear()
        self.errors.clear()
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        self.call("Page.navigate", url=path.as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def asked_outside(self, path: Path) -> list[str]:
        """Return the addresses that the open page asked for beside its own."""
        return [url for url in self.requests if url != path.as_uri() and not url.startswith(("data:", "blob:"))]

    def _next(self) -> dict:
        message = json.loads(self.socket.recv())
        method, told = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            self.errors.append(told["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.errors.append(told["exceptionDetails"]["text"])
        return message


@contextmanager
def chromium() -> Iterator[Page]:
    """Start a headless Chromium that can reach no host, and yield one tab of it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.exit("No Chromium was found; `make look` installs it on Debian.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0"]
        unreachable = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
        process = subprocess.Popen(
            [program, *options, unreachable, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield Page(_tab_address(Path(profile)))
        finally:
            process.terminate()
            process.wait()


def _tab_address(profile: Path) -> str:
    """Return the address of a new tab, once Chromium has written down its port."""
    note = profile / "DevToolsActivePort"
    for _ in range(300):
        if note.exists() and len(lines := note.read_text().split()) == 2:
            break
        time.sleep(0.1)
    else:
        sys.exit("Chromium did not start within 30 seconds.")
    host = f"ws://127.0.0.1:{lines[0]}/devtools"
    browser = websocket.create_connection(f"{host}/{lines[1].removeprefix('/devtools/')}", suppress_origin=True)
    browser.send(json.dumps({"id": 1, "method": "Target.createTarget", "params": {"url": "about:blank"}}))
    while (answer := json.loads(browser.recv())).get("id") != 1:
        pass
    return f"{host}/page/{answer['result']['targetId']}"


def picture_html(page: Page, path: Path, folder: Path) -> list[str]:
    """Draw one HTML file at each width into `folder`; return its faults."""
    faults = []
    for width in WIDTHS:
        page.open(path, width)
        _screenshots(page, width, folder / f"{path.stem}-{width}")
        found = [*too_wide(page), *not_accessible(page), *not_by_keyboard(page)]
        faults.extend(f"at {width} px {fault}" for fault in found)
        faults.extend(f"it asks for {url}" for url in page.asked_outside(path))
        faults.extend(f"it logs: {error}" for error in page.errors)
    return faults


def _screenshots(page: Page, width: int, stem: Path) -> None:
    height = page.call("Page.getLayoutMetrics")["cssContentSize"]["height"]
    for number, top in enumerate(range(0, int(height), SLICE), start=1):
        clip = {"x": 0, "y": top, "width": width, "height": min(SLICE, height - top), "scale": 1}
        shot = page.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        stem.with_name(f"{stem.name}-{number:02}.png").write_bytes(base64.b64decode(shot["data"]))


def picture_pdf(path: Path, folder: Path) -> None:
    """Draw every page of one PDF into `folder`."""
    subprocess.run(["pdftoppm", "-r", str(PDF_DPI), "-png", path, folder / f"{path.stem}-page"], check=True)


def picture(page: Page, path: Path) -> list[str]:
    """Draw one report into its folder of pictures; return its faults."""
    folder = PICTURES / path.relative_to(REPORTS).parent
    folder.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".html":
        return picture_html(page, path, folder)
    picture_pdf(path, folder)
    return []


def main() -> int:
    """Picture everything in reports/ and print what to look at; 1 if a fault was found."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    reports = sorted([*REPORTS.rglob("*.html"), *REPORTS.rglob("*.pdf")])
    if not reports:
        print("There is no report yet; `make report` makes one.")
        return 1
    status = 0
    with chromium() as page:
        for path in reports:
            faults = list(dict.fromkeys(picture(page, path)))
            status = status or int(bool(faults))
            print(os.path.relpath(path, ROOT), "; ".join(faults) or "ok", sep=": ")
    print(f"{len(list(PICTURES.rglob('*.png')))} pictures in {os.path.relpath(PICTURES, ROOT)}")
    return status


if __name__ == "__main__":
    sys.exit(main())
