"""A real server with its worker, and kill -9 in the middle of a job (Linux: the processes are found in /proc)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from gongkai import worker
from tests.browser.conftest import free_port
from tests.conftest import ROOT
from tests.installation import Installation

SEND_TWO = """
import django; django.setup()
from gongkai.notifications.actions.send import send_sms_to
for number in range(2):
    send_sms_to(mobile="13800138000", text=f"第{number}条", key=f"a:{number}")
"""


def until(what: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def heads_of_workers(group: int) -> list[int]:
    """The worker processes of this group that the server itself started."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            ids = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_bytes()
        except OSError:  # gone meanwhile
            continue
        if ids[1:3] == [str(group), str(group)] and b"--beside" in command:
            found.append(int(entry.name))
    return found


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def place(tmp_path: Path, migrated_once: Installation) -> Installation:
    """An installation on SQLite, whatever database the other tests run on, with two SMS waiting. (On PostgreSQL a killed
    worker's job waits until its time has run out, and no test waits a quarter of an hour.)"""
    passed = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    ours = {
        "GONGKAI_DATA": str(tmp_path), "GONGKAI_SMS_BACKEND": "tests.notifications.slow_gateway.SlowAtFirst",
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    made = Installation(tmp_path, {**passed, **ours}, shutil.copy(migrated_once.name, tmp_path))
    asked = made.python("-c", SEND_TWO)
    assert asked.returncode == 0, asked.stderr
    return made


@pytest.fixture
def server(place: Installation) -> Iterator[subprocess.Popen[bytes]]:
    """`gongkai serve`, the leader of a process group of its own."""
    command = [sys.executable, "-m", "gongkai.cli", "serve", "--port", str(free_port())]
    with (place.folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=place.environment, start_new_session=True, stdout=log, stderr=log)
    yield process
    if alive(process.pid):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
def test_a_worker_killed_in_the_middle_of_a_job(place: Installation, server: subprocess.Popen[bytes]) -> None:
    """The server starts the worker again, that does the job again, and nothing is sent twice or left behind."""
    messages = place.folder / "sms" / "messages.jsonl"
    until((place.folder / "asked").exists)
    (head,) = heads_of_workers(server.pid)
    os.kill(head, signal.SIGKILL)
    until(lambda: heads_of_workers(server.pid) not in ([], [head]))
    until(lambda: messages.exists() and len(messages.read_text().splitlines()) == 2)
    until(lambda: count(place, "SELECT count(*) FROM django_q_ormq") == 0)
    assert len(messages.read_text().splitlines()) == 2
    assert count(place, "SELECT count(*) FROM notifications_outgoing WHERE sent_at IS NOT NULL AND address = ''") == 2
    assert count(place, "SELECT count(*) - count(DISTINCT name) FROM django_q_schedule") == 0
    server.terminate()
    assert server.wait(20) == 0
    until(lambda: not alive(server.pid), 5)


def count(place: Installation, query: str) -> int:
    connection = place.connect()
    try:
        return int(connection.execute(query).fetchone()[0])
    finally:
        connection.close()


def test_one_worker_a_folder(tmp_path: Path) -> None:
    first = worker.take_place(tmp_path)
    assert first is not None
    assert worker.take_place(tmp_path) is None
    first.close()
    again = worker.take_place(tmp_path)
    assert again is not None
    again.close()


class Died:
    """A process that is dead as soon as it is looked at."""

    def poll(self) -> int:
        return 1


def test_a_worker_that_never_lives_long_is_started_ever_more_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    now, started = [0.0], []

    def begin(*_: object, **__: object) -> Died:
        started.append(now[0])
        return Died()

    monkeypatch.setattr(worker, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(worker, "subprocess", SimpleNamespace(Popen=begin, DEVNULL=None))
    beside = worker.Beside()
    while now[0] < 400:
        beside.look()
        now[0] += 1
    rests = [later - sooner for sooner, later in pairwise(started)]
    assert started[0] >= 3  # the first page comes before it
    assert rests == sorted(rests)
    assert rests[0] <= 4 * worker.REST
    assert worker.LONGEST_REST <= rests[-1] <= worker.LONGEST_REST + 2
