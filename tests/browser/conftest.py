"""A real server with the demonstration office, and a real browser."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts import machine
from tests.conftest import ROOT

#: The demonstration must be loaded within this many seconds (budget of the issue: 60), the office served within as many.
PATIENCE = 240
GONGKAI = str(Path(sys.executable).parent / "gongkai")
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Office:
    """A served installation."""

    address: str
    data: Path

    def gongkai(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line on this installation."""
        command = [GONGKAI, *arguments]
        return subprocess.run(command, env=environment_of(self.data), capture_output=True, text=True, check=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    data, port = tmp_path_factory.mktemp("office"), free_port()
    shutil.copytree(demonstration(tmp_path_factory), data, dirs_exist_ok=True)
    log = (data / "server.log").open("w")
    server = subprocess.Popen(
        [GONGKAI, "serve", "--demonstration", "--port", str(port)],
        env=environment_of(data), cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        served = Office(f"http://127.0.0.1:{port}", data)
        wait_for(served, server)
        yield served
    finally:
        server.terminate()
        server.wait(60)
        log.close()


def demonstration(factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demonstration office, to be copied: loading it takes most of a minute of a processor. The
    first worker of this run loads it, the others wait."""
    of_run = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_run = of_run.parent
    place, ready = of_run / "demonstration", of_run / "demonstration-is-loaded"
    with (of_run / "demonstration-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            done = subprocess.run(
                [GONGKAI, "demo"], env=environment_of(place), cwd=ROOT, capture_output=True, text=True, check=False,
                timeout=PATIENCE,
            )  # fmt: skip
            if done.returncode:
                pytest.fail("the demonstration was not loaded:\n" + done.stdout[-2000:] + done.stderr[-2000:])
            ready.touch()
    return place


def environment_of(data: Path) -> dict[str, str]:
    environment = {**os.environ, "GONGKAI_DATA": str(data)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return environment


def wait_for(office: Office, server: subprocess.Popen[bytes]) -> None:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(office.address, timeout=5).read()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail("the office did not come up:\n" + (office.data / "server.log").read_text()[-4000:])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = machine.browser()
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A person at a browser of their own. Everything the pages load is noted."""

    context: Any
    page: Any
    office: Office
    requested: list[str]
    complaints: list[str]

    def go(self, path: str) -> Any:
        return self.page.goto(self.office.address + path)

    def sign_in(self, username: str) -> None:
        from gongkai.demonstration.people import PASSWORD

        self.go("/desk/login/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("form:has(input[name=password]) button[type=submit]").click()
        assert "/login/" not in self.page.url, username

    @property
    def foreign(self) -> list[str]:
        """What was loaded from anywhere else."""
        return [url for url in self.requested if not url.startswith((self.office.address, "data:", "blob:"))]


def arrive(
    chromium: Any,
    office: Office,
    *,
    width: int = 1280,
    javascript: bool = True,
    language: str = "zh-hans",
) -> Visitor:
    """Somebody opens a browser of their own."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=javascript,
        locale="zh-CN",
    )
    if language != "zh-hans":
        context.add_cookies([{"name": "django_language", "value": language, "url": office.address}])
    page = context.new_page()
    one = Visitor(context, page, office, [], [])
    page.on("request", lambda request: one.requested.append(request.url))
    page.on("console", lambda message: one.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: one.complaints.append(str(error)))
    return one


def leave(visitors: Iterable[Visitor]) -> None:
    """They close their browsers, and it is looked at what these had noted."""
    for one in visitors:
        foreign, complaints = one.foreign, one.complaints
        one.context.close()
        assert not foreign, f"loaded from elsewhere: {foreign}"
        assert not complaints, f"the browser complained: {complaints}"


@pytest.fixture
def visitor(chromium: Any, office: Office) -> Iterator[Any]:
    """Makes visitors: `visitor()`, `visitor(width=390)`, `visitor(javascript=False)`, `visitor(language="en")`."""
    made: list[Visitor] = []

    def make(**options: Any) -> Visitor:
        made.append(arrive(chromium, office, **options))
        return made[-1]

    yield make
    leave(made)


@pytest.fixture(scope="module")
def staff(chromium: Any, office: Office) -> Iterator[Any]:
    """The people of the office, each signed in once for the module: `staff("jingban")`."""
    there: dict[str, Visitor] = {}

    def person(username: str) -> Visitor:
        if username not in there:
            there[username] = arrive(chromium, office)
            there[username].sign_in(username)
        return there[username]

    yield person
    leave(there.values())
