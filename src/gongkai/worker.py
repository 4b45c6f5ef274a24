"""The worker that does the jobs: `work` is the process itself, `Beside` keeps one beside the web server."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

#: Seconds: the first page is served before the worker costs anything; one that died is followed by the next after a
#: rest, longer each time if none lives long; a job in hand has this much time to end when the server is stopped (if that
#: was not enough, it is begun again).
HEAD_START, REST, LONGEST_REST, PATIENCE = 3.0, 1.0, 60.0, 8.0
PR_SET_PDEATHSIG = 1


def work(beside: int | None = None) -> int:
    """Do jobs until told to stop; with `beside`, no longer than the process of that number lives."""
    from django.conf import settings
    from django.db import connection
    from django_q.cluster import Cluster

    from gongkai.jobs import write_timetable

    alone = take_place(settings.DATA)
    if connection.vendor == "sqlite":
        # Opened once, not for every look at the queue: the last one to close the file would tidy it up each time.
        connection.settings_dict["CONN_MAX_AGE"] = None
        if alone is not None:
            forgive_the_dead()
    write_timetable()
    connection.close()
    os.register_at_fork(after_in_child=die_with_parent)
    cluster = Cluster()
    cluster.start()
    while cluster.sentinel.is_alive():
        if beside is not None and os.getppid() != beside:
            cluster.stop()
        time.sleep(0.5)
    return int(cluster.sentinel.exitcode != 0)


def take_place(folder: Path) -> IO[str] | None:
    """The lock of this data folder's worker; None where another holds it. All its processes share it, so that it is
    free only when the last of them is gone."""
    place = (folder / "worker.lock").open("w")
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        place.close()
        return None
    return place


def forgive_the_dead() -> None:
    """Free what a killed worker had in hand, instead of waiting for its time to run out. Only where no other worker can
    be: an embedded database has one machine, and its lock is ours."""
    from django.utils import timezone
    from django_q.models import OrmQ

    from gongkai.notifications.sending import free_claims

    OrmQ.objects.filter(lock__gt=timezone.now()).update(lock=timezone.now())
    free_claims()


def die_with_parent() -> None:
    """Linux: whoever kills the worker kills its helpers, too, instead of leaving them at work behind our back."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Beside:
    """A worker as a fresh process beside this one. `look` is called again and again, `end` once."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.rest = REST
        self.due = time.monotonic() + HEAD_START

    def look(self) -> None:
        """Start the worker when it is due, and again when it has died."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.rest = REST if now - self.due > LONGEST_REST else min(2 * self.rest, LONGEST_REST)
            self.process, self.due = None, now + self.rest
        if self.process is None and now >= self.due:
            command = [sys.executable, "-m", "gongkai.cli", "worker", "--beside", str(os.getpid())]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def tell(self) -> None:
        """Ask it to stop."""
        self.due = float("inf")
        if self.process is not None:
            self.process.terminate()

    def end(self) -> None:
        """Wait until it has; it dies if that takes too long."""
        if self.process is None:
            return
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
