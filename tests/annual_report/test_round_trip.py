"""What is published reads back as it was: the same 200 cells in the page, the Word file, the PDF and the workbook."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from gongkai.annual_report.audit import audit
from gongkai.annual_report.audit.findings import Severity
from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.reading import read_bytes
from gongkai.annual_report.rendering import (
    render_report_document,
    render_report_docx,
    render_report_pdf,
    render_report_xlsx,
)
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.report_form import Tables, Value, cells, derive_totals
from tests.annual_report.sample_reports import clean_tables

FILES: dict[str, Callable[[ReportContent], bytes]] = {
    "docx": render_report_docx,
    "pdf": render_report_pdf,
    "xlsx": render_report_xlsx,
    "html": lambda content: render_report_document(content).encode(),
}
WORDS = {
    "1": "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
    "1.1": "全年主动公开政府信息310条。",
    "1.2": "2022年共收到政府信息公开申请{{ t3.received.total }}件。",
    "1.3": "制发规范性文件{{ t2.normative_documents.made }}件。",
    "1.4": "维护门户网站专栏。",
    "1.5": "组织培训两次。",
    "5": "1.栏目分类不细。\n2.按主题重排栏目。",
    "6": "2022年未收取信息处理费。",
}


def random_tables(seed: int) -> Tables:
    """Tables that add up, with many zeros, small numbers and a few as large as a province has."""
    chance = random.Random(seed)

    def number() -> int:
        return chance.choice((0, 0, chance.randrange(10), chance.randrange(100), chance.randrange(100_000)))

    values: dict[str, Value] = {address: number() for address in cells()}
    values["t2.charges.amount"] = Decimal(chance.randrange(10**11)).scaleb(-chance.randrange(7))
    for kind in ApplicantKind:
        handled = sum(values[f"t3.{outcome.value}.{kind.value}"] or 0 for outcome in Outcome)
        balance = handled + (values[f"t3.carried_out.{kind.value}"] or 0)
        values[f"t3.carried_in.{kind.value}"] = chance.randrange(int(balance) + 1)
        values[f"t3.received.{kind.value}"] = balance - (values[f"t3.carried_in.{kind.value}"] or 0)
    return derive_totals(Tables(values))


@pytest.mark.article("条例", 50)
@pytest.mark.parametrize("form", list(FILES))
def test_the_cells_come_back_from_every_file(form: str) -> None:
    for tables in (Tables(dict.fromkeys(cells(), 0)), random_tables(1), clean_tables()):
        content = ReportContent("江湾县水务局", 2022, "own", tables, WORDS)
        report = read_bytes(FILES[form](content), f"report.{form}")
        assert dict(report.tables.cells) == dict(tables.cells)
        assert (report.agency, report.year) == ("江湾县水务局", 2022)
        assert not report.notes
    # Our own reports pass our own audit.
    assert [finding for finding in audit(report) if finding.severity is Severity.ERROR] == []
