"""Take the two pictures of the README from a freshly loaded demonstration: `make screenshots`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import machine  # noqa: E402

PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
PICTURES = ROOT / "docs/pictures"


@contextmanager
def office() -> Iterator[None]:
    """The demonstration, served for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as data:
        command = [str(Path(sys.executable).parent / "gongkai"), "demo", "--serve", "--port", str(PORT)]
        server = subprocess.Popen(command, env={**os.environ, "GONGKAI_DATA": data}, stdout=subprocess.DEVNULL)
        try:
            wait()
            yield
        finally:
            server.terminate()
            server.wait()


def wait() -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(ADDRESS, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    sys.exit("the demonstration did not come up")


def main() -> None:
    from playwright.sync_api import sync_playwright

    from gongkai.demonstration.people import PASSWORD

    if missing := machine.prepare():
        sys.exit(f"This needs {missing}.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with office(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.browser(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="zh-CN")
        page.goto(ADDRESS)
        page.screenshot(path=PICTURES / "portal.png")
        page.goto(f"{ADDRESS}/desk/login/")
        page.fill("input[name=username]", "jingban")
        page.fill("input[name=password]", PASSWORD)
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        page.wait_for_url("**/desk/")
        page.screenshot(path=PICTURES / "desk.png")
        browser.close()
    print("docs/pictures: portal.png, desk.png")


if __name__ == "__main__":
    main()
