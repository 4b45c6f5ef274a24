"""The columns a fresh site has, and the tree as pages ask for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gongkai.agencies.models import Agency
from gongkai.disclosure.actions.install_columns import install_columns
from gongkai.disclosure.columns.selectors import agency_groups, columns_of, standings, tree
from gongkai.disclosure.columns.tree import BLOCKS, DEEPEST, PAGE_TYPES, planned
from gongkai.disclosure.models import Column, ColumnAbsence, Item, ItemState
from gongkai.law.agency_levels import AgencyLevel
from gongkai.law.article20 import ARTICLE_20, PROACTIVE_ITEMS
from gongkai.law.remedies import AgencyKind
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast
from tests.disclosure.published import publish

pytestmark = pytest.mark.django_db


@pytest.mark.article("条例", 20)
def test_every_item_of_article_20_has_a_place() -> None:
    columns = [column for column, _parent, _place in planned()]
    assert {item.key for item in ARTICLE_20} <= {column.duty for column in columns}
    assert all(column.duty in PROACTIVE_ITEMS for column in columns if column.duty)
    assert all(column.page_type in PAGE_TYPES for column in columns)
    assert all(column.name and column.description and column.keywords for column in columns)
    assert len({column.code for column in columns}) == len(columns)
    assert [block.code for block in BLOCKS if block.protected] == [
        "policy", "guide", "systems", "statutory", "reports", "apply",
    ]  # fmt: skip


def test_a_fresh_site_gets_its_columns_once_and_the_offices_changes_stay() -> None:
    assert install_columns() == len(list(planned()))
    assert install_columns() == 0
    assert Entry.objects.filter(act="disclosure.install_columns").count() == 1
    Column.objects.filter(code="elderly").update(name="养老", active=False, interval_days=7)
    Column.objects.filter(code="housing").delete()
    assert install_columns() == 1
    again = Column.objects.get(code="elderly")
    assert (again.name, again.active, again.interval_days) == ("养老", False, 7)
    assert Column.objects.get(code="housing").parent == Column.objects.get(code="livelihood")


@pytest.mark.django_db(transaction=True)
def test_two_that_start_at_once_make_them_once() -> None:
    made = at_once(install_columns, install_columns)
    assert sorted(made) == [0, len(list(planned()))]  # type: ignore[type-var]


def test_the_tree_costs_one_query_and_notices_every_change(cast: Cast, django_assert_num_queries: Any) -> None:
    install_columns()
    tree()
    with django_assert_num_queries(1):
        blocks = columns_of(cast.agency)
        assert [block.code for block in blocks] == [block.code for block in BLOCKS]
        assert max(node.depth for block in blocks for node in block.walk()) == DEEPEST
        path = [node.code for node in _path("elderly", blocks)]
    assert path == ["statutory", "livelihood", "elderly"]
    column = Column.objects.get(code="elderly")
    column.name = "养老"
    column.save()
    assert tree().by_code["elderly"].name == "养老"
    column.active = False
    column.save()
    assert "elderly" not in {node.code for node in tree().leaves(cast.agency.pk)}
    assert [node.code for node in tree().path("elderly")] == ["statutory", "livelihood", "elderly"]
    Column.objects.create(code="own", name="本机关", owner=cast.other_agency, position=9)
    assert "own" not in {node.code for node in columns_of(cast.agency)}
    assert "own" in {node.code for node in columns_of(cast.other_agency)}
    assert tree().path("nothing") == ()


def _path(code: str, blocks: Any) -> list[Any]:
    for block in blocks:
        if block.code == code:
            return [block]
        if below := _path(code, block.children):
            return [block, *below]
    return []


def test_what_an_agency_has_nothing_for_is_not_on_its_menu(cast: Cast) -> None:
    install_columns()
    for code in ("environment", "public-health", "work-safety", "food-drugs", "product-quality"):
        column = Column.objects.get(code=code)
        ColumnAbsence.objects.create(agency=cast.agency, column=column, reason="不承担", made_by=cast.editor)
    codes = {node.code for block in columns_of(cast.agency) for node in block.walk()}
    assert not codes & {"environment", "inspections"}, "a group without columns is left out with them"
    assert "inspections" in {node.code for block in columns_of(cast.other_agency) for node in block.walk()}
    ColumnAbsence.objects.all().delete()
    assert "environment" in {node.code for node in tree().leaves(cast.agency.pk)}


def test_counts_are_of_public_items_only(cast: Cast) -> None:
    install_columns()
    column = Column.objects.get(code="statistics")
    first, second = datetime(2025, 3, 3, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)
    publish(cast.agency, column, at=first)
    newest = publish(cast.agency, column, at=second)
    publish(cast.other_agency, column, at=second)
    hidden = publish(cast.agency, column, at=second)
    Item.objects.filter(pk=hidden.pk).update(
        state=ItemState.WITHDRAWN, withdrawn_at=second, withdrawal_reason="内容有误"
    )
    [(key, found)] = standings(cast.agency).items()
    assert (key, found.items, found.published, found.updated) == (column.pk, 2, second, second)
    Item.objects.filter(pk=newest.pk).update(changed_at=datetime(2025, 5, 1, tzinfo=UTC))
    assert standings(cast.agency)[column.pk].updated == datetime(2025, 5, 1, tzinfo=UTC)
    assert standings()[column.pk].items == 3


def test_agencies_are_grouped_for_the_switcher(db: None, django_assert_num_queries: Any) -> None:
    def agency(slug: str, kind: AgencyKind, level: str, parent: Agency | None = None) -> Agency:
        row = Agency(slug=slug, name=slug, short_name=slug, kind=kind, level=level, office_name=slug, review_organ="省")
        if parent is None:
            return Agency.objects.add_root(instance=row)
        return Agency.objects.add_child(Agency.objects.get(pk=parent.pk), instance=row)

    city = agency("city", AgencyKind.GOVERNMENT, AgencyLevel.CITY_WITH_DISTRICTS)
    district = agency("district", AgencyKind.GOVERNMENT, AgencyLevel.COUNTY, city)
    agency("finance", AgencyKind.DEPARTMENT, AgencyLevel.DEPARTMENT, city)
    agency("unknown", AgencyKind.DEPARTMENT, "", city)
    agency("town", AgencyKind.GOVERNMENT, AgencyLevel.TOWN, district)
    with django_assert_num_queries(1):
        found = {group.key: [row.slug for row in group.agencies] for group in agency_groups()}
    assert found == {
        "government": ["city"], "departments": ["finance", "unknown"], "districts": ["district"], "towns": ["town"],
    }  # fmt: skip
