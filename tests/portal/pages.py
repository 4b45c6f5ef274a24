"""Helpers that read pages as a visitor does."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency

TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


def text_of(response: Any) -> str:
    """The words of a page, its tags taken away."""
    return " ".join(html.unescape(TAG.sub(" ", response.content.decode())).split())


def token_of(client: Client, agency: Agency) -> str:
    """The one-time token of a freshly opened form."""
    page = client.get(reverse("portal:apply_form", args=[agency.slug])).content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found.group(1)


def value_of(response: Any, name: str) -> str:
    """What an input or text area of the page holds."""
    page = response.content.decode()
    for pattern in (
        rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"',
        rf'<textarea[^>]*name="{name}"[^>]*>\n([^<]*)</textarea>',
    ):
        if found := re.search(pattern, page):
            return html.unescape(found.group(1))
    return ""


def addresses_of(response: Any) -> list[str]:
    """Everything a page loads, links to or sends to."""
    return re.findall(r'(?:href|src|action|formaction|content|srcset)="([^"]*)"', response.content.decode())
