"""How many files of each kind are read in a second, by one processor: `python -m bench.reading`.

The files are an annual report with its tables (text, HTML, DOCX, PDF), a workbook of a thousand rows and a PDF of 300
full pages. Processor time is what the budget is about; the clock on the wall depends on who else is at work.
"""

from __future__ import annotations

import io
import os
import random
import sys
import time
from collections.abc import Callable
from itertools import pairwise

import django
import openpyxl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.documents.bounded import bounded, bounded_map
from gongkai.documents.fonts import BUNDLED
from gongkai.documents.reading import read, read_safely
from gongkai.law.report_form import Form

#: Files a second that one processor must read (issue of the annual reports); seconds for the long PDF.
BUDGET = {"text": 100, "HTML": 100, "DOCX": 5, "PDF": 5}
LONG, LONG_SECONDS = 300, 60


def files() -> dict[str, bytes]:
    # The report's rendering knows the models; reading does not.
    from gongkai.annual_report.rendering import render_docx, render_html_document
    from tests.annual_report.other_formats import as_pdf
    from tests.annual_report.sample_reports import clean_tables, report_text

    tables = clean_tables(Form.F2021)
    named = {"agency": "江湾县水务局", "year": 2022}
    return {
        "text": report_text(tables).encode(),
        "HTML": render_html_document(tables, **named).encode(),
        "DOCX": render_docx(tables, **named),
        "PDF": as_pdf(tables),
        "XLSX": workbook(1000),
    }


def workbook(rows: int) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in range(rows):
        book.active.append([row, "王芳", "410105199001011234", "郑州市", 12.5])
    book.save(out)
    return out.getvalue()


def long_pdf(pages: int) -> bytes:
    """Full pages of Chinese, a ruled table on every fourth."""
    pdfmetrics.registerFont(TTFont("Song", BUNDLED / "NotoSerifSC-Regular.ttf"))
    chance, out = random.Random(1), io.BytesIO()
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 230)]
    paper = Canvas(out)
    for page in range(pages):
        paper.setFont("Song", 12)
        for line in range(36):
            paper.drawString(60, 780 - 20 * line, "".join(chance.choices(characters, k=38)))
        for step in range(0 if page % 4 else 36):
            paper.line(60, 60 + 20 * step, 540, 60 + 20 * step)
            paper.line(60 + 60 * (step % 9), 60, 60 + 60 * (step % 9), 760)
        paper.showPage()
    paper.save()
    return out.getvalue()


def rate(act: Callable[[], object], seconds: float = 2.0) -> float:
    """How often in a second of processor time; the first time is not counted, for it loads the library."""
    act()
    began, count = time.process_time(), 0
    while time.process_time() - began < seconds:
        act()
        count += 1
    return count / (time.process_time() - began)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings_test")
    django.setup()
    failed = False
    for kind, data in files().items():
        found = rate(lambda data=data: read(data))  # type: ignore[misc]
        failed |= found < BUDGET.get(kind, 0)
        sys.stdout.write(
            f"{kind:5} {len(data) // 1024:>5} KB {found:>8.0f} a second (budget {BUDGET.get(kind, '–')})\n"
        )
    failed |= not long_one()
    worker()
    return int(failed)


def long_one() -> bool:
    data, heard = long_pdf(LONG), []
    began = time.process_time()
    read(data, on_page=lambda done, total: heard.append(done))
    spent = time.process_time() - began
    sys.stdout.write(f"PDF of {len(heard)} pages, {len(data) // 1024:,} KB: {spent:.1f} s (budget {LONG_SECONDS})\n")
    return spent < LONG_SECONDS


def worker() -> None:
    """What it costs to have the work done elsewhere, by the clock on the wall."""
    data = files()["text"]
    marks = [time.perf_counter()]
    for act in (lambda: bounded(len, b""), lambda: bounded(len, b""), lambda: read_safely(data)):
        act()
        marks.append(time.perf_counter())
    first, again, _ = (after - before for before, after in pairwise(marks))
    sys.stdout.write(f"worker: first call {first * 1000:.0f} ms, the next {again * 1000:.1f} ms\n")
    count = 2000
    began = time.perf_counter()
    assert sum(1 for _ in bounded_map(read, ((data, "a.txt") for _ in range(count)))) == count
    sys.stdout.write(f"a batch of {count} texts: {count / (time.perf_counter() - began):.0f} a second\n")


if __name__ == "__main__":
    sys.exit(main())
