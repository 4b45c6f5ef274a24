"""The tables as HTML: every number with its headings, read back exactly, no inline style."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from gongkai.annual_report.rendering import render_html, render_html_document
from gongkai.annual_report.rendering.layout import layouts
from gongkai.law.report_form import Form, Tables, cells
from tests.annual_report.sample_reports import clean_tables

NUMBERED = Tables({address: number for number, address in enumerate(cells(), 100)})


def rendered(tables: Tables, lang: str = "zh") -> html.HtmlElement:
    return html.fromstring(render_html(tables, agency="江湾县水务局", year=2022, lang=lang))


def read_back(root: html.HtmlElement, form: Form = Form.F2021) -> list[str]:
    """Numbers in the order of the page, which is the official order of the cells."""
    assert len(root.findall(".//table")) == len(layouts(form))
    return [cell.text_content() for cell in root.iterfind(".//td")]


@pytest.mark.parametrize("form", list(Form))
def test_every_cell_reads_back(form: Form) -> None:
    tables = clean_tables(form)
    assert read_back(rendered(tables), form) == [str(value) for value in tables.cells.values()]


@settings(max_examples=25, deadline=None)
@given(amount=st.decimals(min_value=0, max_value=10**7, places=6, allow_nan=False), count=st.integers(0, 10**9))
def test_amounts_and_counts_are_printed_exactly(amount: Decimal, count: int) -> None:
    tables = NUMBERED.with_cells({"t2.charges.amount": amount, "t3.granted.total": count})
    numbers = read_back(rendered(tables))
    assert Decimal(numbers[9]) == amount
    assert numbers[list(cells()).index("t3.granted.total")] == str(count)


def test_an_empty_cell_is_empty_not_zero() -> None:
    assert read_back(rendered(Tables({}))) == [""] * 200


def test_each_number_is_tied_to_the_headings_of_its_row_and_column() -> None:
    root = rendered(NUMBERED)
    heads = {head.get("id"): head.text_content() for head in root.iterfind(".//th")}
    assert len(heads) == len(root.findall(".//th"))
    named = {
        int(cell.text_content()): [heads[one] for one in (cell.get("headers") or "").split()]
        for cell in root.iterfind(".//td")
    }
    at = {address: named[number] for number, address in enumerate(cells(), 100)}
    assert at["t2.coercion.decisions"] == [
        *["第二十条第（六）项", "信息内容", "本年处理决定数量", "行政强制"][0:1],
        "本年处理决定数量",
        "行政强制",
    ]
    assert at["t3.repeated.welfare"] == [
        "申请人情况",
        "法人或其他组织",
        "社会公益组织",
        "三、本年度办理结果",
        "（五）不予处理",
        "2.重复申请",
    ]
    assert at["t3.received.total"] == ["申请人情况", "总计", "一、本年新收政府信息公开申请数量"]
    assert at["t4.litigation_direct.pending"] == ["行政诉讼", "未经复议直接起诉", "尚未审结"]
    assert at["t4.reconsideration.total"] == ["行政复议", "总计"]


def test_scopes_fit_the_spans() -> None:
    scopes = {head.text_content(): head.get("scope") for head in rendered(NUMBERED).iterfind(".//th")}
    assert scopes["申请人情况"] == "colgroup"
    assert scopes["自然人"] == "col"
    assert scopes["（三）不予公开"] == "rowgroup"
    assert scopes["2.重复申请"] == "row"


def test_rows_are_filled_to_the_same_width() -> None:
    for layout, table in zip(layouts(), rendered(NUMBERED).iterfind(".//table"), strict=True):
        area = sum(int(cell.get("rowspan") or 1) * int(cell.get("colspan") or 1) for cell in table.iter("th", "td"))
        assert area == layout.width * len(layout.rows)


def test_official_headings_stand_above_the_tables() -> None:
    headings = [heading.text_content() for heading in rendered(NUMBERED).iterfind(".//h2")]
    assert headings == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]


def test_no_inline_style_and_no_foreign_address() -> None:
    for text in (
        render_html(NUMBERED, agency="某局", year=2022),
        render_html_document(NUMBERED, agency="某局", year=2022),
    ):
        assert not re.search(r"\sstyle=|https?://|<script|\son\w+=", text)


def test_every_number_opens_its_records() -> None:
    text = render_html(NUMBERED, agency="某局", year=2022, link=lambda address: f"/records?cell={address}&year=2022")
    links = html.fromstring(text).findall(".//td/a")
    assert [link.get("href") for link in links] == [f"/records?cell={address}&year=2022" for address in cells()]
    assert [link.get("data-cell") for link in links] == list(cells())


def test_an_empty_cell_has_no_link() -> None:
    assert "<a " not in render_html(Tables({}), agency="某局", year=2022, link=lambda address: "/x")


def test_english_is_complete() -> None:
    root = rendered(NUMBERED, lang="en")
    assert root.get("lang") == "en"
    text = "".join(element.text_content() for element in root.iter("th", "h2"))
    assert text.isascii()


def test_agency_and_link_are_escaped() -> None:
    text = render_html(NUMBERED, agency="<b>局</b>", year=2022, link=lambda address: '/x?a="&b=<')
    assert "<b>" not in text
    assert "/x?a=&quot;&amp;b=&lt;" in text


def test_the_document_stands_alone_or_links_a_style_sheet() -> None:
    alone = render_html_document(NUMBERED, agency="江湾县水务局", year=2022)
    assert html.document_fromstring(alone).findtext(".//title") == "江湾县水务局2022年政府信息公开工作年度报告"
    assert "<style>" in alone
    linked = render_html_document(NUMBERED, agency="江湾县水务局", year=2022, stylesheet="/static/report.css")
    assert "<style>" not in linked
    assert 'href="/static/report.css"' in linked
