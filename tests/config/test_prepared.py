"""Queries that are put together once: they tell what the queryset would, whenever they are asked."""

from __future__ import annotations

import datetime as dt
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import Agency
from gongkai.config.prepared import ASKED, Prepared, Told
from gongkai.disclosure.models import Item, Revision
from tests.cast import Cast
from tests.disclosure.published import a_column, publish

pytestmark = pytest.mark.django_db


def test_a_prepared_query_tells_what_the_queryset_does(cast: Cast) -> None:
    item, agency = Told(Item), Told(Agency, "agency__")
    query = Prepared(lambda: Item.objects.filter(pk=ASKED).values_list(*item.columns, *agency.columns))
    for number in range(3):
        made = publish(cast.agency, a_column("wenjian"), title=f"第{number}件")
        values = iter(query.row(made.pk) or ())
        told, of = item.of(values), agency.of(values)
        asked = Item.objects.select_related("agency").get(pk=made.pk)
        assert told is not None
        assert of is not None
        for row, same in ((told, asked), (of, asked.agency)):
            for field in row._meta.concrete_fields:
                assert getattr(row, field.attname) == getattr(same, field.attname), field.name
        assert told.published_at is not None
        assert told.published_at.tzinfo is dt.UTC
        assert told._state.adding is False


def test_it_is_one_query_and_sees_what_changed(cast: Cast) -> None:
    query = Prepared(lambda: Agency.objects.filter(pk=ASKED).values_list("name"))
    assert query.row(cast.agency.pk) == [cast.agency.name]
    Agency.objects.filter(pk=cast.agency.pk).update(name="另一个名称")
    with CaptureQueriesContext(connection) as asked:
        assert query.row(cast.agency.pk) == ["另一个名称"]
    assert len(asked) == 1
    assert query.row(0) is None


def test_what_hangs_on_nothing_is_none(cast: Cast) -> None:
    item, current = Told(Item), Told(Revision, "current__", only=("title",))
    lone = Item.objects.create(agency=cast.agency)
    query = Prepared(lambda: Item.objects.filter(pk=ASKED).values_list(*item.columns, *current.columns))
    values = iter(query.row(lone.pk) or ())
    assert item.of(values) == lone
    assert current.of(values) is None


def test_some_columns_leave_the_others_to_be_asked(cast: Cast) -> None:
    name = Told(Agency, only=("name",))
    assert name.columns == ["id", "name"]
    row = Prepared(lambda: Agency.objects.filter(pk=ASKED).values_list(*name.columns)).row(cast.agency.pk)
    agency = name.of(iter(row or ()))
    assert agency is not None
    assert agency.get_deferred_fields() >= {"slug", "address"}
    assert agency.slug == cast.agency.slug


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_on_its_own_connection(cast: Cast) -> None:
    query = Prepared(lambda: Agency.objects.filter(pk=ASKED).values_list("name"))
    assert query.row(cast.agency.pk) == [cast.agency.name]
    found: list[object] = []

    def ask() -> None:
        found.append(query.row(cast.agency.pk))
        connection.close()

    other = Thread(target=ask)
    other.start()
    other.join()
    assert found == [[cast.agency.name]]
