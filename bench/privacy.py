"""How long the privacy scan takes for a long PDF and a large list: `python -m bench.privacy [PAGES]`.

The whole way, in the worker, as the desk and `gongkai scan` go it. Budget: 300 pages in a minute.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from gongkai.documents.privacy import scan_file
from tests.documents.privacy.planted import Inventor, Page, as_pdf, as_xlsx, in_prose, prose, roll

#: Lines of a page, and rows of a list on every tenth.
LINES, ROWS = 42, 20


def long_pdf(pages: int) -> bytes:
    """Official prose with persons here and there, and a list on every tenth page, about as many pages as wanted."""
    from io import BytesIO

    import pikepdf

    invent, whole = Inventor(1), pikepdf.new()
    while len(whole.pages) < pages:
        page = Page(prose(invent, 10 * LINES))
        in_prose(invent, page)
        roll(invent, page, ROWS)
        with pikepdf.open(BytesIO(as_pdf(page))) as part:
            whole.pages.extend(part.pages)
    del whole.pages[pages:]
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def long_list(rows: int) -> bytes:
    page = Page()
    roll(Inventor(2), page, rows)
    return as_xlsx(Page(["说明", "名单"], page.tables))


def measure(name: str, data: bytes) -> None:
    told: list[tuple[int, int]] = []
    began = time.perf_counter()
    scanned = scan_file(data, name, on_page=lambda done, total: told.append((done, total)))
    seconds = time.perf_counter() - began
    rules = dict(sorted(Counter(finding.rule for finding in scanned.findings).items()))
    pages = f"{scanned.pages} pages, " if scanned.pages else ""
    sys.stdout.write(f"{name}: {len(data) / 1e6:.1f} MB, {pages}{seconds:.1f} s, told {len(told)} times, {rules}\n")


def main() -> int:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    measure("warm-up.txt", "正文".encode())
    measure("long.pdf", long_pdf(pages))
    measure("list.xlsx", long_list(10_000))
    return 0


if __name__ == "__main__":
    sys.exit(main())
