"""How many annual reports of each kind are read and audited in a second, by one processor: `python -m bench.report_audit`.

Beside each kind a yardstick: what it costs a well-known library only to give the cells of the tables of the same file,
without knowing what they mean. Processor time is what the budget is about.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings_test")
django.setup()

from bench.reading import rate  # noqa: E402
from gongkai.annual_report.audit import audit  # noqa: E402
from gongkai.annual_report.reading import read_bytes  # noqa: E402
from gongkai.annual_report.rendering import render_docx, render_html_document  # noqa: E402
from tests.annual_report.other_formats import as_pdf, as_workbook  # noqa: E402
from tests.annual_report.shapes import SHAPES, random_tables  # noqa: E402

#: Files a second that one processor must read and audit.
BUDGET = {"text": 100, "HTML": 100, "DOCX": 5, "PDF": 5, "XLSX": 5}
_NAMED = {"agency": "江湾县水务局", "year": 2022}
_SEEDS = range(20)


def files() -> dict[str, list[bytes]]:
    tables = [random_tables(seed) for seed in _SEEDS]
    tabs, glued = (next(shape for shape in SHAPES if shape.letter == letter) for letter in "BK")
    return {
        "text": [tabs.text(one).encode() for one in tables],
        "glued": [glued.text(one).encode() for one in tables],
        "HTML": [render_html_document(one, **_NAMED).encode() for one in tables],
        "DOCX": [render_docx(one, **_NAMED) for one in tables[:3]],
        "PDF": [as_pdf(one) for one in tables[:3]],
        "XLSX": [as_workbook(one) for one in tables[:3]],
    }


def _split(data: bytes) -> object:
    return [line.split("\t") for line in data.decode().splitlines()]


def _lxml(data: bytes) -> object:
    from lxml import html

    return [[cell.text_content() for cell in row.iter("td", "th")] for row in html.fromstring(data).iter("tr")]


def _python_docx(data: bytes) -> object:
    import docx

    return [[cell.text for row in table.rows for cell in row.cells] for table in docx.Document(io.BytesIO(data)).tables]


def _pdfplumber(data: bytes) -> object:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_tables() for page in document.pages]


def _openpyxl(data: bytes) -> object:
    import openpyxl

    return [list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets]


YARDSTICKS: dict[str, tuple[str, Callable[[bytes], object]]] = {
    "text": ("str.split", _split),
    "HTML": ("lxml", _lxml),
    "DOCX": ("python-docx", _python_docx),
    "PDF": ("pdfplumber", _pdfplumber),
    "XLSX": ("openpyxl", _openpyxl),
}


def over(data: list[bytes], act: Callable[[bytes], object]) -> float:
    """Files a second."""
    return rate(lambda: [act(one) for one in data]) * len(data)


def main() -> int:
    failed = False
    for kind, data in files().items():
        read = over(data, read_bytes)
        both = over(data, lambda one: audit(read_bytes(one)))
        failed |= both < BUDGET.get(kind, 0)
        name, act = YARDSTICKS.get(kind, ("", None))
        beside = f"{name} {over(data, act):.0f}" if act else "–"
        sys.stdout.write(
            f"{kind:5} {len(data[0]) // 1024:>4} KB: read {read:>5.0f}, read and audited {both:>5.0f} a second "
            f"(budget {BUDGET.get(kind, '–')}); {beside}\n"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
