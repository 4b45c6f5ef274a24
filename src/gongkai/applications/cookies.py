"""What the public pages keep in the visitor's own browser: signed, short-lived, out of reach of scripts.

FORM  the one-time token of the form that this browser has open: whoever goes back and sends it again sends the same
SENT  the query code, from the form to the page that shows it, and nowhere else
CASE  who proved the query code may look for half an hour
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Cookie:
    """One of our cookies: for how long, and to which addresses it is sent."""

    name: str
    seconds: int
    path: str

    def give(self, response: HttpResponse, value: str, seconds: int | None = None) -> None:
        response.set_signed_cookie(
            self.name,
            value,
            salt=self.name,
            max_age=seconds or self.seconds,
            path=self.path,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )

    def given(self, request: HttpRequest) -> str | None:
        """What our own cookie says; None where there is none, or it is old or not ours."""
        return request.get_signed_cookie(self.name, default=None, salt=self.name, max_age=self.seconds)

    def take_back(self, response: HttpResponse) -> None:
        response.delete_cookie(self.name, path=self.path)


FORM = Cookie("gongkai_form", 24 * 3600, "/apply/")
SENT = Cookie("gongkai_sent", 10 * 60, "/apply/sent/")
CASE = Cookie("gongkai_case", 30 * 60, "/progress/")
