"""Who is signed in."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from gongkai.agencies.models import Person


def person_of(request: HttpRequest) -> Person:
    """The person at the desk. Only for views that ask for a signed-in one."""
    return cast(Person, request.user)
