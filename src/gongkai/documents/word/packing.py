"""A Word file packed so that the same letter gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: The first day that a zip can tell: not the time of the rendering.
_DAY = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def repacked(data: bytes) -> bytes:
    """The same parts in a fixed order with a fixed time."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            part = ZipInfo(name, _DAY)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0
            new.writestr(part, old.read(name))
    return made.getvalue()
