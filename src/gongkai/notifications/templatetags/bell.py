"""The bell in the frame of the workbench."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from gongkai.notifications.selectors import unread

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_count(context: dict[str, Any]) -> int:
    """How many notifications the person who is signed in has not read: one query, none for a visitor."""
    request: HttpRequest = context["request"]
    return unread(request.user).count() if request.user.is_authenticated else 0
