"""How often one address may try, so that nobody guesses query codes or floods an office.

Windows and numbers are ours, not the law's. An address of IPv6 stands for its whole /64, which one household has.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import get_usage

from gongkai.applications.query_codes import index_of
from gongkai.config.visitors import address_of

#: Failed look-ups of one address, and of one query code, in ten minutes.
LOOK_UPS = (10, 600)


@dataclass(frozen=True)
class Wait:
    """How long to wait until the next try."""

    seconds: int

    @property
    def minutes(self) -> int:
        return ceil(self.seconds / 60)


def look_up_refused(request: HttpRequest, code: str) -> Wait | None:
    """Whether there were too many failed look-ups from this address, or with this code."""
    return _refused(request, "look-up", _keys(request, code), LOOK_UPS)


def count_failed_look_up(request: HttpRequest, code: str) -> None:
    _count(request, "look-up", _keys(request, code), LOOK_UPS)


def sending_refused(request: HttpRequest) -> Wait | None:
    """Whether too many applications came from this address in the last hour."""
    return _refused(request, "apply", [network_of(request)], (settings.APPLICATIONS_AN_HOUR, 3600))


def count_sent(request: HttpRequest) -> None:
    _count(request, "apply", [network_of(request)], (settings.APPLICATIONS_AN_HOUR, 3600))


def network_of(request: HttpRequest) -> str:
    """Whom a visitor's address stands for. What is no address (a proxy may say „unknown“) stands for itself."""
    told = address_of(request)
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    return str(ipaddress.ip_network(f"{told}/64", strict=False)) if address.version == 6 else told


def _keys(request: HttpRequest, code: str) -> list[str]:
    """The code itself is written nowhere: its blind index stands for it."""
    return [network_of(request), index_of(code)]


def _refused(request: HttpRequest, group: str, keys: list[str], rate: tuple[int, int]) -> Wait | None:
    usages = [_usage(request, group, key, rate, increment=False) for key in keys]
    waits = [usage["time_left"] for usage in usages if usage["count"] >= usage["limit"]]
    return Wait(max(1, *waits)) if waits else None


def _count(request: HttpRequest, group: str, keys: list[str], rate: tuple[int, int]) -> None:
    for key in keys:
        _usage(request, group, key, rate, increment=True)


def _usage(request: HttpRequest, group: str, key: str, rate: tuple[int, int], *, increment: bool) -> dict[str, int]:
    # A name of its own: the library reads „key“ as one of its own words.
    found: dict[str, int] = get_usage(
        request, group=group, key=lambda _group, _request: key, rate=rate, increment=increment
    )
    return found
