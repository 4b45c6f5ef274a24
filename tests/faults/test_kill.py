"""What was acknowledged survives a kill -9 in the middle of everything (design: nothing is lost)."""

from __future__ import annotations

import http.cookiejar
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import free_port
from tests.cast import application_data
from tests.conftest import ROOT
from tests.installation import Installation

GONGKAI = [sys.executable, "-m", "gongkai.cli"]
AGENCY = {
    "--name": "演示市水务局", "--short-name": "水务局", "--slug": "water", "--kind": "department",
    "--office-name": "水务局办公室", "--review-organ": "演示市人民政府", "--document-prefix": "演水公开",
}  # fmt: skip


class Site:
    """An installation of its own, served by processes of its own that can be killed."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        # An installation on SQLite, whatever database the other tests run on: its file is what the kill endangers.
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("GONGKAI_DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        }
        self.environment = {**kept, "GONGKAI_DATA": str(data)}
        self.server: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*GONGKAI, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )

    def start(self) -> None:
        with (self.data / "server.log").open("a") as log:
            self.server = subprocess.Popen(
                [*GONGKAI, "serve", "--port", str(self.port)],
                env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        for _ in range(300):
            try:
                self.open("/progress/")
                return
            except OSError:  # not listening yet, or a killed worker's last breath on the same port
                time.sleep(0.1)
        pytest.fail((self.data / "server.log").read_text()[-3000:])

    def kill(self) -> None:
        """Master and workers at once, without a word."""
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait(10)
            self.server = None

    def open(
        self, path: str, data: dict[str, str] | None = None, cookies: http.cookiejar.CookieJar | None = None
    ) -> str:
        """The page at this path, after redirects."""
        jar = cookies if cookies is not None else http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        body = urllib.parse.urlencode(data).encode() if data else None
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body)
        with opener.open(request, timeout=30) as answer:
            return str(answer.read().decode())


@pytest.fixture
def site(tmp_path: Path, migrated_once: Installation) -> Iterator[Site]:
    shutil.copy(migrated_once.name, tmp_path)
    made = Site(tmp_path)
    added = made.command("agency", "add", *(word for pair in AGENCY.items() for word in pair))
    assert added.returncode == 0, added.stderr
    yield made
    made.kill()


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, name
    return found.group(1)


def apply(site: Site) -> tuple[str, str]:
    """Send an application as a browser would; the number and the query code that the page shows."""
    jar = http.cookiejar.CookieJar()
    form = site.open("/apply/water/", cookies=jar)
    action = re.search(r'action="(/apply/[^"]*)"', form)
    data = {name: str(value) for name, value in application_data().items() if value}
    hidden = {name: field(form, name) for name in ("csrfmiddlewaretoken", "token")}
    page = site.open(action.group(1) if action else "/apply/water/", data={**data, **hidden}, cookies=jar)
    number = re.search(r"演水公开申〔\d{4}〕\d+号", page)
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", page)
    assert number, page
    assert code
    return number.group(), code.group()


def look_up(site: Site, code: str) -> str:
    jar = http.cookiejar.CookieJar()
    token = field(site.open("/progress/", cookies=jar), "csrfmiddlewaretoken")
    typed = {"query_code": code, "proof": str(application_data()["applicant_name"])}
    return site.open("/progress/", data={"csrfmiddlewaretoken": token, **typed}, cookies=jar)


def test_what_was_acknowledged_survives_a_kill(site: Site) -> None:
    site.start()
    sent = []
    for _ in range(2):
        sent.append(apply(site))
        site.kill()
        site.start()
    for number, code in sent:
        assert number in look_up(site, code)
    assert [number[-2:] for number, _ in sent] == ["1号", "2号"]
    verified = site.command("ledger", "verify")
    assert verified.returncode == 0, verified.stdout
