"""Gunicorn's worker with threads, which gives out kept pages itself: no thread, no WSGI, no Django (decision 21).

Only what is beyond doubt: a whole, plain GET on a connection that has had an answer before. Everything else takes the usual
way, on which `KeptPages` answers from the same pages.
"""

from __future__ import annotations

import re
import socket
from email.utils import formatdate
from functools import lru_cache, partial
from time import time
from typing import Any
from urllib.parse import unquote

from gunicorn.workers.gthread import ThreadWorker

from gongkai.config.page_cache import Answer, KeptPages, key_of

MOST = 8190
#: A whole request without a body. Whatever could be read in two ways does not match: folded lines, names with `_`, odd signs.
_REQUEST = re.compile(rb"GET (/[!-~]*) HTTP/1\.1\r\n((?:[A-Za-z0-9-]+:[\t -~\x80-\xff]*\r\n)+)\r\n")
#: With these the server has more to do than to send a page, or trusts what a proxy says.
_OTHERWISE = frozenset({
    "connection", "content-length", "transfer-encoding", "expect", "upgrade", "te", "trailer", "http2-settings",
    "authorization", "range", "x-forwarded-protocol", "x-forwarded-ssl", "forwarded",
})  # fmt: skip


class PageWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn is untyped
    """Looks at what a waiting connection asks for before a thread is given to it."""

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        answer = self._kept(conn)
        if answer is None:
            super().on_client_socket_readable(conn, client)
            return
        rest = self._send(conn.sock, answer)
        self.keepalived_conns.remove(conn)
        if rest:
            self._send_on(conn, client, rest)
        else:
            conn.set_timeout()
            self.keepalived_conns.append(conn)

    def _kept(self, conn: Any) -> Answer | None:
        """The answer to the request that waits on the connection, which is taken off it; None leaves all as it is."""
        pages = getattr(self.wsgi, "pages", None)
        if pages is None or not self.alive or self.cfg.is_ssl or conn.is_http2 or not pages.sure():
            return None
        try:
            data = conn.sock.recv(MOST, socket.MSG_PEEK)
        except OSError:
            return None
        asked = read_request(data)
        if asked is None:
            return None
        target, headers = asked
        scheme = _scheme(conn.client, headers)
        key = key_of(target, scheme, headers) if scheme else None
        page = pages.get(key) if key is not None else None
        if page is None:
            return None
        conn.sock.recv(len(data))
        answer: Answer = page.answer(headers)
        self._tell(target, answer, headers)
        return answer

    def _tell(self, target: str, answer: Answer, headers: dict[str, str]) -> None:
        kept: KeptPages = self.wsgi
        path = unquote(target.partition("?")[0])
        purpose = headers.get("sec-purpose", headers.get("purpose", ""))
        kept.heard(path, int(answer.status[:3]), headers.get("user-agent", ""), purpose)

    def _send(self, sock: Any, answer: Answer) -> bytes:
        """Send what goes through at once; what does not."""
        date = _end_of_head(int(time()))
        try:
            sent = sock.sendmsg([answer.head, date, answer.body])
        except BlockingIOError:
            sent = 0
        except OSError:
            return b""  # it is gone: the next look at the connection finds that out
        whole = len(answer.head) + len(date) + len(answer.body)
        return b"" if sent == whole else (answer.head + date + answer.body)[sent:]

    def _send_on(self, conn: Any, client: Any, rest: bytes) -> None:
        """A slow reader gets the rest from a thread."""
        self.poller.unregister(client)
        done = self.tpool.submit(partial(_send_rest, conn.sock, rest))
        done.add_done_callback(lambda future: self.method_queue.defer(self.finish_request, conn, future))


@lru_cache(maxsize=2)
def _end_of_head(second: int) -> bytes:
    return f"Date: {formatdate(second, usegmt=True)}\r\nConnection: keep-alive\r\n\r\n".encode()


def _scheme(client: Any, headers: dict[str, str]) -> str:
    """As gunicorn sees it: a proxy on this machine is believed. Empty where it is not for us to say."""
    told = headers.get("x-forwarded-proto")
    if told is None:
        return "http"
    if not isinstance(client, tuple) or client[0] not in ("127.0.0.1", "::1"):
        return ""
    return "https" if told == "https" else "http"


def _send_rest(sock: Any, rest: bytes) -> bool:
    sock.setblocking(True)
    sock.sendall(rest)
    return True


def read_request(data: bytes) -> tuple[str, dict[str, str]] | None:
    """The address and the headers of a plain GET that is wholly there; None for anything else."""
    found = _REQUEST.fullmatch(data)
    if found is None:
        return None
    headers: dict[str, str] = {}
    for line in found[2].decode("latin-1").split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip(" \t")
    if len(headers) != found[2].count(b"\r\n") or "host" not in headers:
        return None
    if headers.get("connection", "").lower() == "keep-alive":
        del headers["connection"]
    return None if headers.keys() & _OTHERWISE else (found[1].decode("ascii"), headers)
