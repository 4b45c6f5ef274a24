"""What counts as covered, fresh and on time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.selectors import SHANGHAI
from gongkai.grassroots import coverage
from gongkai.grassroots.actions.tie_item import tie_item
from gongkai.grassroots.models import CatalogueRow
from gongkai.grassroots.selectors import rows_of
from tests.cast import Cast
from tests.disclosure.published import a_column, a_draft, publish
from tests.grassroots.rows import a_row, an_area

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 6, 30)


def nine(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), SHANGHAI)


def one(row: CatalogueRow, day: dt.date = DAY) -> coverage.RowCoverage:
    return coverage.coverage_of([row], day)[0]


def test_a_row_without_an_item_is_not_covered(cast: Cast) -> None:
    column = a_column("relief")
    row = a_row(cast, column=column)
    a_draft(cast.agency, column)
    publish(cast.other_agency, column)
    standing = one(row)
    assert (standing.covered, standing.items, standing.missing) == (False, 0, [cast.agency])


@pytest.mark.article("条例", 26)
def test_an_item_after_the_last_day_is_late(cast: Cast) -> None:
    column = a_column("relief")
    row = a_row(cast, column=column, limit_words="3个工作日内")
    made = dt.date(2025, 6, 3)
    publish(cast.agency, column, made_on=made, at=nine(dt.date(2025, 6, 6)))
    assert (one(row).covered, one(row).late) == (True, 0)
    publish(cast.agency, column, made_on=made, at=nine(dt.date(2025, 6, 9)))
    assert (one(row).items, one(row).late) == (2, 1)
    # What was changed later counts from the change.
    publish(cast.agency, column, made_on=made, formed_on=dt.date(2025, 6, 8), at=nine(dt.date(2025, 6, 9)))
    assert (one(row).items, one(row).late) == (3, 1)


def test_what_comes_at_intervals_grows_stale(cast: Cast) -> None:
    column = a_column("relief")
    row = a_row(cast, column=column, limit_words="每季度公开")
    publish(cast.agency, column, at=nine(dt.date(2025, 3, 30)))
    assert one(row, dt.date(2025, 6, 30)).satisfied
    assert one(row, dt.date(2025, 7, 1)).stale
    assert not one(row, dt.date(2025, 7, 1)).satisfied


def test_a_tie_counts_wherever_the_item_stands_and_once(cast: Cast) -> None:
    column = a_column("relief")
    row = a_row(cast, column=column)
    item = publish(cast.agency, a_column("elsewhere"), at=nine(DAY))
    tie_item(actor=cast.editor, row_id=row.pk, item_id=item.pk)
    inside = publish(cast.agency, column, at=nine(DAY))
    tie_item(actor=cast.editor, row_id=row.pk, item_id=inside.pk)
    assert one(row).items == 2


def test_the_shares_of_areas_and_bodies_add_up(cast: Cast) -> None:
    column, health = a_column("relief"), an_area("health")
    covered, empty = a_row(cast, column=column), a_row(cast, number=2)
    a_row(cast, area=health, body_name="某个外面的机关")
    publish(cast.agency, column, at=nine(DAY))
    found = coverage.coverage_of(rows_of(cast.agency), DAY)
    areas = {share.key: (share.rows, share.satisfied) for share in coverage.by_area(found)}
    assert areas == {"social-assistance": (2, 1), "health": (1, 0)}
    (body,) = coverage.by_agency(found)
    assert (body.key, body.rows, body.satisfied, body.percent) == ("ours", 2, 1, 50)
    assert {covered.pk, empty.pk} < {row.row.pk for row in found}


def test_the_number_of_queries_does_not_grow_with_the_rows(cast: Cast) -> None:
    column = a_column("relief")
    for number in range(1, 4):
        a_row(cast, number=number, column=column)
    publish(cast.agency, column)
    with CaptureQueriesContext(
        connection,
    ) as few:
        coverage.coverage_of(rows_of(cast.agency))
    for number in range(4, 12):
        a_row(cast, number=number, column=column)
    with CaptureQueriesContext(connection) as many:
        coverage.coverage_of(rows_of(cast.agency))
    assert len(many) == len(few) <= 6
