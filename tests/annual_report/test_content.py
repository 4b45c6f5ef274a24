"""A report's content survives being kept as data, and prints its figures from its cells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.linked_figures import UnknownFigure
from gongkai.law.report_form import Tables

CONTENT = ReportContent(
    agency="某市人民政府",
    year=2021,
    scope="own",
    tables=Tables({"t3.received.total": 20, "t2.charges.amount": Decimal("2766.7879")}),
    sections={"1": "收到申请{{ t3.received.total }}件，收费{{t2.charges.amount}}万元。"},
)


def test_the_same_content_comes_back_with_the_same_digest() -> None:
    again = ReportContent.from_data(CONTENT.as_data())
    assert again == CONTENT
    assert again.digest == CONTENT.digest != replace(CONTENT, year=2022).digest


def test_figures_are_printed_from_their_cells() -> None:
    assert CONTENT.words("1") == "收到申请20件，收费2766.7879万元。"
    assert CONTENT.words("5") == ""


@pytest.mark.parametrize("link", ["t3.received.all", "t3.granted.total", "", "t3.received.total + 1"])
def test_a_figure_that_is_not_there_is_refused_by_name(link: str) -> None:
    with pytest.raises(UnknownFigure) as refused:
        replace(CONTENT, sections={"1": f"共{{{{ {link} }}}}件"}).words("1")
    assert f"“{link}”" in refused.value.message.zh
