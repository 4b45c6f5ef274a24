"""The text of a page of an earlier site: decoded, its own pictures found, its links kept within the new site."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from urllib.parse import unquote, urlsplit

_CHARSET = re.compile(rb"charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"""(\b(?:src|href)\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL)
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def decoded(data: bytes) -> str:
    """The page as text: by what it says of itself, else UTF-8, else GB 18030."""
    match = _CHARSET.search(data[:4096])
    said = match.group(1).decode("ascii", "ignore").casefold() if match else ""
    for name in (said if said not in ("gb2312", "gbk") else "gb18030", "utf-8-sig", "gb18030"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", errors="replace")


def body_of(text: str) -> str:
    """What stands in the body of a page; a fragment is itself."""
    match = _BODY.search(text)
    return match.group(1) if match else text


def own_files(text: str) -> Iterator[str]:
    """The pictures and files that a text shows or links to by relative addresses, as names within the source."""
    for match in _ADDRESS.finditer(text):
        if name := _inside(match.group(3)):
            yield name


def rewritten(text: str, kept: Callable[[str], str | None], old_hosts: Collection[str]) -> str:
    """The text with its own files by their digests (`kept` gives a name's digest), and links to the old site's hosts as
    paths: those the new site knows and leads on."""

    def at(match: re.Match[str]) -> str:
        before, quote, address = match.groups()
        name = _inside(address)
        digest = kept(name) if name else None
        if digest:
            return f"{before}{quote}attachment:{digest}{quote}"
        return f"{before}{quote}{_path(address, old_hosts)}{quote}"

    return _ADDRESS.sub(at, text)


def old_path(url: str) -> str:
    """The address as it is asked for: path and query, without the host. Empty for what is none."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    path = unquote(parts.path) if parts.path.startswith("/") else ""
    return f"{path}?{parts.query}" if path and parts.query else path


def _path(address: str, old_hosts: Collection[str]) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    inside = parts.scheme in ("http", "https", "") and parts.hostname in old_hosts
    return (old_path(address) or "/") if inside else address


def _inside(address: str) -> str:
    """A relative address as the name of a file; empty for every other."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or address.startswith(("/", "#")) or not parts.path:
        return ""
    return unquote(parts.path).removeprefix("./")


def is_picture(name: str) -> bool:
    return name.casefold().endswith(PICTURES)
