"""Every number opens: behind each cell lie exactly the records that were counted."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db.models import Sum

from gongkai.agencies.models import Agency
from gongkai.annual_report.compiling import compile_tables, in_wan
from gongkai.annual_report.records import NoSuchCell, records_of
from gongkai.applications.models import Application
from gongkai.disclosure.models import DecisionCount
from gongkai.law.report_form import COLUMNS, RESULTS, TABLE_4_GROUPS, Value, cells, table_3_rows
from tests.annual_report import histories
from tests.cast import Cast


def weighed(agency: Agency, year: int, address: str) -> Value:
    """What the records behind a cell come to: their number, or the sum of their figures."""
    found = records_of(agency, year, address)
    if found.model is not DecisionCount:
        return found.count()
    total = found.aggregate(total=Sum("amount" if address.endswith(".amount") else "decisions"))["total"]
    return in_wan(total or Decimal(0)) if address.endswith(".amount") else total or 0


def enter_history(agency: Agency, seed: int, size: int = 80) -> None:
    random = Random(seed)
    histories.enter_cases(agency, [histories.any_case(random) for _ in range(size)])
    histories.enter_documents(agency, [histories.any_document(random) for _ in range(size // 2)])
    histories.enter_disputes(agency, [histories.any_dispute(random) for _ in range(size // 2)])
    histories.enter_counts(agency, [histories.any_figure(random) for _ in range(size // 2)])


@pytest.mark.parametrize("seed", [1, 2])
def test_every_cell_of_any_history_opens_what_it_counts(cast: Cast, seed: int) -> None:
    enter_history(cast.agency, seed)
    enter_history(cast.other_agency, seed + 100, 20)
    for year in histories.YEARS:
        tables = compile_tables(cast.agency, year)
        assert {address: weighed(cast.agency, year, address) for address in cells()} == dict(tables.cells)


def test_a_total_opens_what_its_parts_open(cast: Cast) -> None:
    enter_history(cast.agency, 3)

    def keys(address: str) -> set[int]:
        return set(records_of(cast.agency, 2022, address).values_list("pk", flat=True))

    for row in table_3_rows():
        parts = [keys(f"t3.{row.key}.{column.key}") for column in COLUMNS[:-1]]
        assert keys(f"t3.{row.key}.total") == set().union(*parts)
    for group in TABLE_4_GROUPS:
        parts = [keys(f"t4.{group.key}.{result.key}") for result in RESULTS[:-1]]
        assert keys(f"t4.{group.key}.total") == set().union(*parts)
        assert sum(map(len, parts)) == len(set().union(*parts))
    assert keys("t3.received.total") | keys("t3.carried_in.total") == (
        keys("t3.total.total") | keys("t3.carried_out.total")
    )


def test_records_come_in_the_order_of_their_dates(cast: Cast) -> None:
    enter_history(cast.agency, 4)
    received = [row.received_on for row in records_of(cast.agency, 2022, "t3.received.total")]
    made = [row.made_on for row in records_of(cast.agency, 2022, "t2.rules.in_force")]
    filed = [row.filed_on for row in records_of(cast.agency, 2022, "t4.reconsideration.total")]
    months = [row.month for row in records_of(cast.agency, 2022, "t2.charges.amount")]
    for found in (received, made, filed, months):
        assert len(found) > 1
        assert found == sorted(found)


def test_each_table_opens_records_of_its_own_kind(db: None, cast: Cast) -> None:
    kinds = {address.split(".")[0]: set() for address in cells()}
    for address in cells():
        kinds[address.split(".")[0]].add(records_of(cast.agency, 2021, address).model.__name__)
    assert kinds == {"t2": {"NormativeDocument", "DecisionCount"}, "t3": {"Application"}, "t4": {"Dispute"}}


@pytest.mark.parametrize(
    "address",
    ["", "t3", "t3.received", "t3.received.everyone", "t5.x.y", "t3.received.total.more", "t2.rules.decisions",
     "T3.received.total", "t3.pk.total", "t3.received.total ", "t4.reconsideration.in_force", "'; DROP TABLE x; --"],
)  # fmt: skip
def test_an_address_that_the_form_does_not_have(cast: Cast, address: str) -> None:
    with pytest.raises(NoSuchCell):
        records_of(cast.agency, 2021, address)


def test_a_cell_is_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    enter_history(cast.agency, 5, 20)
    with django_assert_num_queries(1):
        assert all(isinstance(row, Application) for row in records_of(cast.agency, 2022, "t3.received.total"))
