"""Visits are counted, visitors are not: which page, on which day, and nothing of who it was (SIT-14 [C]).

Counted in the memory of the process and written PACE seconds after the first that is not written yet, by a thread of its
own: no page waits for it, and none has to come. What a crash takes with it is a few seconds of counts.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from threading import Lock, Timer
from time import time

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.disclosure.actions.count_visits import Key, count_visits
from gongkai.disclosure.models import PageKind

Answer = Callable[[HttpRequest], HttpResponse]
#: Seconds until a count is written.
PACE = 15.0
#: Programs that say what they are. Whoever says nothing is one, too.
_PROGRAM = re.compile(
    # Not the makers of a telephone: Cubot.
    r"(?<!cu)bot\b|crawl|spider|slurp|archiver|monitor|curl|wget|python|java/|go-http|okhttp|headless|feed|scan",
    re.I,
)
_ITEM = re.compile(r"/items/(\d{1,18})/\Z")
#: What is no page to read, besides files and feeds, whose addresses end without a stroke.
_NO_PAGE = ("/desk/", "/preferences/", "/leaving/", "/i18n/", "/search/suggest/")
_KINDS = (("/agencies/", PageKind.COLUMN), ("/search/", PageKind.SEARCH))


class Buffer:
    """The counts that are not written yet."""

    def __init__(self, pace: float = PACE) -> None:
        self._pace, self._lock, self._counted = pace, Lock(), Counter[Key]()
        self._timer: Timer | None = None

    def add(self, key: Key) -> None:
        with self._lock:
            self._counted[key] += 1
            self._begin()

    def write(self) -> None:
        """Write what was counted; where the database does not take it, it is kept for the next time."""
        with self._lock:
            counted, self._counted = self._counted, Counter()
            self._end()
        try:
            if counted:
                count_visits(counted)
        except Error:
            logging.getLogger(__name__).warning("visits could not be written now", exc_info=True)
            with self._lock:
                self._counted.update(counted)
                self._begin()

    def _begin(self) -> None:
        if self._timer is None:
            self._timer = Timer(self._pace, self._write_aside)
            self._timer.daemon = True
            self._timer.start()

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _write_aside(self) -> None:
        try:
            self.write()
        finally:
            connections.close_all()  # of this thread, which ends here


buffer = Buffer()


def count(answer: Answer) -> Answer:
    """Middleware: counts each page that was given to a reader, also where the browser had it already (304)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.method == "GET":
            told = request.headers
            purpose = told.get("Sec-Purpose", told.get("Purpose", ""))
            given_out(request.path, response.status_code, told.get("User-Agent", ""), purpose)
        return response

    return middleware


def given_out(path: str, status: int, program: str, purpose: str) -> None:
    """Count a page that went out, made now or kept (`config.page_cache`); nothing is asked or written here."""
    if settings.COUNT_VISITS and status in (200, 304) and "prefetch" not in purpose and _is_reader(program):
        key = _key(path, int(time() // 60))
        if key is not None:
            buffer.add(key)


@lru_cache(maxsize=1024)
def _is_reader(program: str) -> bool:
    return bool(program) and not _PROGRAM.search(program)


@lru_cache(maxsize=1024)
def _key(path: str, _minute: int) -> Key | None:
    """Under what a visit is counted, looked up once a minute: days change with minutes."""
    today: dt.date = timezone.localdate()
    if found := _ITEM.match(path):
        return today, PageKind.ITEM, int(found[1])
    if path == "/":
        return today, PageKind.HOME, None
    if not path.endswith("/") or path.startswith(_NO_PAGE):
        return None
    kind = next((kind for start, kind in _KINDS if path.startswith(start)), PageKind.OTHER)
    return today, kind, None


def begin() -> None:
    """Called once, when the process is ready."""
    atexit.register(lambda: buffer.write())
