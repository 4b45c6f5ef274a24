"""How many pages a PDF has. A stranger's is counted in a worker (`documents.bounded`), so nothing here needs Django."""

from __future__ import annotations

import io


def pages_of_pdf(data: bytes) -> int | None:
    """None where they cannot be counted."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as paper:
            return len(paper.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        return None
