"""Public pages that are the same for everybody are kept for a moment, and given out again before Django is asked (decision 21).

Kept is what `config.answers.answered` marks, and nothing else: no form, no cookie, nobody's own page. It is let go when
anything changes that the public sees: at once in every process of this machine (a file is touched), within a second on
others (the database is asked), and in any case at midnight and after GONGKAI_PAGE_CACHE_SECONDS.
"""

from __future__ import annotations

import gzip
import os
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic, time_ns
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.db import Error, close_old_connections
from django.http.cookie import parse_cookie
from django.utils import timezone
from django.utils.http import parse_etags, parse_http_date_safe
from django.utils.translation.trans_real import get_language_from_request

from gongkai.config.wishes import OLDER

Key = tuple[str, ...]
_PARTED = re.compile(r"\s*,\s*")
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
#: Told of every page that was given out from here: path, status, what the program says it is, and for what it fetches.
Heard = Callable[[str, int, str, str], None]

#: The attribute of a response that may be kept.
MARK = "kept_for_all"
#: Seconds between two looks at the database; larger pages and longer addresses are not kept.
LOOK, MOST_OF_ONE, LONGEST = 1.0, 512 * 1024, 1024
#: Headers that a 304 says, too (RFC 9110).
_OF_304 = frozenset({"etag", "last-modified", "cache-control", "vary", "expires", "content-location", "date"})
_ZIPPABLE = ("text/", "application/json", "application/xml", "application/rss", "application/atom", "application/feed")


def mark(response: Any) -> None:
    """This response is the same for everybody who asks for this address in this language and reading mode."""
    setattr(response, MARK, True)


def notice() -> Path:
    """Touched whenever the public sees something else: the processes of this machine look at it before each page."""
    return Path(settings.DATA) / "public-changed"


def tell() -> None:
    """Tell the processes of this machine. Where the file cannot be written, they know a second later."""
    try:
        notice().touch()
        os.utime(notice(), ns=(time_ns(), time_ns()))
    except OSError:
        return


@lru_cache(maxsize=2048)
def wishes_of(cookies: str, languages: str) -> tuple[str, str] | None:
    """Language and reading mode of a visitor; None for somebody who may be signed in."""
    told = parse_cookie(cookies) if cookies else {}
    if settings.SESSION_COOKIE_NAME in told:
        return None
    request = SimpleNamespace(COOKIES=told, META={"HTTP_ACCEPT_LANGUAGE": languages})
    return get_language_from_request(cast(Any, request)), "older" if told.get(OLDER) == "1" else ""


def key_of(target: str, scheme: str, headers: Mapping[str, str]) -> Key | None:
    """Under what an answer would be kept: all that it depends on. None for what never is."""
    if len(target) > LONGEST or "#" in target or not target.startswith("/") or target.startswith("/desk/"):
        return None
    languages = headers.get("accept-language", "")
    if len(languages) > 200 or len(headers.get("cookie", "")) > 1000:
        return None
    wishes = wishes_of(headers.get("cookie", ""), languages)
    if wishes is None or "authorization" in headers or "range" in headers:
        return None
    return (target, scheme, headers.get("x-forwarded-proto", ""), headers.get("host", ""), *wishes)


@dataclass(frozen=True)
class Answer:
    """What goes out."""

    status: str
    headers: Headers
    body: bytes

    @cached_property
    def head(self) -> bytes:
        """As it stands on the wire, without the date."""
        lines = [f"HTTP/1.1 {self.status}", *(f"{name}: {value}" for name, value in self.headers)]
        return ("\r\n".join(lines) + "\r\n").encode("latin-1")


@dataclass(frozen=True)
class Page:
    """A page that is kept, as it is and packed, and what is said to those who have it."""

    plain: Answer
    zipped: Answer | None
    unchanged: Answer
    etag: str
    modified: int | None
    until: float

    @property
    def size(self) -> int:
        return len(self.plain.body) + (len(self.zipped.body) if self.zipped else 0) + 4096

    def answer(self, headers: Mapping[str, str]) -> Answer:
        """For a visitor with these headers."""
        if self.etag and (known := headers.get("if-none-match")):
            if known == self.etag or _known(known, self.etag):
                return self.unchanged
        elif self.modified is not None and (since := headers.get("if-modified-since")):
            moment = parse_http_date_safe(since)
            if moment is not None and self.modified <= moment:
                return self.unchanged
        if self.zipped and _takes_gzip(headers.get("accept-encoding", "")):
            return self.zipped
        return self.plain


