"""The summary that DOC and XLS carry ([MS-OLEPS]): title, author, who saved last, the template."""

from __future__ import annotations

import struct

_NAMES = {2: "title", 3: "subject", 4: "creator", 5: "keywords", 6: "description", 7: "template", 8: "lastModifiedBy",
          9: "revision", 18: "application"}  # fmt: skip
_CODEPAGE, _TEXT, _WIDE_TEXT = 1, 0x1E, 0x1F
_CODES = {65001: "utf-8", 936: "gb18030", 54936: "gb18030", 950: "big5", 1200: "utf-16-le"}


def property_set(data: bytes) -> dict[str, str]:
    """Only texts; what is damaged is left out, for nothing hangs on it."""
    try:
        return _texts(data)
    except (struct.error, IndexError, ValueError):
        return {}


def _texts(data: bytes) -> dict[str, str]:
    if len(data) < 56:
        return {}
    (start,) = struct.unpack_from("<I", data, 44)
    _, count = struct.unpack_from("<II", data, start)
    places = {
        kind: start + offset
        for kind, offset in struct.iter_unpack("<II", data[start + 8 : start + 8 + 8 * min(count, 100)])
    }
    code = struct.unpack_from("<H", data, places[_CODEPAGE] + 4)[0] if _CODEPAGE in places else 936
    encoding = _CODES.get(code, "cp1252" if code == 1252 else "gb18030")
    found = {}
    for kind, name in _NAMES.items():
        if kind in places and (text := _text(data, places[kind], encoding)):
            found[name] = text
    return found


def _text(data: bytes, place: int, encoding: str) -> str:
    kind, length = struct.unpack_from("<II", data, place)
    if kind not in (_TEXT, _WIDE_TEXT) or length > 4096:
        return ""
    raw = data[place + 8 : place + 8 + length * (2 if kind == _WIDE_TEXT else 1)]
    return raw.decode("utf-16-le" if kind == _WIDE_TEXT else encoding, "ignore").split("\x00")[0].strip()
