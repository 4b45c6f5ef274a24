"""Links that lead away: a link to another site than a government's passes a notice (platform-standards SIT-08 [M]).

The notice opens only addresses that we ourselves wrote into a page: each carries our signature.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode, urlsplit

from django.core.signing import BadSignature, Signer
from django.urls import reverse

_HREF = re.compile(r'(<a\b[^>]*?\bhref=")(https?://[^"]*)(")', re.IGNORECASE)
_SIGNER = Signer(salt="gongkai.leaving")


def leads_away(address: str) -> bool:
    """Whether this is another site, and no government's (.gov.cn, .政务)."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        return False
    host = (parts.hostname or "").rstrip(".")
    return not host.endswith((".gov.cn", ".政务", ".xn--zfr164b"))


def notice_address(address: str) -> str:
    """The notice before this address."""
    mark = _SIGNER.signature(address)
    return f"{reverse('portal:leaving')}?{urlencode({'to': address, 'mark': mark})}"


def signed_target(address: str, mark: str) -> str | None:
    """The address, where it is one that we wrote into a page; None for anything else."""
    try:
        return _SIGNER.unsign(f"{address}:{mark}") if urlsplit(address).scheme in ("http", "https") else None
    except (BadSignature, ValueError):
        return None


def with_notices(body: str) -> str:
    """The text of an item, its links to other sites by way of the notice."""

    def by_notice(found: re.Match[str]) -> str:
        address = html.unescape(found[2])
        try:
            away = leads_away(address)
        except ValueError:  # no address at all
            away = True
        return f"{found[1]}{html.escape(notice_address(address))}{found[3]}" if away else found[0]

    return _HREF.sub(by_notice, body)