def _known(told: str, etag: str) -> bool:
    """Whether the visitor has it (weak comparison, RFC 9110)."""
    tags = parse_etags(told)
    return tags == ["*"] or etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in tags}


@lru_cache(maxsize=256)
def _takes_gzip(encodings: str) -> bool:
    for each in encodings.lower().split(","):
        name, _, weight = each.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def page_of(status: str, headers: Headers, body: bytes, until: float) -> Page:
    """A page of what Django answered, good until then."""
    said = {name.lower(): value for name, value in headers}
    varies = [each for each in _PARTED.split(said.get("vary", "")) if each]
    vary = ", ".join([*varies, *(["Accept-Encoding"] if "Accept-Encoding" not in varies else [])])
    left = [(name, value) for name, value in headers if name.lower() not in ("content-length", "vary")]
    left.append(("Vary", vary))
    zipped = None
    if said.get("content-type", "").startswith(_ZIPPABLE) and "content-encoding" not in said and len(body) > 500:
        packed = gzip.compress(body, 6, mtime=0)
        zipped = Answer(status, [*left, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))], packed)
    return Page(
        plain=Answer(status, [*left, ("Content-Length", str(len(body)))], body),
        zipped=zipped,
        unchanged=Answer("304 Not Modified", [row for row in left if row[0].lower() in _OF_304], b""),
        etag=said.get("etag", "") if status.startswith("200") else "",
        modified=parse_http_date_safe(said.get("last-modified", "")) if status.startswith("200") else None,
        until=until,
    )


class Shelf(OrderedDict[Key, Page]):
    """Pages in the order in which they were asked for, and how much they are together."""

    bytes = 0

    def __setitem__(self, key: Key, page: Page) -> None:
        self.bytes += page.size
        super().__setitem__(key, page)

    def __delitem__(self, key: Key) -> None:
        self.bytes -= self[key].size
        super().__delitem__(key)

    def drop_oldest(self) -> None:
        del self[next(iter(self))]


#: The part of the room that pages may take which nobody has asked for a second time, once there is no room for all.
FOR_NEW = 0.25


@dataclass
class Pages:
    """The pages of this process, the ones asked for last, as many as fit. ``version``: of what the public sees.

    Those that were asked for again stand apart from the others: addresses that somebody makes up, or walks through one
    by one, crowd out each other and not what people read."""

    version: Callable[[], int]
    seconds: float
    most_bytes: int
    place: str
    _once: Shelf = field(default_factory=Shelf)
    _again: Shelf = field(default_factory=Shelf)
    _lock: Lock = field(default_factory=Lock)
    _asking: Lock = field(default_factory=Lock)
    #: How often they were let go: what was begun before that is not kept after it.
    generation: int = 0
    _known: tuple[int, int] = (-1, -1)
    _looked: float = float("-inf")

    def sure(self) -> bool:
        """Whether nothing has changed, as far as can be known without asking the database: for a second."""
        return monotonic() - self._looked < LOOK and _touched(self.place) == self._known[0]

    def look(self) -> int | None:
        """Ask the database once a second. The generation from now on; None where it does not answer."""
        if not self.sure():
            with self._asking:
                if not self.sure() and not self._ask():
                    return None
        return self.generation

    def _ask(self) -> bool:
        now, touched = monotonic(), _touched(self.place)
        try:
            known = touched, self.version()
        except Error:
            return False
        finally:
            close_old_connections()
        if known != self._known:
            with self._lock:
                self._once, self._again = Shelf(), Shelf()
                self._known = known
                self.generation += 1
        self._looked = now
        return True

    def until(self) -> float:
        """How long what is begun now is good: what is said of a document may be another thing tomorrow."""
        now = timezone.localtime()
        passed = (now.hour * 60 + now.minute) * 60 + now.second + now.microsecond / 1e6
        return monotonic() + min(self.seconds, 24 * 3600 - passed)

    def get(self, key: Key) -> Page | None:
        with self._lock:
            page = self._again.get(key) or self._once.get(key)
            if page is None:
                return None
            if page.until < monotonic():
                self._drop(key)
                return None
            if key in self._once:
                del self._once[key]
                self._again[key] = page
            else:
                self._again.move_to_end(key)
            return page

    def put(self, key: Key, page: Page, generation: int) -> None:
        """Keep it, unless something changed while it was made."""
        if page.size > MOST_OF_ONE:
            return
        with self._lock:
            if generation != self.generation:
                return
            self._drop(key)
            self._once[key] = page
            while self.size > self.most_bytes:
                crowded = not self._again or self._once.bytes > self.most_bytes * FOR_NEW
                (self._once if crowded else self._again).drop_oldest()

    def _drop(self, key: Key) -> None:
        for shelf in (self._once, self._again):
            if key in shelf:
                del shelf[key]

    @property
    def size(self) -> int:
        """Bytes that all of them take."""
        return self._once.bytes + self._again.bytes

    def __len__(self) -> int:
        return len(self._once) + len(self._again)


