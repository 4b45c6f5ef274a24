"""Every night: do the links in what the public reads lead anywhere (CHK-10 [M])?

Links within the site are asked of the database. Foreign ones are fetched only where the office wants it
(GONGKAI_CHECK_LINKS), a bounded number a night, and never an address inside a network.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import unescape
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from zlib import crc32

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import Resolver404, resolve

from gongkai.agencies.selectors import today
from gongkai.disclosure.models import Attachment
from gongkai.disclosure.visibility import public_items
from gongkai.oversight.models import DeadLink, LinkFault

#: So many of the newest items are read in one night, so many foreign addresses asked.
ITEMS, FOREIGN = 50_000, 200
SECONDS, LONGEST = 10, 500
_LINK = re.compile(r"""\b(?:href|src)\s*=\s*["']([^"'<>]+)["']""", re.IGNORECASE)
_ITEM = re.compile(r"^/items/(\d{1,18})/(?:files/(\d{1,18})/)?")


def check_links() -> int:
    """Job, daily; safe to run twice. Gives how many links lead nowhere."""
    rows = public_items().values_list("pk", "current__body")[:ITEMS]
    links = {(pk, address) for pk, body in rows.iterator(chunk_size=500) for address in links_in(body)}
    faults = dict(_own_faults({(pk, path) for pk, link in links if (path := own_path(link))}, links))
    foreign = sorted({link for _pk, link in links if own_path(link) is None})
    looked_at = set(_of_this_night(foreign, today())) if settings.CHECK_LINKS else set()
    dead = {link for link in looked_at if not answers(link)}
    faults |= {(pk, link): LinkFault.FOREIGN for pk, link in links if link in dead}
    return _keep(faults, links, looked_at)


def links_in(body: str) -> Iterator[str]:
    """What a text links to: pages and files, not places in it, nor mail."""
    for found in _LINK.findall(body):
        address = unescape(found).strip()
        if address.startswith("/") or address.lower().startswith(("http://", "https://")):
            yield address[:LONGEST]


def own_path(address: str) -> str | None:
    """The path, where an address is on this site."""
    parts = urlsplit(address)
    if not parts.netloc:
        return parts.path
    own = urlsplit(settings.SITE_URL).netloc
    return parts.path or "/" if own and parts.netloc == own else None


def _own_faults(
    paths: Iterable[tuple[int, str]], links: Iterable[tuple[int, str]]
) -> Iterator[tuple[tuple[int, str], LinkFault]]:
    found = {path: match for _pk, path in paths if (match := _ITEM.match(path))}
    wanted = {int(match[1]) for match in found.values()}
    public = set(public_items().filter(pk__in=wanted).values_list("pk", flat=True))
    files = {int(match[2]) for match in found.values() if match[2]}
    rows = Attachment.objects.filter(pk__in=files, revision__item__current=F("revision"))
    whose = dict(rows.values_list("pk", "revision__item"))
    for pk, link in links:
        path = own_path(link)
        if path is not None and (fault := _fault_of(path, found, public, whose)):
            yield (pk, link), fault


def _fault_of(
    path: str, found: Mapping[str, re.Match[str]], public: set[int], whose: Mapping[int, int]
) -> LinkFault | None:
    match = found.get(path)
    if match is None:
        return None if _is_page(path) else LinkFault.NOTHING
    if int(match[1]) not in public:
        return LinkFault.WITHDRAWN
    return LinkFault.FILE if match[2] and whose.get(int(match[2])) != int(match[1]) else None


def _is_page(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _of_this_night(addresses: list[str], day: date) -> list[str]:
    """Each gets its turn: another part every night."""
    nights = max(1, -(-len(addresses) // FOREIGN))
    turn = [address for address in addresses if crc32(address.encode()) % nights == day.toordinal() % nights]
    return turn[:FOREIGN]


class _NoFurther(HTTPRedirectHandler):
    """A page that sends on is there; where it sends is not followed."""

    def redirect_request(self, *_: object) -> None:
        return None


def answers(address: str) -> bool:
    """Whether a foreign page can be had. An address inside a network counts as not to be had, and is not asked."""
    parts = urlsplit(address)
    try:
        if parts.hostname is None or not _everywhere(parts.hostname, parts.port or 443):
            return False
        request = Request(address, method="HEAD", headers={"User-Agent": "gongkai link check"})
        with build_opener(_NoFurther).open(request, timeout=SECONDS):
            return True
    except HTTPError as error:
        return error.code < 400 or error.code in {403, 405, 429, 501}  # it is there, and does not like to be asked so
    except (OSError, ValueError):
        return False


def _everywhere(host: str, port: int) -> bool:
    """Whether every address of the host is one of the open network."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return bool(found) and all(ipaddress.ip_address(row[4][0]).is_global for row in found)


@transaction.atomic
def _keep(faults: Mapping[tuple[int, str], LinkFault], links: set[tuple[int, str]], looked_at: set[str]) -> int:
    """What leads somewhere again, or stands nowhere any more, is gone; foreign ones wait for their next turn."""
    known = {(row.item_id, row.address): row for row in DeadLink.objects.select_for_update()}
    for key, row in known.items():
        waits = row.fault == LinkFault.FOREIGN and row.address not in looked_at
        if key not in faults and not (waits and key in links):
            row.delete()
    day = today()
    DeadLink.objects.bulk_create(
        [DeadLink(item_id=pk, address=link, fault=fault, found_on=day) for (pk, link), fault in faults.items()],
        ignore_conflicts=True,
    )
    return DeadLink.objects.count()
