"""Damaged and endless text: no crash, no hanging."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from gongkai.annual_report.audit import audit
from gongkai.annual_report.reading import UnreadableReportError, read_text
from tests.annual_report.sample_reports import report_text

ENDLESS = {
    "spoken numbers": "，".join(["一是公开信息公开"] * 5000),
    "denials": "未收到公民法人" * 20000,
    "numbers": "1 " * 20000,
    "pipes": "|" * 50000,
    "tabs": "\t" * 50000,
    "blanks": "字" + " " * 50000 + "字",
    "digits": "收到" + "1" * 50000,
    "headings": "（一）甲乙\n" * 300,
    "rows": "一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n" * 2000,
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_endless_repetition_ends_in_time(kind: str) -> None:
    started = time.process_time()
    audit(read_text(report_text() + ENDLESS[kind]))
    assert time.process_time() - started < 5


def test_damaged_text_never_crashes() -> None:
    draw = random.Random(20211231)
    whole = report_text()
    for _ in range(150):
        text = whole
        for _ in range(draw.randint(1, 40)):
            at = draw.randrange(max(1, len(text)))
            inserted = draw.choice(["", "\t", "\n", "|", "（三）", "一、", "7", draw.choice(whole)])
            text = text[:at] + inserted + text[at + draw.randint(0, 30) :]
        # Nothing but "this is no report" may come out of it.
        with contextlib.suppress(UnreadableReportError):
            audit(read_text(text))
