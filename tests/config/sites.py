"""The application with kept pages, as a server runs it: Django is asked only for what is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from gongkai.config.page_cache import KeptPages, Pages
from gongkai.disclosure.publicly import public_version

Heard = list[tuple[str, int, str, str]]
Said = tuple[str, dict[str, str], bytes]


class Site:
    """The application with kept pages, and how often Django was asked."""

    def __init__(self, place: Path, seconds: float = 60.0, most_bytes: int = 10**6) -> None:
        self.asked, self.heard, self.place, self._django = 0, Heard(), place, WSGIHandler()
        self.pages = Pages(public_version, seconds, most_bytes, str(place))
        self.kept = KeptPages(self._django_asked, self.pages, lambda *visit: self.heard.append(visit))

    def _django_asked(self, environ: Any, start: Any) -> Any:
        self.asked += 1
        return self._django(environ, start)

    def get(self, path: str, method: str = "GET", **headers: str) -> Said:
        environ = RequestFactory(SERVER_NAME="localhost").generic(method, path, **headers).environ
        # As a server gives it: Django's request has read it already.
        environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")
        said: list[Any] = []
        result = self.kept(environ, lambda status, told, *_rest: said.extend((status, dict(told))))
        body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        return said[0], said[1], body
