"""What a page looks like, for the desk."""

from __future__ import annotations

import io

from gongkai.documents.redaction.pages import opened, page_of

LEAST_DPI, MOST_DPI = 20.0, 200.0


def page_count(data: bytes) -> int:
    with opened(data) as pages:
        return len(pages)


def page_image(data: bytes, page: int, dpi: float = 110.0) -> bytes:
    """The page as PNG, exactly as `redact` will cover it."""
    with opened(data) as pages:
        index = page_of(pages, page)
        resolution = min(max(dpi, LEAST_DPI), MOST_DPI)
        image = pages.picture(index, resolution)
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=4)
        return out.getvalue()