def _touched(place: str) -> int:
    try:
        return os.stat(place).st_mtime_ns  # noqa: PTH116  (before every page: half the time of Path.stat)
    except OSError:
        return 0


class KeptPages:
    """The WSGI application before Django's."""

    def __init__(self, application: Application, pages: Pages, heard: Heard) -> None:
        self.application, self.pages, self.heard = application, pages, heard

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ)
        generation = self.pages.look() if key is not None else None
        only_head = environ["REQUEST_METHOD"] == "HEAD"
        if key is None or generation is None:
            result = self.application(environ, start_response)
            return _without_body(result) if only_head else result
        page = self.pages.get(key)
        if page is None:
            return self._made(key, generation, environ, start_response)
        answer = page.answer(_headers(environ))
        if not only_head:
            told = environ.get("HTTP_SEC_PURPOSE", environ.get("HTTP_PURPOSE", ""))
            path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
            self.heard(path, int(answer.status[:3]), environ.get("HTTP_USER_AGENT", ""), told)
        return _sent(answer, start_response, only_head=only_head)

    def _key(self, environ: dict[str, Any]) -> Key | None:
        if self.pages.seconds <= 0 or environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME"):
            return None
        return key_of(_target(environ), environ["wsgi.url_scheme"], _headers(environ))

    def _made(
        self, key: Key, generation: int, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        """Django's answer, kept where it may be."""
        said: list[Any] = []
        until = self.pages.until()
        result = self.application(environ, lambda status, headers, *rest: said.extend((status, headers, *rest)))
        status, headers, *rest = said
        only_head = environ["REQUEST_METHOD"] == "HEAD"
        if only_head or not _may_be_kept(result, status, headers):
            start_response(status, headers, *rest)
            return _without_body(result) if only_head else result
        try:
            body = b"".join(result)
        finally:
            cast(Any, result).close()
        page = page_of(status, headers, body, until)
        self.pages.put(key, page, generation)
        return _sent(page.answer(_headers(environ)), start_response, only_head=False)


def _without_body(result: Any) -> Iterable[bytes]:
    """Nothing goes out: gunicorn would drop it, and write a warning for every HEAD that somebody sends."""
    if hasattr(result, "close"):
        result.close()
    return []


def _may_be_kept(result: Any, status: str, headers: Headers) -> bool:
    if not getattr(result, MARK, False) or getattr(result, "streaming", True):
        return False
    return status[:3] in ("200", "410") and all(name.lower() != "set-cookie" for name, _ in headers)


def _sent(answer: Answer, start_response: StartResponse, *, only_head: bool) -> Iterable[bytes]:
    start_response(answer.status, list(answer.headers))
    return [] if only_head else [answer.body]


#: The headers that matter here, as WSGI names them.
_ASKED = {
    name: f"HTTP_{name.upper().replace('-', '_')}"
    for name in (
        "host", "x-forwarded-proto", "cookie", "accept-language", "accept-encoding", "if-none-match",
        "if-modified-since", "authorization", "range",
    )
}  # fmt: skip


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    return {name: environ[there] for name, there in _ASKED.items() if there in environ}


def _target(environ: dict[str, Any]) -> str:
    """The address as it was asked for, where the server tells it."""
    if raw := environ.get("RAW_URI"):
        return str(raw)
    path = quote(environ.get("PATH_INFO", "").encode("latin-1"))
    return f"{path}?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else path
