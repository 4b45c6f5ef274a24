"""Reports side by side: every figure of the list exists, differences are right, and nothing is made up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.annual_report.content import cells_as_data
from gongkai.annual_report.models import ReadReport, Scope
from gongkai.annual_report.public.comparing import PARTS, Column, compare, value_of
from gongkai.annual_report.public.pictures import pictures_of
from gongkai.documents.store import keep
from gongkai.law.report_form import Form, Tables
from tests.annual_report.published import a_report, publish
from tests.annual_report.sample_reports import clean_tables
from tests.cast import Cast
from tests.portal.pages import text_of

FIGURES = {figure.name: figure for _, figures in PARTS for figure in figures}


def test_every_figure_of_the_list_exists() -> None:
    assert [name for name in FIGURES if value_of(name, clean_tables()) is None] == []


def test_the_groups_of_results_make_up_the_total() -> None:
    groups = ("granted", "partially_granted", "refused", "unable", "not_processed", "otherwise")
    for form in Form:
        tables = clean_tables(form)
        assert sum(value_of(f"t3.{group}.total", tables) or 0 for group in groups) == tables["t3.total.total"]


def line_of(label: str, *columns: Tables, by_year: bool = True) -> list[tuple[object, str]]:
    compared = compare([Column("", place, tables) for place, tables in enumerate(columns)], by_year=by_year)
    lines = {name.zh: numbers for _, lines in compared.parts for name, numbers in lines}
    return [(number.value, number.sign) for number in lines[label]]


def test_a_year_is_held_against_the_one_before_an_agency_against_the_first() -> None:
    columns = [clean_tables().with_cells({"t3.carried_out.total": number}) for number in (4, 7, 5)]
    assert line_of("结转下年度", *columns) == [(4, ""), (7, "＋3"), (5, "−2")]
    assert line_of("结转下年度", *columns, by_year=False) == [(4, ""), (7, "＋3"), (5, "＋1")]


def test_amounts_are_exact() -> None:
    columns = [clean_tables().with_cells({"t2.charges.amount": Decimal(text)}) for text in ("0.1", "0.3")]
    assert line_of("行政事业性收费（万元）", *columns)[1] == (Decimal("0.3"), "＋0.2")


def test_what_is_not_known_is_no_zero() -> None:
    earlier = clean_tables(Form.F2019)
    assert line_of("现行有效行政规范性文件", earlier, clean_tables()) == [(None, ""), (31, "")]
    assert line_of("本年新收", clean_tables().with_cells({"t3.received.total": None}), clean_tables())[1][1] == ""


def test_pictures_of_both_forms() -> None:
    assert [picture.key for picture in pictures_of(clean_tables(Form.F2019))] == [
        picture.key for picture in pictures_of(clean_tables())
    ]


@pytest.mark.django_db
def test_the_years_of_an_agency_with_one_read_from_a_file(client: Client, cast: Cast) -> None:
    publish(a_report(cast.agency, 2022), cast.clerk)
    publish(a_report(cast.agency, 2023), cast.clerk, tables=clean_tables().with_cells({"t3.received.total": 1400}))
    a_report(cast.agency, 2024)
    kept = keep(b"%PDF-", name="2020.pdf", media_type="application/pdf")
    cells = cells_as_data(clean_tables(Form.F2019).with_cells({"t3.received.total": 17}))
    for year in (2020, 2022):
        ReadReport.objects.create(
            agency=cast.agency, year=year, document=kept, form="2019", cells=cells, by=cast.clerk, scope=Scope.OWN
        )
    response = client.get("/reports/compare/?agency=ours")
    compared = response.context["compared"]
    # What was published here goes before what was read of the same year; what was not published is not there.
    assert compared.headings == ["2020", "2022", "2023"]
    assert [value_of("t3.received.total", column.tables) for column in compared.columns] == [17, 1397, 1400]
    assert "由文件录入" in text_of(response)
    assert "＋3" in text_of(response)


@pytest.mark.django_db
def test_agencies_in_one_year(client: Client, cast: Cast) -> None:
    for agency in (cast.agency, cast.other_agency):
        publish(a_report(agency, 2022), cast.clerk)
    publish(a_report(cast.agency, 2023), cast.clerk)
    both = "/reports/compare/?agency=theirs&agency=ours&agency=nobody"
    assert client.get(both).context["compared"].headings == [cast.agency.name]
    compared = client.get(f"{both}&year=2022").context["compared"]
    assert compared.headings == [cast.agency.name, cast.other_agency.name]
    assert "没有公布这种口径" in text_of(client.get(f"{both}&scope=whole"))


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?agency=", "?agency=%00&year=99999999999&name=%27", "?scope=x&year=-1"])
def test_odd_questions(client: Client, cast: Cast, query: str) -> None:
    response = client.get(f"/reports/compare/{query}")
    assert response.status_code == 200
    assert response.context["compared"] is None


@pytest.mark.django_db
def test_at_the_desk_also_what_is_not_published(client: Client, cast: Cast) -> None:
    publish(a_report(cast.agency, 2022), cast.clerk)
    a_report(cast.agency, 2023)
    publish(a_report(cast.other_agency, 2022), cast.clerk)
    client.force_login(cast.clerk)
    response = client.get(reverse("desk:report_compare"), follow=True)
    assert response.context["compared"].headings == ["2022", "2023"]
    assert "尚未公布" in text_of(response)
    # Another agency's desk is not ours.
    others = client.get(reverse("desk:report_compare"), {"agency": ["ours", "theirs"], "year": "2022"})
    assert others.context["compared"].headings == ["2022", "2023"]
    client.force_login(cast.stranger)
    assert client.get(reverse("desk:report_compare"), {"agency": "ours"}).context["compared"] is None
