"""How long the covering of a document takes, and its check: `python -m bench.redaction [PAGES]` (default 10)."""

from __future__ import annotations

import sys
import time
from datetime import date

import django
from django.conf import settings


def main() -> int:
    """A letter of so many pages, a box on each; prints seconds, bytes a page, and what the check looked at."""
    settings.configure(FONT_FOLDER="")
    django.setup()
    from gongkai.documents import redaction
    from gongkai.documents.letter import LetterContent, Paragraph
    from gongkai.documents.typesetting import render_pdf

    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    words = "申请人王芳（身份证号410105199001011234）提出的政府信息公开申请，本机关已经收到并办理。" * 12
    content = LetterContent(
        issuer="演示市城市管理局", title="演示", number="演城公开〔2025〕1号", addressee="王芳",
        body=(Paragraph(words),) * wanted, signature="演示市城市管理局", date=date(2025, 3, 3),
    )  # fmt: skip
    original = render_pdf(content)
    pages = redaction.page_count(original)
    boxes = [redaction.Box(page, 0.2, 0.4, 0.5, 0.45) for page in range(1, pages + 1)]
    began = time.perf_counter()
    copy = redaction.redact(original, boxes)
    made = time.perf_counter()
    seen = redaction.verify(original, copy, boxes)
    checked = time.perf_counter()
    redaction.page_image(original, 1)
    shown = time.perf_counter()
    told = (
        f"{pages} pages: redacted in {made - began:.1f} s, checked in {checked - made:.1f} s",
        f"a page for the desk in {shown - checked:.2f} s; {len(copy) // pages // 1000} kB a page; {seen}",
    )
    sys.stdout.write("\n".join(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
